import { Link } from "react-router";

import { usePreferences } from "@/api/session";
import type { ComparedItem, ComparedSource, Proposal } from "@/api/types";
import { clock, day, month as monthName } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { duration, told } from "@/lib/units";
import { SportIcon } from "@/ui/pictures/Sport";
import { Cell, StaleMark } from "./Cell";
import { t } from "./text";

export interface GridOf {
  columns: ComparedSource[];
  rows: ComparedItem[];
  proposals: Proposal[];
  month: string;
}

/** Activities by sources. */
export function Table({ columns, rows, proposals, month }: GridOf) {
  return (
    <div
      className="card mt-4 overflow-x-auto"
      tabIndex={0}
      role="region"
      aria-label={t("compare.table", { month: monthName(month) })}
    >
      <table className="w-full text-sm" data-testid="grid">
        <thead>
          <tr className="text-left align-bottom text-xs text-ink-3">
            <th scope="col" className="min-w-48 px-3 py-2 font-medium">
              {t("compare.activity")}
            </th>
            {columns.map((source) => (
              <th key={source.connection} scope="col" className="min-w-40 px-3 py-2 font-medium">
                <SourceHead source={source} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((item) => (
            <tr key={item.activity.id} className="border-t border-line align-top" data-activity={item.activity.name}>
              <th scope="row" className="px-3 py-3 text-left font-normal">
                <ActivityHead item={item} />
              </th>
              {columns.map((source) => (
                <td key={source.connection} className="px-3 py-3">
                  <Cell item={item} source={source} proposals={proposals} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The same on a phone: an activity a card, a source a line in it. */
export function Cards({ columns, rows, proposals }: GridOf) {
  return (
    <ul className="mt-4 flex flex-col gap-3" data-testid="grid">
      {rows.map((item) => (
        <li key={item.activity.id} className="card" data-activity={item.activity.name}>
          <div className="px-4 py-3">
            <ActivityHead item={item} />
          </div>
          {columns.map((source) => (
            <section key={source.connection} className="border-t border-line px-4 py-3 text-sm">
              <h4 className="mb-1 text-xs font-medium text-ink-3">
                <SourceHead source={source} />
              </h4>
              <Cell item={item} source={source} proposals={proposals} />
            </section>
          ))}
        </li>
      ))}
    </ul>
  );
}

function SourceHead({ source: { name, label, stale } }: { source: ComparedSource }) {
  return (
    <>
      <span className="font-semibold text-ink">{name}</span>
      {label !== name && <span className="ml-1.5">{label}</span>}
      {stale && <StaleMark />}
    </>
  );
}

function ActivityHead({ item: { activity } }: { item: ComparedItem }) {
  const wish = usePreferences();
  const { id, name, sport, start_local, distance_m, moving_s, elapsed_s } = activity;
  const details = [
    `${day(start_local, wish, "short")}, ${clock(start_local, wish)}`,
    duration(moving_s ?? elapsed_s),
    ...(distance_m === null ? [] : [told("distance", distance_m, wish, sport)]),
  ];
  return (
    <>
      <h3 className="font-semibold">
        <Link to={routes.activity(id)} className="underline-offset-4 hover:underline">
          {name}
        </Link>
      </h3>
      <p className="mt-0.5 flex items-center gap-1.5 text-xs text-ink-3">
        <SportIcon sport={sport} size={16} />
        {details.join(" · ")}
      </p>
    </>
  );
}
