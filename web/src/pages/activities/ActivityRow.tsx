import { memo } from "react";
import { Link } from "react-router";

import type { ActivityItem } from "@/api/types";
import { kindName, sportName } from "@/lib/activity/sports";
import { classes } from "@/lib/classes";
import { clock, day, month } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";
import { routes } from "@/lib/routes";
import { duration, quantity, span, told, type Measure } from "@/lib/units";
import { SportIcon } from "@/ui/pictures/Sport";
import { TrackPicture } from "@/ui/pictures/Track";
import { Told } from "@/ui/values/Measured";
import type { Row } from "./rows";
import { many, t } from "./text";

const LONG_M = 50_000;

/** The columns of the wide list: picture, name, and numbers to the right. */
export const COLUMNS =
  "grid grid-cols-[56px_minmax(0,1fr)_auto] items-center gap-x-4 " +
  "md:grid-cols-[56px_minmax(0,1fr)_5.5rem_5rem_6rem] " +
  "lg:grid-cols-[56px_minmax(0,1fr)_5.5rem_5rem_6.5rem_5rem_5rem] " +
  "xl:grid-cols-[56px_minmax(0,1fr)_6rem_5.5rem_7rem_5.5rem_5.5rem_5.5rem]";

/** One activity of the list, as one link. */
export const ActivityRow = memo(function ActivityRow({
  item,
  index,
  wish,
  dated,
}: {
  item: ActivityItem;
  index: number;
  wish: Preferences;
  dated: boolean;
}) {
  const { sport } = item;
  const number = (measure: Measure, value: number | null, digits?: number) => (
    <Told {...quantity(measure, value, wish, sport, digits)} />
  );
  const long = item.distance_m !== null && item.distance_m >= LONG_M;
  // Two decimals tell a run apart from a track session; on a long ride they are noise.
  const distance = number("distance", item.distance_m, long ? 1 : undefined);
  const time = duration(item.moving_s ?? item.elapsed_s);
  return (
    <Link
      id={`row-${index}`}
      to={routes.activity(item.id)}
      className={classes(
        COLUMNS,
        "h-full border-b border-line px-3",
        "hover:bg-sunken/60 focus-visible:bg-sunken/60 focus-visible:-outline-offset-2 md:px-4",
      )}
    >
      <TrackPicture thumb={item.thumb} sport={sport} />
      <span className="min-w-0">
        <span className="block truncate font-semibold">{item.name ?? sportName(sport)}</span>
        <span className="flex min-w-0 items-center gap-1.5 text-xs text-ink-3">
          <SportIcon sport={sport} size={16} />
          <span className="sr-only">{sportName(sport)}</span>
          <span className="truncate">{aside(item, wish, dated)}</span>
        </span>
      </span>
      <span className="text-right md:hidden">
        <span className="block font-medium">{item.distance_m === null ? time : distance}</span>
        <span className="block text-xs text-ink-3">{item.distance_m === null ? "" : time}</span>
      </span>
      <span className="hidden text-right font-medium md:block">{distance}</span>
      <span className="hidden text-right md:block">{time}</span>
      <span className="hidden text-right md:block">{number("speed", item.avg_speed_mps)}</span>
      <span className="hidden text-right lg:block">{number("elevation", item.ascent_m)}</span>
      <span className="hidden text-right lg:block">{number("heart_rate", item.avg_hr_bpm)}</span>
      <span className="hidden text-right xl:block">{number("power", item.avg_power_w)}</span>
    </Link>
  );
});

function aside(item: ActivityItem, wish: Preferences, dated: boolean): string {
  return [
    `${day(item.start_local, wish, dated ? "full" : "short")}, ${clock(item.start_local, wish)}`,
    kindName(item.sub_sport),
    item.legs.length > 0 ? t("activities.legs", { count: item.legs.length }) : null,
    item.hidden ? t("activities.hidden_badge") : null,
  ]
    .filter(Boolean)
    .join(" · ");
}

export function MonthRow({ row, wish }: { row: Extract<Row, { kind: "month" }>; wish: Preferences }) {
  return (
    <div className="flex h-full items-end justify-between gap-4 border-b border-line bg-ground px-3 pb-1.5 md:px-4">
      <h2 className="font-semibold whitespace-nowrap">{month(row.month)}</h2>
      {row.whole && (
        <p className="flex min-w-0 gap-1 text-xs whitespace-nowrap text-ink-3">
          <span className="max-sm:hidden">{many("activities.count", row.count)} ·</span>
          <span>{told("distance", row.distance, wish, undefined, 0)} ·</span>
          <span>{span(row.moving)}</span>
        </p>
      )}
    </div>
  );
}

export function WaitingRow() {
  return (
    <div className={`${COLUMNS} h-full border-b border-line px-3 md:px-4`}>
      <span className="skeleton h-11 w-14" />
      <span className="flex flex-col gap-1.5">
        <span className="skeleton h-4 w-2/5" />
        <span className="skeleton h-3 w-1/4" />
      </span>
      <span className="skeleton ml-auto h-4 w-14" />
    </div>
  );
}
