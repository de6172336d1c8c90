import { memo } from "react";
import { Link } from "react-router";

import type { ListedActivity } from "@/api/types";
import { kindName, sportName } from "@/lib/activity/sports";
import { workoutTypeName } from "@/lib/activity/workouts";
import { classes } from "@/lib/classes";
import { clock, day, month } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";
import { routes } from "@/lib/routes";
import { decimal, span, told } from "@/lib/units";
import { many, t } from "@/pages/activities/text";
import { SportIcon } from "@/ui/pictures/Sport";
import { TrackPicture } from "@/ui/pictures/Track";
import { cellClass, distance, time, type Column } from "./columns";
import type { Row } from "./rows";

const ROW = "flex h-full min-w-0 flex-1 items-center gap-x-4";

/** One activity of the list, as one link. */
export const ActivityRow = memo(function ActivityRow({
  item,
  index,
  wish,
  dated,
  columns,
  query,
}: {
  item: ListedActivity;
  index: number;
  wish: Preferences;
  dated: boolean;
  columns: Column[];
  /** The filter of the list, which the page of the activity goes on in. */
  query: string;
}) {
  const { sport, thumb } = item;
  return (
    <Link
      id={`row-${index}`}
      to={routes.activity(item.id, query)}
      className={classes(ROW, "px-3 focus-visible:bg-sunken/60 focus-visible:-outline-offset-2 md:px-4")}
    >
      <TrackPicture thumb={thumb} sport={sport} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-semibold">{item.name ?? sportName(sport)}</span>
        <span className="flex min-w-0 items-center gap-1.5 text-xs text-ink-3">
          {thumb !== null && <SportIcon sport={sport} size={16} />}
          <span className="sr-only">{sportName(sport)}</span>
          <span className="truncate">{aside(item, wish, dated)}</span>
          {item.tags.length > 0 && (
            <span className="hidden min-w-0 gap-1 md:flex">
              {item.tags.map((tag) => (
                <span key={tag} className="truncate rounded-full bg-sunken px-2 text-ink-2">
                  {tag}
                </span>
              ))}
            </span>
          )}
        </span>
        <span className="block truncate text-xs text-ink-2 md:hidden">{effort(item, wish)}</span>
      </span>
      <span className="shrink-0 text-right md:hidden">
        <span className="block font-medium">{item.distance_m === null ? time(item) : distance(item, wish)}</span>
        <span className="block text-xs text-ink-3">{item.distance_m === null ? "" : time(item)}</span>
        <span className="block text-xs text-ink-3">
          {item.load !== null && t("activities.load", { load: decimal(item.load) })}
        </span>
      </span>
      {columns.map(({ key, cell }, at) => (
        <span key={key} className={classes("hidden md:block", cellClass(at), at === 0 && "font-medium")}>
          {cell(item, wish)}
        </span>
      ))}
    </Link>
  );
});

function aside(item: ListedActivity, wish: Preferences, dated: boolean): string {
  return [
    `${day(item.start_local, wish, dated ? "full" : "short")}, ${clock(item.start_local, wish)}`,
    item.workout_type === null ? null : workoutTypeName(item.workout_type),
    kindName(item.sub_sport),
    item.legs.length > 0 ? t("activities.legs", { count: item.legs.length }) : null,
    item.hidden ? t("activities.hidden_badge") : null,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** How hard it was, on a phone: pace and heart rate; the load stands to the right. */
function effort(item: ListedActivity, wish: Preferences): string {
  return [
    item.avg_speed_mps === null ? null : told("speed", item.avg_speed_mps, wish, item.sport),
    item.avg_hr_bpm === null ? null : told("heart_rate", item.avg_hr_bpm, wish),
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
    <div className={`${ROW} border-b border-line px-3 md:px-4`}>
      <span className="skeleton h-11 w-14 shrink-0" />
      <span className="flex flex-1 flex-col gap-1.5">
        <span className="skeleton h-4 w-2/5" />
        <span className="skeleton h-3 w-1/4" />
      </span>
      <span className="skeleton h-4 w-14" />
    </div>
  );
}
