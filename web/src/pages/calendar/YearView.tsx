import { Link } from "react-router";

import { useMonths, type CalendarYear } from "@/api/activities/calendar";
import { usePreferences } from "@/api/session";
import { monthBrief } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { decimal, span, told } from "@/lib/units";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { monthsDown } from "./days";
import { StandingMark } from "./StandingMark";
import { t } from "./text";

/** Months against sources: what was done in each, and where each source stands with it. */
export function YearView({ from, to }: { from: string; to: string }) {
  const months = monthsDown(from, to);
  const first = months.at(-1) ?? to;
  const { data, error, refetch, isPlaceholderData } = useMonths(first, to);
  if (months.length === 0)
    return (
      <div className="card">
        <Empty icon="calendar" title={t("calendar.no_months")} />
      </div>
    );
  if (error && !data)
    return (
      <div className="card">
        <Failure error={error} retry={() => void refetch()} />
      </div>
    );
  if (!data || isPlaceholderData)
    return (
      <Waiting>
        <div className="skeleton h-[32rem]" />
      </Waiting>
    );
  return <Table data={data} months={months} />;
}

const HEAD = "px-3 py-2 text-left text-xs font-medium text-ink-3 whitespace-nowrap";
const CELL = "px-3 py-2 whitespace-nowrap";

function Table({ data, months }: { data: CalendarYear; months: string[] }) {
  const wish = usePreferences();
  const done = months.map((month) => ({
    month,
    ...(data.months[month] ?? { count: 0, moving_s: 0, distance_m: 0, sources: {} }),
  }));
  const most = Math.max(1, ...done.map(({ moving_s }) => moving_s));
  const sum = (pick: (one: (typeof done)[number]) => number): number =>
    done.reduce((total, one) => total + pick(one), 0);
  return (
    <div className="card overflow-x-auto" tabIndex={0} role="region" aria-label={t("calendar.year_table")}>
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-line">
            <th scope="col" className={`${HEAD} sticky left-0 bg-surface`}>
              {t("calendar.month")}
            </th>
            <th scope="col" className={`${HEAD} text-right!`}>
              {t("calendar.activities")}
            </th>
            <th scope="col" className={`${HEAD} text-right!`}>
              {t("total.moving")}
            </th>
            <th scope="col" className={`${HEAD} text-right!`}>
              {t("total.distance")}
            </th>
            {data.sources.map(({ connection, name, label }) => (
              <th key={connection} scope="col" className={HEAD}>
                <Link to={routes.source(connection)} title={label} className="hover:underline">
                  {name}
                </Link>
                {label !== name && <span className="block max-w-40 truncate font-normal">{label}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {done.map(({ month, count, moving_s, distance_m, sources }) => (
            <tr key={month} data-month={month} className="border-b border-line last:border-b-0 hover:bg-sunken/60">
              <th scope="row" className={`${CELL} sticky left-0 bg-surface text-left font-medium`}>
                <Link to={routes.calendar(month)} className="touch inline-flex items-center hover:underline">
                  {monthBrief(month)}
                </Link>
              </th>
              <td className={`${CELL} text-right`}>{count > 0 && decimal(count)}</td>
              <td className={`${CELL} text-right`}>
                {count > 0 && span(moving_s)}
                <span
                  aria-hidden="true"
                  className="mt-0.5 ml-auto block h-1 rounded-full bg-accent/50"
                  style={{ width: `${(100 * moving_s) / most}%` }}
                />
              </td>
              <td className={`${CELL} text-right`}>
                {distance_m > 0 && told("distance", distance_m, wish, undefined, 0)}
              </td>
              {data.sources.map(({ connection }) => (
                <td key={connection} className={CELL}>
                  <StandingMark standing={sources[connection]} brief />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="border-t border-line-strong/50 font-semibold">
            <th scope="row" className={`${CELL} sticky left-0 bg-surface text-left`}>
              {t("calendar.total")}
            </th>
            <td className={`${CELL} text-right`}>{decimal(sum(({ count }) => count))}</td>
            <td className={`${CELL} text-right`}>{span(sum(({ moving_s }) => moving_s))}</td>
            <td className={`${CELL} text-right`}>
              {told(
                "distance",
                sum(({ distance_m }) => distance_m),
                wish,
                undefined,
                0,
              )}
            </td>
            {data.sources.map(({ connection }) => (
              <td key={connection} />
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
