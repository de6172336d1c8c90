import { useState } from "react";

import { useAthlete, useMayEdit, useMayOwn } from "@/api/session";
import { useSources } from "@/api/sources/sources";
import type { Connection, SourceDescription } from "@/api/types";
import { routes } from "@/lib/routes";
import { ConnectDialog } from "@/pages/sources/connect/ConnectDialog";
import { ConnectionCard } from "@/pages/sources/connection/ConnectionCard";
import { Button, ButtonLink } from "@/ui/controls/Button";
import { Page, Section } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { Icon } from "@/ui/pictures/Icon";
import { Order } from "./Order";
import { t, type Plain } from "./text";

const GIVES: { icon: string; words: Plain }[] = [
  { icon: "activities", words: "connections.gives_files" },
  { icon: "moon", words: "connections.gives_days" },
  { icon: "clock", words: "connections.gives_gently" },
  { icon: "lock", words: "connections.gives_home" },
];

/** Every source that is connected, how it is, and what else can be connected. */
export function Sources() {
  const { data, error, refetch } = useSources();
  const mayEdit = useMayEdit();
  // The dialog outlives the welcome, which is gone as soon as there is a connection.
  const [chosen, setChosen] = useState<SourceDescription | null>(null);
  if (!mayEdit)
    return (
      <Page title={t("connections.title")} narrow>
        <div className="card">
          <Empty icon="sources" title={t("connections.none")} hint={t("connections.none_to_see")} />
        </div>
      </Page>
    );
  return (
    <Page
      title={t("connections.title")}
      narrow
      actions={
        data &&
        data.items.length > 0 && (
          <ButtonLink icon="compare" to={routes.compare()}>
            {t("nav.compare")}
          </ButtonLink>
        )
      }
    >
      {error && !data && <Failure error={error} retry={() => void refetch()} />}
      {!error && !data && (
        <Waiting>
          <div className="skeleton h-56" />
        </Waiting>
      )}
      {data &&
        (data.items.length === 0 ? (
          <Welcome available={data.available} onConnect={setChosen} />
        ) : (
          <Connected items={data.items} available={data.available} onConnect={setChosen} />
        ))}
      {chosen && (
        <ConnectDialog
          kind={chosen}
          connection={null}
          onClose={() => {
            setChosen(null);
          }}
        />
      )}
    </Page>
  );
}

type OnConnect = (kind: SourceDescription) => void;

function Connected({
  items,
  available,
  onConnect,
}: {
  items: Connection[];
  available: SourceDescription[];
  onConnect: OnConnect;
}) {
  return (
    <>
      <p className="-mt-2 mb-4 max-w-prose text-sm text-ink-2">{t("connections.lead")}</p>
      <ul className="flex flex-col gap-4">
        {items.map((connection) => (
          <li key={connection.id}>
            <ConnectionCard connection={connection} kind={available.find(({ key }) => key === connection.source)} />
          </li>
        ))}
      </ul>
      <Order items={items} available={available} />
      <Section title={t("connections.another")}>
        <Offers available={available} onConnect={onConnect} />
      </Section>
    </>
  );
}

/** Before anything is connected: what connecting gives, and which sources there are. */
function Welcome({ available, onConnect }: { available: SourceDescription[]; onConnect: OnConnect }) {
  return (
    <>
      <section className="card px-6 py-8 md:px-10 md:py-10">
        <span className="grid size-14 place-items-center rounded-full bg-accent-soft text-accent">
          <Icon name="sources" size={28} />
        </span>
        <h2 className="mt-4 text-lg font-semibold">{t("connections.none")}</h2>
        <p className="mt-1 max-w-prose text-ink-2">{t("connections.none_hint")}</p>
        <ul className="mt-5 grid gap-x-8 gap-y-3 md:grid-cols-2">
          {GIVES.map(({ icon, words }) => (
            <li key={words} className="flex items-start gap-3 text-sm text-ink-2">
              <Icon name={icon} className="text-accent" />
              {t(words)}
            </li>
          ))}
        </ul>
      </section>
      <Section title={t("connections.available")}>
        <Offers available={available} onConnect={onConnect} />
      </Section>
    </>
  );
}

function Offers({ available, onConnect }: { available: SourceDescription[]; onConnect: OnConnect }) {
  return (
    <ul className="flex flex-col gap-3">
      {available.map((kind) => (
        <li key={kind.key}>
          <Offer
            kind={kind}
            onConnect={() => {
              onConnect(kind);
            }}
          />
        </li>
      ))}
    </ul>
  );
}

/** One source that can be connected, as it describes itself. */
function Offer({ kind, onConnect }: { kind: SourceDescription; onConnect: () => void }) {
  const mayOwn = useMayOwn();
  const demo = useAthlete()?.demo ?? false;
  const { may_share, may_blend, may_llm, keep_days } = kind.terms;
  const terms = [
    keep_days === null ? null : t("connections.keep_days", { count: keep_days }),
    may_share ? null : t("connections.no_share"),
    may_blend ? null : t("connections.no_blend"),
    may_llm ? null : t("connections.no_llm"),
  ].filter((words) => words !== null);
  return (
    <article className="card flex flex-wrap items-start gap-x-6 gap-y-3 p-4 md:p-5" data-source={kind.key}>
      <div className="min-w-0 flex-1 basis-72">
        <h3 className="font-semibold">{kind.name}</h3>
        <p className="mt-0.5 text-sm text-ink-2">
          <span className="label mr-2">{t("connections.kinds")}</span>
          {kind.kinds.map(({ title }) => title).join(" · ")}
        </p>
        {kind.note !== "" && <p className="mt-1 text-sm text-ink-2">{kind.note}</p>}
        {terms.length > 0 && (
          <p className="mt-1 text-sm text-ink-2">
            <span className="label mr-2">{t("connections.terms")}</span>
            {terms.join(" ")}
          </p>
        )}
      </div>
      {mayOwn && !demo && (
        <Button
          kind="primary"
          icon="plus"
          aria-label={t("connections.connect_to", { name: kind.name })}
          onClick={onConnect}
        >
          {t("connections.connect")}
        </Button>
      )}
    </article>
  );
}
