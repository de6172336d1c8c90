import type { FrameBody } from "@/lib/charts/frames";
import { shifted, today } from "@/lib/dates";

/** How many days before today the first one of a range lies. */
const [QUARTER, YEAR] = [89, 364];

/** The choices of this page, as the address has them; empty means the default, for days the latest with data. */
export const USUAL = {
  range: "",
  from: "",
  to: "",
  sport: "",
  kind: "time",
  by: "week",
  zones: "heart_rate",
  zonesBy: "week",
  curve: "",
  curveSport: "",
  other: "none",
};
export type Choices = typeof USUAL;

/** The shortest range up to today with anything in it, by a volume of months; a quarter while nothing is known. */
export function usualRange(months: FrameBody | undefined, now: string): "quarter" | "year" | "all" {
  const values = months?.x.values ?? [];
  const newest = values.findLast((_month, at) => months?.lines.some((line) => (line.values[at] ?? 0) > 0));
  if (newest === undefined) return "quarter";
  // Of the month in which a range begins only some days are in it: it may be left to the next longer one.
  const since = (days: number): boolean => String(newest).slice(0, 7) > shifted(now, -days).slice(0, 7);
  return since(QUARTER) ? "quarter" : since(YEAR) ? "year" : "all";
}

/** How many days of the plan ahead a chart of fitness shows: half as many as of the past, a season at most. */
const [LEAST_AHEAD, SEASON] = [45, 126];

export interface Days {
  from?: string;
  to?: string;
}

/** The days a page looks at; open where all of them are meant. */
export function daysOf(
  { range, from, to }: Pick<Choices, "range" | "from" | "to">,
  zone: string | null,
  now = today(zone),
): Days {
  switch (range) {
    case "all":
      return {};
    case "custom":
      return { ...(from && { from }), ...(to && { to }) };
    case "year":
      return { from: shifted(now, -YEAR), to: now };
    default:
      return { from: shifted(now, -QUARTER), to: now };
  }
}

/** The days of a chart that goes on with the plan, where days reach to today. */
export function withAhead({ from, to }: Days, now: string): Days {
  if (to !== undefined && to !== now) return { ...(from && { from }), to };
  const half = from === undefined ? SEASON : Math.round(lengthOf(from, now) / 2);
  return { ...(from && { from }), to: shifted(now, Math.min(SEASON, Math.max(LEAST_AHEAD, half))) };
}

const lengthOf = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;

/** The second stretch of days that a curve is compared with; null where it is compared with nothing. */
export function otherDays(other: string, { from, to }: Days, now: string): Days | null {
  const last = to ?? now;
  switch (other) {
    case "all":
      return { to: now };
    case "before": {
      if (from === undefined) return null;
      const length = lengthOf(from, last);
      return { from: shifted(from, -length), to: shifted(from, -1) };
    }
    case "year":
      return from === undefined ? null : { from: shifted(from, -365), to: shifted(last, -365) };
    default:
      return null;
  }
}
