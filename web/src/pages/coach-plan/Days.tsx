import { useState } from "react";

import { reason } from "@/api/client";
import { useChangePlan, useTriedChanges, type Plan, type PlanSession } from "@/api/coach/plans";
import { useMayEdit, usePreferences } from "@/api/session";
import { Violations } from "@/features/coach/Violations";
import { day as dayWords, today } from "@/lib/dates";
import { decimal } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { Section } from "@/ui/layout/Page";
import { say, sayError } from "@/ui/layout/Toasts";
import { draftDays, withChange, type DraftChange } from "./draft";
import { SessionDialog } from "./SessionDialog";
import { WeekRow } from "./WeekRow";
import { many, t } from "./text";

/** The plan day by day; sessions can be dragged, and every change is checked against the rules before it is saved. */
export function Days({ plan }: { plan: Plan }) {
  const wish = usePreferences();
  const mayEdit = useMayEdit();
  const [changes, setChanges] = useState<DraftChange[]>([]);
  const [shown, setShown] = useState<PlanSession | null>(null);
  const now = today(wish.zone);
  const weeks = draftDays(plan.weeks, changes);
  const changed = new Set(changes.map(({ id }) => id));
  const add = (change: DraftChange): void => {
    setChanges((before) => withChange(before, change));
  };
  return (
    <Section title={t("grid.title")} id="days">
      {mayEdit && <p className="mb-2 max-w-prose text-sm text-ink-2">{t("grid.hint")}</p>}
      <ol className="card divide-y divide-line">
        {weeks.map((days, at) => (
          <WeekRow
            key={days[0]?.date}
            number={at + 1}
            week={plan.weeks[at]}
            days={days}
            now={now}
            changed={changed}
            edit={mayEdit ? add : null}
            onShow={setShown}
          />
        ))}
      </ol>
      {changes.length > 0 && <Draft plan={plan} changes={changes} setChanges={setChanges} />}
      {shown && (
        <SessionDialog
          session={shown}
          onClose={() => {
            setShown(null);
          }}
        />
      )}
    </Section>
  );
}

function Draft({
  plan,
  changes,
  setChanges,
}: {
  plan: Plan;
  changes: DraftChange[];
  setChanges: (changes: DraftChange[]) => void;
}) {
  const wish = usePreferences();
  const save = useChangePlan();
  const operations = changes.map(({ operation }) => operation);
  const { data, error } = useTriedChanges(plan.plan, plan.version, operations);
  const signed = (value: number): string => `${value > 0 ? "+" : ""}${decimal(value)}`;
  return (
    <div
      data-testid="draft"
      role="status"
      className="card sticky bottom-16 z-20 mt-4 flex flex-col gap-3 p-4 shadow-float md:bottom-4"
    >
      <p className="font-semibold">{many("draft.count", changes.length)}</p>
      {error && <p className="text-sm text-danger">{reason(error)}</p>}
      {data && !error && (
        <>
          {data.gained.length > 0 ? <Violations items={data.gained} /> : <p className="text-sm">{t("draft.fine")}</p>}
          <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm text-ink-2">
            {Object.entries(data.weeks).map(([monday, { minutes, load }]) => (
              <li key={monday}>
                {t("draft.week", {
                  day: dayWords(monday, wish, "plain"),
                  minutes: signed(minutes),
                  load: signed(load),
                })}
              </li>
            ))}
            {data.race_form_before !== null && data.race_form_after !== null && (
              <li>
                {t("draft.form", {
                  before: decimal(data.race_form_before, 1),
                  after: decimal(data.race_form_after, 1),
                })}
              </li>
            )}
          </ul>
        </>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          kind="primary"
          icon="check"
          disabled={error !== null}
          busy={save.isPending}
          onClick={() => {
            save.mutate(
              { plan: plan.plan, version: plan.version, operations },
              {
                onSuccess: ({ version }) => {
                  setChanges([]);
                  say(t("draft.saved", { version }));
                },
                onError: (problem) => {
                  sayError(reason(problem));
                },
              },
            );
          }}
        >
          {t("draft.save")}
        </Button>
        <Button
          icon="undo"
          onClick={() => {
            setChanges(changes.slice(0, -1));
          }}
        >
          {t("draft.undo")}
        </Button>
        <Button
          kind="quiet"
          onClick={() => {
            setChanges([]);
          }}
        >
          {t("draft.discard")}
        </Button>
      </div>
    </div>
  );
}
