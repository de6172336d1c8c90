import { Link } from "react-router";

import { usePreferences } from "@/api/session";
import type { Today } from "@/api/types";
import { amountOf, goalName } from "@/features/goals/goals";
import { GoalRing } from "@/features/goals/GoalRing";
import { sportLook, sportOfFamily } from "@/lib/activity/sports";
import { familyName } from "@/lib/charts/frames";
import { day as dayWords, weekday } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { decimal, span } from "@/lib/units";
import { t } from "@/pages/today/text";
import { Frame } from "./Frame";

type Week = Today["week"];
type Goals = Today["goals"];

const HEIGHT = 72;
const timeOf = (day: Week["days"][number]): number => day.sports.reduce((sum, { moving_s: s }) => sum + s, 0);

/** The week by day and sport, against the same point of last week and the plan; goals stand above the days. */
export function WeekCard({ week, goals, day }: { week: Week; goals: Goals; day: string }) {
  const { done, planned, last_week: before } = week;
  const load = decimal(done.load);
  return (
    <Frame of="week" to={routes.calendar()}>
      <p>
        <span className="text-2xl font-semibold">{span(done.moving_s)}</span>{" "}
        <span className="text-ink-2">
          {[
            ...(planned ? [t("today.week_of", { time: span(60 * planned.minutes) })] : []),
            planned ? t("week.load_of", { load, planned: decimal(planned.load) }) : t("week.load", { load }),
          ].join(" · ")}
        </span>
      </p>
      <p className="text-sm text-ink-2">
        {before.activities === 0
          ? t("week.last_none")
          : t("week.last", { time: span(before.moving_s), load: decimal(before.load) })}
      </p>
      {goals.length > 0 && <Standings goals={goals} />}
      <Days days={week.days} day={day} />
    </Frame>
  );
}

/** How each goal stands: a ring, and what is done of how much. */
function Standings({ goals }: { goals: Goals }) {
  const wish = usePreferences();
  return (
    <ul className="mt-3 flex flex-wrap gap-x-5 gap-y-2">
      {goals.map((goal) => (
        <li key={goal.id}>
          <Link to={routes.goals} className="flex min-h-11 items-center gap-2.5 rounded-lg hover:bg-sunken">
            <GoalRing goal={goal} size={52} />
            <span aria-hidden="true" className="text-sm">
              <span className="block font-semibold">{amountOf(goal.kind, goal.done, wish)}</span>
              <span className="block text-xs text-ink-2">{goalName(goal, wish)}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Days({ days, day }: { days: Week["days"]; day: string }) {
  const wish = usePreferences();
  const most = Math.max(3600, ...days.map(timeOf));
  return (
    <ol className="mt-3 grid grid-cols-7 gap-1">
      {days.map((one) => {
        const words = t("week.day", { day: dayWords(one.day, wish, "short"), time: span(timeOf(one)) });
        const sports = one.sports.map(({ family, moving_s: s }) => `${familyName(family)} ${span(s)}`).join(", ");
        return (
          <li key={one.day}>
            <Link
              to={routes.activitiesOf(one.day)}
              title={sports === "" ? words : `${words}: ${sports}`}
              aria-label={sports === "" ? words : `${words}: ${sports}`}
              aria-current={one.day === day ? "date" : undefined}
              className="group block rounded-lg px-1 pt-1 hover:bg-sunken"
            >
              <span className="flex flex-col-reverse gap-px" style={{ height: HEIGHT }}>
                {one.sports.map(({ family, moving_s: seconds }) => (
                  <span
                    key={family}
                    data-tone={sportLook(sportOfFamily(family)).colour}
                    className="block w-full rounded-xs bg-(--tone)"
                    style={{ height: Math.max(3, (HEIGHT * seconds) / most) }}
                  />
                ))}
              </span>
              <span
                className={
                  "mt-1 block rounded text-center text-xs text-ink-2 group-aria-[current=date]:bg-accent " +
                  "group-aria-[current=date]:font-semibold group-aria-[current=date]:text-accent-ink"
                }
              >
                {weekday(one.day)}
              </span>
            </Link>
          </li>
        );
      })}
    </ol>
  );
}
