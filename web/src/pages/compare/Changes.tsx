import { useEffect, useRef, useState } from "react";

import { reason } from "@/api/client";
import { useMayEdit, useMayOwn } from "@/api/session";
import { useCompareAgain, useDecide, useProposals } from "@/api/sources/compare";
import type { Proposal } from "@/api/types";
import { routes } from "@/lib/routes";
import { decimal } from "@/lib/units";
import { Button, ButtonLink } from "@/ui/controls/Button";
import { Check } from "@/ui/controls/Field";
import { Page, Section } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { ChangeCard } from "./ChangeCard";
import { Tabs } from "./Tabs";
import { many, t, type Plain } from "./text";

/** What became of changes, in the order in which they want to be looked at. */
const PARTS: { title: Plain; states: string[] }[] = [
  { title: "changes.busy", states: ["approved"] },
  { title: "changes.failed", states: ["failed"] },
  { title: "changes.done", states: ["applied", "undone", "rejected"] },
];

/** Changes at sources: those that wait to be judged, and what became of the others. */
export function Changes() {
  const mayEdit = useMayEdit();
  const { data, error, refetch } = useProposals(mayEdit);
  useFresh(data);
  if (!mayEdit)
    return (
      <Page title={t("compare.changes_tab")}>
        <div className="card">
          <Empty icon="compare" title={t("changes.none")} hint={t("changes.none_to_see")} />
        </div>
      </Page>
    );
  return (
    <Page title={t("compare.changes_tab")} actions={<Tabs at="changes" />}>
      {error && !data && <Failure error={error} retry={() => void refetch()} />}
      {!error && !data && (
        <Waiting>
          <div className="skeleton h-64" />
        </Waiting>
      )}
      {data?.length === 0 && (
        <div className="card">
          <Empty icon="compare" title={t("changes.none")} hint={t("changes.none_hint")}>
            <ButtonLink kind="primary" to={routes.compare()}>
              {t("changes.to_compare")}
            </ButtonLink>
          </Empty>
        </div>
      )}
      {data && <Open changes={data.filter(({ state }) => state === "open")} />}
      {data &&
        PARTS.map(({ title, states }) => (
          <Part key={title} title={t(title)} changes={data.filter(({ state }) => states.includes(state))} />
        ))}
    </Page>
  );
}

/** Once something went out, what is compared is asked for again. */
function useFresh(changes: Proposal[] | undefined): void {
  const again = useCompareAgain();
  const before = useRef(0);
  const busy = changes?.filter(({ state }) => state === "approved").length ?? 0;
  useEffect(() => {
    if (busy < before.current) again();
    before.current = busy;
  }, [busy, again]);
}

function Part({ title, changes }: { title: string; changes: Proposal[] }) {
  if (changes.length === 0) return null;
  return (
    <Section title={title}>
      <List>
        {changes.map((change) => (
          <li key={change.id}>
            <ChangeCard change={change} />
          </li>
        ))}
      </List>
    </Section>
  );
}

const List = ({ children }: { children: React.ReactNode }) => <ul className="card divide-y divide-line">{children}</ul>;

/** Those that wait: chosen one by one or all, approved or rejected together. */
function Open({ changes }: { changes: Proposal[] }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const decide = useDecide();
  const mayApprove = useMayOwn();
  const ids = changes.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
  if (changes.length === 0) return null;
  const judge = (verdict: "approve" | "reject"): void => {
    decide.mutate(
      { ids, verdict },
      {
        onSuccess: () => {
          setChosen(new Set());
          say(
            many(
              verdict === "approve" ? "changes.approved_toast" : "changes.rejected_toast",
              ids.length,
              decimal(ids.length),
            ),
          );
        },
        onError: (error) => {
          sayError(reason(error));
        },
      },
    );
  };
  const turn = (id: string): void => {
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  };
  const all = ids.length === changes.length;
  return (
    <section aria-label={t("changes.is_open")}>
      <h2 className="mb-2.5 text-lg font-semibold">{many("changes.open", changes.length, decimal(changes.length))}</h2>
      <div className="card mb-3 flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
        <Check
          label={t("changes.all")}
          checked={all}
          onChange={() => {
            setChosen(new Set(all ? [] : changes.map(({ id }) => id)));
          }}
        />
        <span role="status" className="text-sm text-ink-2">
          {t("changes.chosen", { count: decimal(ids.length) })}
        </span>
        <span className="ml-auto flex gap-2">
          {mayApprove && (
            <Button
              kind="primary"
              icon="check"
              busy={decide.isPending}
              disabled={ids.length === 0 || decide.isPending}
              onClick={() => {
                judge("approve");
              }}
            >
              {t("changes.approve")}
            </Button>
          )}
          <Button
            icon="close"
            busy={decide.isPending}
            disabled={ids.length === 0 || decide.isPending}
            onClick={() => {
              judge("reject");
            }}
          >
            {t("changes.reject")}
          </Button>
        </span>
      </div>
      <List>
        {changes.map((change) => (
          <li key={change.id}>
            <ChangeCard
              change={change}
              chosen={chosen.has(change.id)}
              onChoose={() => {
                turn(change.id);
              }}
            />
          </li>
        ))}
      </List>
    </section>
  );
}
