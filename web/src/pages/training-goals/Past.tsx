import { usePreferences } from "@/api/session";
import type { Goal } from "@/api/training/goals";
import { amountOf } from "@/features/goals/goals";
import { day, month } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";
import { t } from "./text";

type Period = Goal["history"][number];
const HEIGHT = 72;

/** Earlier periods as bars up to the current one, full where the goal was reached, with a line at each target. */
export function Past({ goal, name }: { goal: Goal; name: string }) {
  const wish = usePreferences();
  const now: Period = {
    first_day: goal.first_day,
    last_day: goal.last_day,
    done: goal.done,
    target: goal.target,
    reached: goal.state === "reached",
  };
  const shown = [...goal.history.slice(-SHOWN[goal.period]), now];
  const most = Math.max(goal.target, ...shown.map(({ done, target }) => Math.max(done, target ?? 0)));
  return (
    <ol
      aria-label={t("goals.past", { name })}
      className="flex items-end gap-1 border-t border-line px-4 pt-4 pb-3"
      style={{ height: HEIGHT + 40 }}
    >
      {shown.map((period) => (
        <li
          key={period.first_day}
          className="relative flex h-full min-w-0 flex-1 flex-col justify-end"
          title={wordsOf(goal, period, wish)}
        >
          <span className="sr-only">{wordsOf(goal, period, wish)}</span>
          <span
            aria-hidden="true"
            className={`rounded-t-sm ${period.reached === true ? "bg-accent" : "bg-line-strong"}`}
            style={{ height: `${(100 * period.done) / most}%`, minHeight: period.done > 0 ? 2 : 0 }}
          />
          {period.target !== null && (
            <span
              aria-hidden="true"
              className="absolute inset-x-0 border-t-2 border-ink-3"
              style={{ bottom: `${(100 * period.target) / most}%` }}
            />
          )}
        </li>
      ))}
    </ol>
  );
}

/** As many as can be told apart on a phone. */
const SHOWN = { week: 26, month: 24, year: 10 } as const;

function wordsOf({ kind, period }: Goal, { first_day, done, target, reached }: Period, wish: Preferences): string {
  const when =
    period === "week"
      ? t("frame.week_of", { day: day(first_day, wish, "plain") })
      : period === "month"
        ? month(first_day.slice(0, 7))
        : first_day.slice(0, 4);
  const said = { day: when, done: amountOf(kind, done, wish) };
  if (target === null) return t("goals.bar", said);
  return reached === true
    ? t("goals.bar_reached", said)
    : t("goals.bar_missed", { ...said, target: amountOf(kind, target, wish) });
}
