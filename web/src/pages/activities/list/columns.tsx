import type { ReactNode } from "react";

import type { ListedActivity } from "@/api/types";
import { workoutTypeName } from "@/lib/activity/workouts";
import type { Preferences } from "@/lib/preferences";
import { decimal, duration, NOTHING, quantity, type Measure } from "@/lib/units";
import { t } from "@/pages/activities/text";
import { Told } from "@/ui/values/Measured";

const LONG_M = 50_000;

/** A column of the wide list: its name, what it is sorted by, and its cell. */
export interface Column {
  key: string;
  name: string;
  sort: string | null;
  cell: (item: ListedActivity, wish: Preferences) => ReactNode;
}

const figure =
  (measure: Measure, of: (item: ListedActivity) => number | null, digits?: number) =>
  (item: ListedActivity, wish: Preferences): ReactNode => (
    <Told {...quantity(measure, of(item), wish, item.sport, digits)} />
  );
const plain =
  (of: (item: ListedActivity) => number | null, digits = 0) =>
  (item: ListedActivity): string => {
    const value = of(item);
    return value === null ? NOTHING : decimal(value, digits);
  };

/** The distance; two decimals show a run apart from a track session, on a long ride they are noise. */
export const distance = (item: ListedActivity, wish: Preferences): ReactNode =>
  figure("distance", ({ distance_m }) => distance_m, (item.distance_m ?? 0) >= LONG_M ? 1 : undefined)(item, wish);

export const time = ({ moving_s, elapsed_s }: ListedActivity): string => duration(moving_s ?? elapsed_s);

export const COLUMNS: Column[] = [
  { key: "distance", name: t("column.distance"), sort: "distance", cell: distance },
  { key: "time", name: t("column.time"), sort: "time", cell: time },
  { key: "speed", name: t("column.speed"), sort: "speed", cell: figure("speed", (item) => item.avg_speed_mps) },
  { key: "ascent", name: t("column.ascent"), sort: "ascent", cell: figure("elevation", (item) => item.ascent_m) },
  {
    key: "heart_rate",
    name: t("column.heart_rate"),
    sort: "heart_rate",
    cell: figure("heart_rate", (item) => item.avg_hr_bpm),
  },
  { key: "load", name: t("column.load"), sort: "load", cell: plain((item) => item.load) },
  { key: "power", name: t("column.power"), sort: "power", cell: figure("power", (item) => item.avg_power_w) },
  { key: "rpe", name: t("column.rpe"), sort: "rpe", cell: plain((item) => item.rpe) },
  {
    key: "workout_type",
    name: t("workout.type"),
    sort: "workout_type",
    cell: ({ workout_type }) => (workout_type === null ? NOTHING : workoutTypeName(workout_type)),
  },
  { key: "gear", name: t("column.gear"), sort: "gear", cell: ({ gear }) => gear?.name ?? NOTHING },
  { key: "tags", name: t("tags.title"), sort: null, cell: ({ tags }) => tags.join(", ") || NOTHING },
  {
    key: "max_heart_rate",
    name: t("column.max_heart_rate"),
    sort: "max_heart_rate",
    cell: figure("heart_rate", (item) => item.max_hr_bpm),
  },
  {
    key: "cadence",
    name: t("column.cadence"),
    sort: "cadence",
    cell: figure("cadence", (item) => item.avg_cadence_rpm),
  },
  { key: "descent", name: t("column.descent"), sort: "descent", cell: figure("elevation", (item) => item.descent_m) },
  {
    key: "elapsed",
    name: t("column.elapsed"),
    sort: "elapsed",
    cell: ({ elapsed_s }) => duration(elapsed_s),
  },
  {
    key: "temperature",
    name: t("column.temperature"),
    sort: "temperature",
    cell: figure("temperature", (item) => item.avg_temperature_c),
  },
  {
    key: "calories",
    name: t("column.calories"),
    sort: "calories",
    cell: figure("energy", (item) => item.calories_kcal),
  },
];

const USUAL = ["distance", "time", "speed", "ascent", "heart_rate", "load"];

/** The columns that the account chose, in its order, or the usual ones. */
export function chosenColumns(keys: readonly string[]): Column[] {
  const found = keys.flatMap((key) => COLUMNS.find((column) => column.key === key) ?? []);
  return found.length > 0 ? found : chosenColumns(USUAL);
}

/** How a cell of the column at a place is laid out: on narrower screens only the first ones are shown. */
export function cellClass(at: number): string {
  const shown = at < 3 ? "" : at < 5 ? "max-lg:hidden" : at < 7 ? "max-xl:hidden" : "max-2xl:hidden";
  return `w-22 shrink-0 truncate text-right ${shown}`;
}
