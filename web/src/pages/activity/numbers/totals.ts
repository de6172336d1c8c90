import type { Tagged } from "@/api/activities/activities";
import { sportLook } from "@/lib/activity/sports";
import type { Preferences } from "@/lib/preferences";
import { duration, NOTHING, quantity, type Measure, type Quantity } from "@/lib/units";
import { t, type Plain } from "@/pages/activity/text";

type Field = keyof Pick<
  Tagged,
  | "distance_m"
  | "moving_s"
  | "elapsed_s"
  | "avg_speed_mps"
  | "max_speed_mps"
  | "ascent_m"
  | "descent_m"
  | "avg_hr_bpm"
  | "max_hr_bpm"
  | "avg_power_w"
  | "max_power_w"
  | "avg_cadence_rpm"
  | "calories_kcal"
>;

/** A number at the top of the page: where it stands in the activity, and what the device calls its own. */
export interface Total {
  field: Field;
  label: Plain;
  measure: Measure | "duration";
  device: string[];
  /** Shown even where it is not known, so that one can ask why. */
  always?: boolean;
  /** Stands small below: the most, or the other way. */
  second?: Total;
}

const total = (
  field: Field,
  label: Plain,
  measure: Total["measure"],
  device: string[],
  rest: Partial<Total> = {},
): Total => ({
  field,
  label,
  measure,
  device,
  ...rest,
});

const EXPECTED = new Set<Field>(["distance_m", "ascent_m", "avg_hr_bpm"]);

const TOTALS: Total[] = [
  total("distance_m", "total.distance", "distance", ["total_distance_m"]),
  total("moving_s", "total.moving", "duration", ["total_moving_time_s", "moving_s"], {
    always: true,
    second: total("elapsed_s", "total.elapsed", "duration", ["total_elapsed_time_s", "elapsed_s"]),
  }),
  total("avg_speed_mps", "total.speed", "speed", ["enhanced_avg_speed_mps", "avg_speed_mps"], {
    second: total("max_speed_mps", "total.max_speed", "speed", ["enhanced_max_speed_mps", "max_speed_mps"]),
  }),
  total("ascent_m", "total.ascent", "elevation", ["total_ascent_m"], {
    second: total("descent_m", "total.descent", "elevation", ["total_descent_m"]),
  }),
  total("avg_hr_bpm", "total.heart_rate", "heart_rate", ["avg_heart_rate_bpm", "avg_hr_bpm"], {
    second: total("max_hr_bpm", "total.max_heart_rate", "heart_rate", ["max_heart_rate_bpm", "max_hr_bpm"]),
  }),
  total("avg_power_w", "total.power", "power", ["avg_power_w"], {
    second: total("max_power_w", "total.max_power", "power", ["max_power_w"]),
  }),
  total("avg_cadence_rpm", "total.cadence", "cadence", ["avg_cadence_rpm", "avg_running_cadence_rpm"]),
  total("calories_kcal", "total.energy", "energy", ["total_calories_kcal", "calories_kcal"]),
];

/** The numbers worth showing of an activity: those it has, and those one would miss where there is a track. */
export function totalsOf(activity: Tagged): Total[] {
  return TOTALS.filter(
    ({ field, always }) =>
      always === true || activity[field] !== null || (activity.track !== null && EXPECTED.has(field)),
  );
}

export function nameOf(total: Total, sport: string): string {
  return total.field === "avg_speed_mps" && sportLook(sport).pace !== "speed" ? t("total.pace") : t(total.label);
}

export function show(total: Total, value: number | null | undefined, wish: Preferences, sport: string): Quantity {
  if (total.measure !== "duration") return quantity(total.measure, value, wish, sport);
  return { value: value === null || value === undefined ? NOTHING : duration(value), unit: "" };
}

/** The small line below a number: `max 182`, `elapsed 2:34:29`. */
export function aside({ second }: Total, activity: Tagged, wish: Preferences): string | null {
  if (!second || activity[second.field] === null) return null;
  const { value, unit } = show(second, activity[second.field], wish, activity.sport);
  const text = unit.startsWith("/") ? `${value}${unit}` : `${value} ${unit}`.trim();
  switch (second.field) {
    case "elapsed_s":
      return t("total.elapsed_short", { value: text });
    case "descent_m":
      return t("total.descent_short", { value: text });
    default:
      return t("total.max", { value: text });
  }
}

/** What the device itself says of a number; null where it does not say. */
export function deviceSays(total: Total, activity: Tagged): number | null {
  for (const key of total.device) {
    const value = activity.device[key];
    if (typeof value === "number") return value;
  }
  return null;
}
