import { reason } from "@/api/client";
import { usePreferences } from "@/api/session";
import { useRemoveGoal, useRestoreGoal, type Goal } from "@/api/training/goals";
import { amountOf, eachOf, goalName, sportOf, stateOf, thisOf } from "@/features/goals/goals";
import { GoalRing } from "@/features/goals/GoalRing";
import { decimal } from "@/lib/units";
import { IconButton } from "@/ui/controls/Button";
import { Menu, MenuItem } from "@/ui/controls/Menu";
import { say, sayError } from "@/ui/layout/Toasts";
import { Past } from "./Past";
import { many, t } from "./text";

/** One goal: where it stands, where it leads, and how earlier periods went. */
export function GoalCard({ goal, mayEdit, onChange }: { goal: Goal; mayEdit: boolean; onChange: () => void }) {
  const wish = usePreferences();
  const { kind, done, target, state } = goal;
  const name = goalName(goal, wish);
  const left = Math.max(0, target - done);
  const tiles: [name: string, value: string, hint: string][] = [
    [t("goals.even"), amountOf(kind, goal.expected, wish), ""],
    ...(goal.forecast === null
      ? []
      : [
          [t("goals.forecast"), amountOf(kind, goal.forecast, wish), t("goals.forecast_hint")] as [
            string,
            string,
            string,
          ],
        ]),
    [t("goals.streak"), decimal(goal.streak), t("goals.streak_best", { count: decimal(goal.best_streak) })],
    ...(goal.periods === 0
      ? []
      : [
          [
            t("goals.rate"),
            t("goals.rate_of", { reached: decimal(goal.reached), periods: decimal(goal.periods) }),
            "",
          ] as [string, string, string],
        ]),
  ];
  return (
    <article className="card" aria-label={name} data-goal={goal.id}>
      <header className="flex items-center gap-4 px-4 pt-4">
        <GoalRing goal={goal} />
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold">
            {sportOf(goal)} <span className="font-normal text-ink-2">{thisOf(goal.period)}</span>
          </h2>
          <p className="text-xl font-semibold break-words">{amountOf(kind, done, wish)}</p>
          <p className="text-sm text-ink-2">{`${amountOf(kind, target, wish)} ${eachOf(goal.period)}`}</p>
          <p className={`text-sm ${state === "behind" ? "text-warn" : "text-ink-2"}`}>
            {[
              stateOf(goal),
              ...(left > 0 ? [t("goals.left", { amount: amountOf(kind, left, wish) })] : []),
              many("goals.days_left", goal.days_left),
            ].join(" · ")}
          </p>
        </div>
        {mayEdit && (
          <span className="self-start">
            <Acts goal={goal} name={name} onChange={onChange} />
          </span>
        )}
      </header>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 px-4 py-3 sm:grid-cols-4">
        {tiles.map(([label, value, hint]) => (
          <div key={label} className="min-w-0">
            <dt className="label">{label}</dt>
            <dd className="font-semibold">{value}</dd>
            {hint !== "" && <dd className="text-xs text-ink-3">{hint}</dd>}
          </div>
        ))}
      </dl>
      <Past goal={goal} name={name} />
    </article>
  );
}

function Acts({ goal, name, onChange }: { goal: Goal; name: string; onChange: () => void }) {
  const remove = useRemoveGoal();
  const restore = useRestoreGoal();
  const fail = (error: unknown): void => {
    sayError(reason(error));
  };
  const drop = (): void => {
    const back = (): void => {
      restore.mutateAsync(goal.id).catch(fail);
    };
    // The card is gone by then: what is called is not its observer.
    remove.mutateAsync(goal.id).then(() => {
      say(t("goals.removed_toast", { name }), back);
    }, fail);
  };
  return (
    <Menu button={(wiring) => <IconButton icon="more" name={t("goals.acts", { name })} {...wiring} />}>
      <MenuItem icon="edit" onClick={onChange}>
        {t("goals.change")}
      </MenuItem>
      <MenuItem icon="trash" danger onClick={drop}>
        {t("goals.remove")}
      </MenuItem>
    </Menu>
  );
}
