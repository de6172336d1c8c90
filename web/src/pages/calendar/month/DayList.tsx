import type { PlanSession } from "@/api/coach/plans";
import { usePreferences } from "@/api/session";
import type { Edit } from "@/features/plan/draft";
import { day as dayWords } from "@/lib/dates";
import { span, told } from "@/lib/units";
import { ActivityLine, SessionLines } from "./DayDialog";
import { sumOf } from "@/pages/calendar/days";
import type { Days } from "./Grid";
import type { CalendarPlan } from "./plan";
import { t } from "@/pages/calendar/text";

/** The days of a month that have activities or a plan, week by week, for a screen with no room for them in the grid. */
export function DayList({
  month,
  weeks,
  days,
  plan,
  edit,
  onSession,
}: {
  month: string;
  weeks: string[][];
  days: Days;
  plan: CalendarPlan;
  edit: Edit;
  onSession: (session: PlanSession) => void;
}) {
  const wish = usePreferences();
  return (
    <div className="mt-4 flex flex-col gap-4">
      {weeks.map((week) => {
        const here = week.filter(
          (day) => day.startsWith(month) && (days[day] !== undefined || plan.days[day] !== undefined),
        );
        const { seconds, metres } = sumOf(week.flatMap((day) => days[day] ?? []));
        if (here.length === 0) return null;
        const sums = seconds > 0 ? [span(seconds)] : [];
        if (metres > 0) sums.push(told("distance", metres, wish, undefined, 0));
        return (
          <section key={week[0]}>
            <header className="flex items-baseline justify-between gap-3 px-1">
              <h2 className="text-sm font-semibold">
                {t("calendar.week_of", {
                  from: dayWords(week[0] ?? "", wish, "short"),
                  to: dayWords(week[6] ?? "", wish, "short"),
                })}
              </h2>
              <p className="text-sm text-ink-2">{sums.join(" · ")}</p>
            </header>
            <div className="card mt-1.5 divide-y divide-line px-2">
              {here.map((day) => (
                <div key={day} id={`day-${day}`} className="py-1.5">
                  <h3 className="label px-2 pt-1">{dayWords(day, wish, "short")}</h3>
                  <ul>
                    {days[day]?.map((item) => (
                      <li key={item.id}>
                        <ActivityLine item={item} session={plan.done[item.id]} />
                      </li>
                    ))}
                    <SessionLines day={day} plan={plan} edit={edit} onSession={onSession} />
                  </ul>
                </div>
              ))}
            </div>
          </section>
        );
      })}
    </div>
  );
}
