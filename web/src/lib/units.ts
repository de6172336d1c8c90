import { sportLook } from "@/lib/activity/sports";
import { locale } from "@/lib/language";
import type { Preferences } from "./preferences";

/** A measured kind of thing; numbers of it are SI until they are shown. */
export type Measure =
  | "distance"
  | "length"
  | "elevation"
  | "speed"
  | "temperature"
  | "weight"
  | "power"
  | "heart_rate"
  | "cadence"
  | "energy"
  | "percent"
  | "plain";

/** How numbers of a measure are shown: `of` turns SI into the unit; a pace is seconds per unit, lower is faster. */
export interface Scale {
  unit: string;
  digits: number;
  pace: boolean;
  of: (si: number) => number;
  format: (shown: number) => string;
  /** Whether `format` says the unit too. */
  spelled?: boolean;
}

export interface Quantity {
  value: string;
  unit: string;
}

export const NOTHING = "–";
const KM = 1000;
const MILE = 1609.344;
const FOOT = 0.3048;
const YARD = 0.9144;
const POUND = 0.45359237;

const numbers = new Map<string, Intl.NumberFormat>();

/** Format a number in the manner of the language with a fixed number of decimals. */
export function decimal(value: number, digits = 0): string {
  const key = String(digits);
  let format = numbers.get(key);
  if (!format) {
    // A trace below zero is no less than nothing: "negative" tells it without a sign.
    format = new Intl.NumberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      signDisplay: "negative",
    });
    numbers.set(key, format);
  }
  return format.format(value);
}

/** Tell seconds as `1:02:03` or `4:05`. */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return NOTHING;
  if (seconds <= -0.5) return `-${duration(-seconds)}`;
  const total = Math.round(seconds);
  const [h, m, s] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
  const two = (n: number): string => String(n).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Tell a sum of seconds in hours and minutes: `12 h 05 min`. */
export function span(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  return h > 0 ? `${decimal(h)} h ${String(m).padStart(2, "0")} min` : `${m} min`;
}

/** Tell a number of bytes: `4.2 MB`. */
export function bytes(count: number): string {
  const names = ["B", "kB", "MB", "GB", "TB"];
  let [value, step] = [count, 0];
  while (value >= 1000 && step < names.length - 1) {
    value /= 1000;
    step++;
  }
  return `${decimal(value, step === 0 || value >= 100 ? 0 : 1)} ${names[step] ?? ""}`;
}

function linear(unit: string, factor: number, digits: number, offset = 0): Scale {
  return { unit, digits, pace: false, of: (si) => si * factor + offset, format: (shown) => decimal(shown, digits) };
}

function pace(unit: string, metres: number): Scale {
  return { unit, digits: 0, pace: true, of: (mps) => metres / mps, format: duration };
}

function speed(imperial: boolean, sport: string): Scale {
  switch (sportLook(sport).pace) {
    case "pace":
      return imperial ? pace("/mi", MILE) : pace("/km", KM);
    case "swim":
      return imperial ? pace("/100 yd", 100 * YARD) : pace("/100 m", 100);
    case "row":
      return pace("/500 m", 500);
    case "speed":
      return imperial ? linear("mph", 3600 / MILE, 1) : linear("km/h", 3.6, 1);
  }
}

/** The scale on which a measure is shown to this athlete, for this sport. */
export function scaleOf(measure: Measure, wish: Preferences, sport = "generic"): Scale {
  const imperial = wish.units === "imperial";
  switch (measure) {
    case "distance":
      if (sportLook(sport).pace === "swim") return imperial ? linear("yd", 1 / YARD, 0) : linear("m", 1, 0);
      return imperial ? linear("mi", 1 / MILE, 2) : linear("km", 1 / KM, 2);
    case "length":
      return imperial ? linear("yd", 1 / YARD, 0) : linear("m", 1, 0);
    case "elevation":
      return imperial ? linear("ft", 1 / FOOT, 0) : linear("m", 1, 0);
    case "speed":
      return speed(imperial, sport);
    case "temperature":
      return imperial ? linear("°F", 1.8, 0, 32) : linear("°C", 1, 0);
    case "weight":
      return imperial ? linear("lb", 1 / POUND, 1) : linear("kg", 1, 1);
    case "power":
      return linear("W", 1, 0);
    case "heart_rate":
      return linear("bpm", 1, 0);
    case "cadence":
      return cadence(sport);
    case "energy":
      return linear("kcal", 1, 0);
    case "percent":
      return linear("%", 1, 0);
    case "plain":
      return linear("", 1, 1);
  }
}

/** Steps or strokes a minute where there are no pedals. */
function cadence(sport: string): Scale {
  return linear(sportLook(sport).pace === "speed" ? "rpm" : "spm", 1, 0);
}

/** Tell an SI number as value and unit, or as nothing where it was not measured. */
export function quantity(
  measure: Measure,
  si: number | null | undefined,
  wish: Preferences,
  sport?: string,
  digits?: number,
): Quantity {
  const scale = scaleOf(measure, wish, sport);
  if (si === null || si === undefined || !Number.isFinite(si) || (scale.pace && si <= 0)) {
    return { value: NOTHING, unit: "" };
  }
  const shown = scale.of(si);
  return { value: digits === undefined ? scale.format(shown) : decimal(shown, digits), unit: scale.unit };
}

/** The same as one string: `42.2 km`. */
export function told(
  measure: Measure,
  si: number | null | undefined,
  wish: Preferences,
  sport?: string,
  digits?: number,
): string {
  return joined(quantity(measure, si, wish, sport, digits));
}

/** A value and its unit as one string. */
export function joined({ value, unit }: Quantity): string {
  return unit === "" ? value : unit.startsWith("/") || unit === "%" ? `${value}${unit}` : `${value} ${unit}`;
}

/** Units of the server that are a measure's. */
const MEASURE_OF: Record<string, Measure> = {
  m_up: "elevation",
  "m/s": "speed",
  W: "power",
  bpm: "heart_rate",
  "1/min": "cadence",
  kcal: "energy",
  kg: "weight",
};
const IMPERIAL: Record<string, [unit: string, factor: number]> = {
  "m/h": ["ft/h", 1 / FOOT],
  "m/km": ["ft/mi", MILE / KM / FOOT],
  "m/min/bpm": ["yd/min/bpm", 1 / YARD],
  m: ["ft", 1 / FOOT],
};

/**
 * The scale for a number in a unit of the server: `s` is a sum of hours, `time` one time, `gap` a time difference,
 * `m` a distance or, with decimals, a step.
 */
export function scaleOfUnit(unit: string, decimals: number, wish: Preferences, sport = "generic"): Scale {
  const imperial = wish.units === "imperial";
  const measure = unit === "m" && decimals === 0 ? "distance" : MEASURE_OF[unit];
  if (measure !== undefined) return scaleOf(measure, wish, sport);
  if (unit === "s")
    return { unit: "h", digits: 1, pace: false, spelled: true, of: (s) => s / 3600, format: (h) => span(h * 3600) };
  if (unit === "time") return { unit: "", digits: 0, pace: true, of: (s) => s, format: duration };
  if (unit === "gap") return linear("s", 1, decimals);
  if (unit === "s/km") return { ...pace(imperial ? "/mi" : "/km", 1), of: (s) => (imperial ? (s * MILE) / KM : s) };
  if (unit === "s/100m") return { ...pace(imperial ? "/100 yd" : "/100 m", 1), of: (s) => (imperial ? s * YARD : s) };
  if (unit === "J") return linear("kJ", 0.001, 1);
  const [name, factor] = (imperial ? IMPERIAL[unit] : undefined) ?? [unit, 1];
  return linear(name, factor, decimals);
}

/** A number in a unit of the server, as value and unit. */
export function quantityOf(scale: Scale, value: number | null | undefined): Quantity {
  if (value === null || value === undefined || !Number.isFinite(value) || (scale.pace && value <= 0))
    return { value: NOTHING, unit: "" };
  return { value: scale.format(scale.of(value)), unit: scale.spelled ? "" : scale.unit };
}

/** Tell a length of time in its largest unit, as axes and names of durations do: `5 s`, `20 min`, `1.5 h`. */
export function brief(seconds: number): string {
  if (seconds < 60) return `${decimal(seconds)} s`;
  const [value, unit] = seconds < 3600 ? [seconds / 60, "min"] : [seconds / 3600, "h"];
  return `${decimal(value, Number.isInteger(value) ? 0 : 1)} ${unit}`;
}
