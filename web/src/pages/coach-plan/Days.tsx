import { useState } from "react";

import type { Plan, PlanSession } from "@/api/coach/plans";
import { useMayPlan, usePreferences } from "@/api/session";
import { draftDays, withChange, type DraftChange } from "@/features/plan/draft";
import { DraftPanel } from "@/features/plan/DraftPanel";
import { SessionDialog } from "@/features/plan/SessionDialog";
import { useDraft } from "@/features/plan/useDraft";
import { today } from "@/lib/dates";
import { Section } from "@/ui/layout/Page";
import { WeekRow } from "./WeekRow";
import { t } from "./text";

/** The plan day by day; sessions can be dragged, and every change is checked against the rules before it is saved. */
export function Days({ plan }: { plan: Plan }) {
  const wish = usePreferences();
  const mayPlan = useMayPlan();
  const [changes, setChanges] = useDraft(plan.plan, plan.version);
  const [shown, setShown] = useState<PlanSession | null>(null);
  const now = today(wish.zone);
  const weeks = draftDays(plan.weeks, changes);
  const changed = new Set(changes.map(({ id }) => id));
  const add = (change: DraftChange): void => {
    setChanges((before) => withChange(before, change));
  };
  return (
    <Section title={t("grid.title")} id="days">
      {mayPlan && <p className="mb-2 max-w-prose text-sm text-ink-2">{t("grid.hint")}</p>}
      <ol className="card divide-y divide-line">
        {weeks.map((days, at) => (
          <WeekRow
            key={days[0]?.date}
            number={at + 1}
            week={plan.weeks[at]}
            days={days}
            now={now}
            changed={changed}
            edit={mayPlan ? add : null}
            onShow={setShown}
          />
        ))}
      </ol>
      {changes.length > 0 && (
        <DraftPanel plan={plan.plan} version={plan.version} changes={changes} setChanges={setChanges} />
      )}
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
