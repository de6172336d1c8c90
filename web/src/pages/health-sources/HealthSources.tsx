import { useHealthPriorities } from "@/api/health";
import { useMayEdit } from "@/api/session";
import type { HealthPriorities } from "@/api/types";
import { HealthPage } from "@/features/health/HealthPage";
import { sourceName } from "@/features/health/origins";
import { routes } from "@/lib/routes";
import { ButtonLink } from "@/ui/controls/Button";
import { useAddress } from "@/ui/hooks/address";
import { Section } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { OrderList } from "./OrderList";
import { Shared } from "./Shared";
import { t } from "./text";

const USUAL = { kind: "" };

/** Which sources hold where several measure the same: for all measures, and for single ones. */
export function HealthSources() {
  const { data, error, refetch } = useHealthPriorities();
  return (
    <HealthPage title={t("priority.title")} at="sources">
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Waiting>
          <div className="skeleton h-96" />
        </Waiting>
      ) : data.there.length === 0 ? (
        <div className="card">
          <Empty icon="sources" title={t("priority.none")} hint={t("priority.none_hint")}>
            <ButtonLink to={routes.sources}>{t("priority.connect")}</ButtonLink>
          </Empty>
        </div>
      ) : (
        <Orders priorities={data} />
      )}
    </HealthPage>
  );
}

function Orders({ priorities: { there, all, shared } }: { priorities: HealthPriorities }) {
  const mayEdit = useMayEdit();
  const [{ kind: open }, change] = useAddress(USUAL);
  return (
    <div className="max-w-4xl">
      <p className="max-w-prose text-sm text-ink-2">{t("priority.lead")}</p>
      <Section title={t("priority.all")} id="all">
        {there.length < 2 ? (
          <p className="text-sm text-ink-2">{t("priority.one")}</p>
        ) : (
          <>
            <p className="-mt-1 mb-3 max-w-prose text-sm text-ink-2">{t("priority.all_hint")}</p>
            <div className="card p-4">
              <OrderList
                key={there.join()}
                kind="all"
                what={t("priority.everything")}
                rows={there.map((source) => ({ name: source, title: sourceName(source), detail: "" }))}
                isOwn={all !== null && all.length > 0}
                readOnly={!mayEdit}
              />
            </div>
          </>
        )}
      </Section>
      <Section title={t("priority.single")} id="single">
        {shared.length === 0 ? (
          <p className="text-sm text-ink-2">{t("priority.single_none")}</p>
        ) : (
          <>
            <p className="-mt-1 mb-3 max-w-prose text-sm text-ink-2">{t("priority.single_hint")}</p>
            <ul className="card divide-y divide-line">
              {shared.map((one) => (
                <Shared
                  key={one.kind}
                  shared={one}
                  open={one.kind === open}
                  readOnly={!mayEdit}
                  onToggle={() => {
                    change({ kind: one.kind === open ? "" : one.kind });
                  }}
                />
              ))}
            </ul>
          </>
        )}
      </Section>
    </div>
  );
}
