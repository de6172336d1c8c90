import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { usePreferences } from "@/api/session";
import { useAddGoal, useChangeGoal, type Goal } from "@/api/training/goals";
import { GOAL_KINDS, GOAL_PERIODS, goalName, shown, typed, unitOf, type GoalKind } from "@/features/goals/goals";
import { FAMILIES } from "@/lib/activity/sports";
import { familyName } from "@/lib/charts/frames";
import { today } from "@/lib/dates";
import { known } from "@/lib/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Segmented, SelectField, TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { t } from "./text";

const kindName = (kind: GoalKind): string => (kind === "time" ? t("goals.time") : (known("choice", kind) ?? kind));

const PERIODS = { week: "goals.week", month: "goals.month", year: "goals.year" } as const;

/** Set a goal, or give one another target. */
export function GoalDialog({ goal, onClose }: { goal?: Goal; onClose: () => void }) {
  const wish = usePreferences();
  const add = useAddGoal();
  const change = useChangeGoal();
  const act = goal ? change : add;
  const [form, setForm] = useState({
    period: goal?.period ?? ("week" as const),
    kind: goal?.kind ?? ("distance" as const),
    sport: goal?.sport ?? "",
    target: goal ? String(Math.round(shown(goal.kind, goal.target, wish) * 100) / 100) : "",
    since: today(wish.zone),
  });
  const [wrong, setWrong] = useState<string>();
  const unit = unitOf(form.kind, wish);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const target = typed(form.kind, form.target, wish);
    if (target === null) setWrong(t("goals.target_bad"));
    else if (form.kind === "count" && !Number.isInteger(target)) setWrong(t("goals.target_whole"));
    else if (goal) change.mutate({ id: goal.id, target }, { onSuccess: onClose });
    else {
      const { period, kind, sport, since } = form;
      add.mutate({ period, kind, sport: sport || null, target, since: since || null }, { onSuccess: onClose });
    }
  };
  return (
    <Dialog title={goal ? goalName(goal, wish) : t("goals.add")} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
        {act.isError && (
          <div role="alert">
            <Notice tone="bad">{reason(act.error)}</Notice>
          </div>
        )}
        {!goal && (
          <>
            <Segmented
              name={t("goals.period")}
              value={form.period}
              onChange={(period) => {
                setForm({ ...form, period });
              }}
              options={GOAL_PERIODS.map((value) => ({ value, label: t(PERIODS[value]) }))}
            />
            <div className="grid grid-cols-2 gap-4">
              <SelectField
                label={t("goals.kind")}
                value={form.kind}
                onChange={(event) => {
                  setForm({ ...form, kind: event.target.value as GoalKind });
                }}
              >
                {GOAL_KINDS.map((kind) => (
                  <option key={kind} value={kind}>
                    {kindName(kind)}
                  </option>
                ))}
              </SelectField>
              <SelectField
                label={t("activities.sport")}
                value={form.sport}
                onChange={(event) => {
                  setForm({ ...form, sport: event.target.value });
                }}
              >
                <option value="">{t("activities.all_sports")}</option>
                {FAMILIES.map((family) => (
                  <option key={family} value={family}>
                    {familyName(family)}
                  </option>
                ))}
              </SelectField>
            </div>
          </>
        )}
        <TextField
          label={unit === "" ? t("goals.target") : t("goals.target_unit", { unit })}
          inputMode="decimal"
          autoFocus
          value={form.target}
          error={wrong}
          {...(goal && { hint: t("goals.from_now") })}
          onChange={(event) => {
            setWrong(undefined);
            setForm({ ...form, target: event.target.value });
          }}
        />
        {!goal && (
          <TextField
            label={t("goals.since")}
            hint={t("goals.since_hint")}
            type="date"
            max={today(wish.zone)}
            value={form.since}
            onChange={(event) => {
              setForm({ ...form, since: event.target.value });
            }}
          />
        )}
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" kind="primary" busy={act.isPending}>
            {t("app.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
