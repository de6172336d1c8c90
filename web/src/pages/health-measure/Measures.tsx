import { useState } from "react";
import { Link } from "react-router";

import { useHealthKinds } from "@/api/health";
import { usePreferences } from "@/api/session";
import type { HealthKind } from "@/api/types";
import { HealthPage } from "@/features/health/HealthPage";
import { day as dayWords } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { known } from "@/lib/text";
import { SearchBox } from "@/ui/controls/Field";
import { Section } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { t } from "./text";

/** Every measure that there is of the athlete, by group: the way into each. */
export function Measures() {
  const { data, error, refetch } = useHealthKinds();
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLowerCase();
  const items = data?.filter(({ name, also_known_as: others }) =>
    [name, ...others].some((one) => one.toLowerCase().includes(wanted)),
  );
  const groups = [...new Set(items?.map(({ group }) => group))];
  return (
    <HealthPage title={t("measure.all")} at="measures">
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !items ? (
        <Waiting>
          <div className="skeleton h-96" />
        </Waiting>
      ) : data?.length === 0 ? (
        <div className="card">
          <Empty icon="health" title={t("measure.none")} hint={t("measure.none_hint")} />
        </div>
      ) : (
        <>
          <SearchBox name={t("measure.find")} value={typed} onChange={setTyped} />
          {groups.length === 0 && <p className="mt-6 text-ink-2">{t("measure.no_match")}</p>}
          {groups.map((group) => (
            <Section key={group} title={known("health_group", group) ?? group} id={group}>
              <ul className="card grid divide-line p-1.5 md:grid-cols-2 xl:grid-cols-3">
                {items
                  .filter((kind) => kind.group === group)
                  .map((kind) => (
                    <li key={kind.key}>
                      <Row kind={kind} />
                    </li>
                  ))}
              </ul>
            </Section>
          ))}
        </>
      )}
    </HealthPage>
  );
}

function Row({ kind }: { kind: HealthKind }) {
  const wish = usePreferences();
  const { first, last } = kind;
  const span =
    first !== null && last !== null
      ? t("measure.span", { first: dayWords(first, wish, "plain"), last: dayWords(last, wish, "plain") })
      : "";
  return (
    <Link
      to={routes.measure(kind.key)}
      className="touch flex flex-col justify-center rounded-lg px-2.5 py-1.5 hover:bg-sunken"
    >
      <span className="text-sm font-medium">{kind.name}</span>
      <span className="label">{[span, kind.derived ? t("measure.calculated") : ""].filter(Boolean).join(" · ")}</span>
    </Link>
  );
}
