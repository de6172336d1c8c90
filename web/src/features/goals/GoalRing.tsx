import type { GoalStanding } from "@/api/training/goals";
import { usePreferences } from "@/api/session";
import { decimal } from "@/lib/units";
import { Icon } from "@/ui/pictures/Icon";
import { amountOf, goalName, stateOf } from "./goals";
import { t } from "./text";

const RADIUS = 42;
const LENGTH = 2 * Math.PI * RADIUS;

/** How a goal stands as a ring: what is done, and a mark where an even pace would be by now. */
export function GoalRing({ goal, size = 88 }: { goal: GoalStanding; size?: number }) {
  const wish = usePreferences();
  const { share, state, kind, done, target } = goal;
  const angle = 2 * Math.PI * Math.min(1, goal.expected / target);
  const at = (radius: number): [number, number] => [50 + radius * Math.sin(angle), 50 - radius * Math.cos(angle)];
  const [[x1, y1], [x2, y2]] = [at(RADIUS - 7), at(RADIUS + 7)];
  const label = [
    goalName(goal, wish),
    t("goal.of", { done: amountOf(kind, done, wish), target: amountOf(kind, target, wish) }),
    stateOf(goal),
  ].join(": ");
  return (
    <span role="img" aria-label={label} className="relative inline-grid shrink-0 place-items-center" data-state={state}>
      <svg viewBox="0 0 100 100" width={size} height={size} aria-hidden="true">
        <circle cx={50} cy={50} r={RADIUS} fill="none" strokeWidth={10} className="stroke-sunken" />
        {share > 0 && (
          <circle
            cx={50}
            cy={50}
            r={RADIUS}
            fill="none"
            strokeWidth={10}
            strokeLinecap={share < 1 ? "round" : "butt"}
            strokeDasharray={`${LENGTH * Math.min(1, share)} ${LENGTH}`}
            transform="rotate(-90 50 50)"
            className={state === "behind" ? "stroke-warn" : "stroke-accent"}
          />
        )}
        {state !== "reached" && goal.expected > 0 && (
          <line x1={x1} y1={y1} x2={x2} y2={y2} strokeWidth={3} className="stroke-ink" />
        )}
      </svg>
      <span aria-hidden="true" className="absolute text-sm font-semibold">
        {state === "reached" ? <Icon name="check" size={26} className="text-accent" /> : `${decimal(100 * share)}%`}
      </span>
    </span>
  );
}
