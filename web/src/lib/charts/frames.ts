import { humanise, sportName } from "@/lib/activity/sports";
import { day, month, wall } from "@/lib/dates";
import { locale } from "@/lib/language";
import type { Preferences } from "@/lib/preferences";
import { known, t } from "@/lib/text";
import { brief, joined, quantityOf, scaleOfUnit } from "@/lib/units";

const MONTH_TICK_S = 25 * 86_400;
const YEAR_TICK_S = 360 * 86_400;

/** What lies along x: days, numbers in a unit, or names. */
export interface FrameAxis {
  scale: "date" | "log" | "linear" | "category";
  unit: string;
  label: string;
  values: (number | string)[];
  /** Each value is the middle of a bin so broad. */
  step?: number;
}

/** One series over the axis; bars of one `stack` stand on each other, `links` are the activities behind the values. */
export interface FrameLine {
  key: string;
  label: string;
  unit: string;
  values: (number | null)[];
  /** What is dashed is planned, not measured; a step holds its value until the next one. */
  style: "line" | "dashed" | "area" | "bar" | "points" | "step";
  axis: "left" | "right";
  decimals: number;
  stack: string | null;
  colour: string | null;
  links: (string | null)[] | null;
  /** Pixels of dashes and of what is between them: lines that are told apart without their colours. */
  dash?: readonly number[];
  /** Whether the line is broad and behind the others, which are seen on it. */
  broad?: boolean;
}

/** A stretch of an axis with a meaning; null is without end. */
export interface FrameBand {
  label: string;
  low: number | null;
  high: number | null;
  colour: string;
  axis: "left" | "right";
}

/** What a chart shows, as the server tells it. */
export interface FrameBody {
  key: string;
  title: string;
  x: FrameAxis;
  lines: FrameLine[];
  bands: FrameBand[];
  notes: string[];
  details: Record<string, unknown>;
}

const LOG_TICKS = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1200, 3600, 7200, 18_000, 36_000, 86_400];

/** Where the values stand on a plot's axis: days as seconds (UTC), names by their number. */
export function positions(axis: FrameAxis): number[] {
  switch (axis.scale) {
    case "date":
      return axis.values.map((value) => wall(String(value)).getTime() / 1000);
    case "category":
      return axis.values.map((_value, at) => at);
    default:
      return axis.values.map(Number);
  }
}

/** What the place at an index of the axis is called. */
export function placeName(axis: FrameAxis, at: number, wish: Preferences, sport?: string): string {
  const value = axis.values[at];
  if (value === undefined) return "";
  const text = String(value);
  switch (axis.scale) {
    case "date":
      return day(text, wish);
    case "log":
    case "linear":
      return axis.unit === "s" ? brief(Number(value)) : numberName(axis, Number(value), wish, sport);
    case "category":
      return bucketName(axis.unit, text, wish);
  }
}

/** A number of an axis with its unit, or the bin whose middle it is: `150–155 bpm`, `5:20–5:30/km`. */
function numberName({ unit, step }: FrameAxis, value: number, wish: Preferences, sport?: string): string {
  const scale = scaleOfUnit(unit, 1, wish, sport);
  if (step === undefined) return joined(quantityOf(scale, value));
  const edges = [value - step / 2, value + step / 2];
  const [low = "", high = ""] = (scale.pace ? edges.reverse() : edges).map((edge) => quantityOf(scale, edge).value);
  return joined({ value: `${low}–${high}`, unit: scale.unit });
}

function bucketName(unit: string, text: string, wish: Preferences): string {
  switch (unit) {
    case "week":
      return t("frame.week_of", { day: day(text, wish, "plain") });
    case "month":
      return month(text.slice(0, 7));
    case "year":
      return text.slice(0, 4);
    case "day":
      // Every year has the place of 29 February.
      return new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone: "UTC" }).format(
        wall(`2000-${text}`),
      );
    case "all":
      return t("frame.whole");
    default:
      return text;
  }
}

/** Days, months or years (s since 1970) by how close the ticks are (`step` s); the first tick of a year names it. */
export function dateTicks(at: readonly number[], step: number): string[] {
  const dates = at.map((second) => new Date(second * 1000));
  const say = (date: Date, options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(date);
  return dates.map((date, i) => {
    if (step >= YEAR_TICK_S) return say(date, { year: "numeric" });
    const before = dates[i - 1]?.getUTCFullYear();
    const months = step >= MONTH_TICK_S;
    const year =
      before === date.getUTCFullYear() || (before === undefined && !months) ? {} : { year: "numeric" as const };
    if (!months) return say(date, { day: "numeric", month: "short", ...year });
    return date.getUTCMonth() === 0 ? say(date, { year: "numeric" }) : say(date, { month: "short", ...year });
  });
}

/** The short names of places as ticks carry them. */
export function tickName(axis: FrameAxis, at: number): string {
  const text = String(axis.values[at] ?? "");
  const say = (options: Intl.DateTimeFormatOptions, date: string): string =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(wall(date));
  switch (axis.unit) {
    case "week":
      return say({ day: "numeric", month: "short" }, text);
    case "month":
      return text.slice(5, 7) === "01" && yearsOf(axis) > 1 ? text.slice(0, 4) : say({ month: "short" }, text);
    case "day":
      return say({ month: "short" }, `2000-${text}`);
    case "year":
      return text.slice(0, 4);
    case "all":
      return "";
    default:
      return text;
  }
}

const yearsOf = ({ values }: FrameAxis): number =>
  Number(String(values.at(-1)).slice(0, 4)) - Number(String(values[0]).slice(0, 4)) + 1;

/**
 * The indices of a category axis that carry a tick, at most `most`: evenly spaced, at starts of years or months if
 * any.
 */
export function tickPlaces(axis: FrameAxis, most: number): number[] {
  const all = axis.values.map((_value, at) => at);
  if (axis.unit === "day") {
    const firsts = all.filter((at) => String(axis.values[at]).endsWith("-01"));
    return firsts.filter((_at, i) => i % Math.ceil(firsts.length / Math.max(1, most)) === 0);
  }
  if (axis.unit === "month" && all.length > most) {
    const years = all.filter((at) => String(axis.values[at]).slice(5, 7) === "01");
    if (years.length > 1) return years.filter((_at, i) => i % Math.ceil(years.length / Math.max(1, most)) === 0);
  }
  const step = Math.max(1, Math.ceil(all.length / Math.max(1, most)));
  // Counted from the end, so that the newest one has its name.
  return all.filter((at) => (all.length - 1 - at) % step === 0);
}

/** Ticks of a logarithmic axis of seconds. */
export function logTicks(low: number, high: number): number[] {
  return LOG_TICKS.filter((tick) => tick >= low && tick <= high);
}

/** Each line's values as they are drawn: in a stack, on top of the shown ones before it. */
export function stacked(lines: FrameLine[], hidden: ReadonlySet<string>): Map<string, (number | null)[]> {
  const drawn = new Map<string, (number | null)[]>();
  const tops = new Map<string, number[]>();
  for (const line of lines) {
    if (hidden.has(line.key)) continue;
    if (line.stack === null) {
      drawn.set(line.key, line.values);
      continue;
    }
    const below = tops.get(line.stack);
    const sums = line.values.map((value, at) => (below?.[at] ?? 0) + (value ?? 0));
    tops.set(line.stack, sums);
    drawn.set(line.key, sums);
  }
  return drawn;
}

/** The place that a chart tells of while nobody points at it: the last one of its first line that has any. */
export function restPlace(lines: FrameLine[]): number {
  for (const line of lines) {
    const last = line.values.findLastIndex((value) => value !== null);
    if (last >= 0) return last;
  }
  return 0;
}

/** Whether there is anything to draw. */
export function isEmpty(frame: FrameBody): boolean {
  return (
    frame.x.values.length === 0 ||
    !frame.lines.some((line) => line.values.some((value) => value !== null && (value !== 0 || line.stack === null)))
  );
}

/** The band in which a value of an axis lies. */
export function bandOf(
  bands: FrameBand[],
  axis: "left" | "right",
  value: number | null | undefined,
): FrameBand | undefined {
  if (value === null || value === undefined) return undefined;
  return bands.find(
    (band) => band.axis === axis && value >= (band.low ?? -Infinity) && value < (band.high ?? Infinity),
  );
}

/** The last value of a line, or null. */
export function newest(frame: FrameBody, key: string): number | null {
  return frame.lines.find((line) => line.key === key)?.values.findLast((value) => value !== null) ?? null;
}

/** What a family of sports is called. */
export function familyName(family: string): string {
  return known("family", family) ?? sportName(family);
}

/** The name of a series: from the catalogue, a family of sports, or the server's label with its days formatted. */
export function lineName(line: { key: string; label: string }, wish: Preferences): string {
  if (/^z\d$/.test(line.key)) return t("zone.number", { number: line.key.slice(1) });
  const name = known("line", line.key) ?? (line.label === line.key ? familyName(line.key) : line.label);
  return name.replace(/\d{4}-\d{2}-\d{2}/g, (date) => day(date, wish, "plain"));
}

/** What a band is called. */
export function bandName(label: string): string {
  return known("band", label.toLowerCase().replaceAll(" ", "_")) ?? humanise(label);
}
