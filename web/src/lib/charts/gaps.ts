import { shifted, wall } from "@/lib/dates";
import type { Plain } from "@/lib/text";

const DAY_MS = 86_400_000;

/** What there is of a kind on a day. */
export type Gap = "have" | "nothing" | "wanted" | "failed" | "gone" | "unknown";

/** The server's letters for them. */
const LETTERS: Record<string, Gap> = { h: "have", n: "nothing", w: "wanted", f: "failed", g: "gone" };

/** In the order of the legend. */
export const GAPS = ["have", "wanted", "failed", "gone", "nothing", "unknown"] as const satisfies Gap[];

export const GAP_NAMES: Record<Gap, Plain> = {
  have: "gaps.have",
  nothing: "gaps.nothing",
  wanted: "gaps.wanted",
  failed: "gaps.failed",
  gone: "gaps.gone",
  unknown: "gaps.unknown",
};

/** The mark of a day beside its colour, as shares of the row's height from its top: readable without colour vision. */
export const GAP_SHAPES: Record<Gap, [from: number, to: number]> = {
  have: [0, 1],
  wanted: [0.5, 1],
  failed: [0, 1],
  gone: [0.75, 1],
  nothing: [0.4, 0.6],
  unknown: [0, 0],
};

/** One kind and its days, a letter for each. */
export interface GapRow {
  kind: string;
  title: string;
  states: string;
}

export function gapAt(row: GapRow | undefined, day: number): Gap {
  return LETTERS[row?.states[day] ?? ""] ?? "unknown";
}

/** How many days from `from` to `to`, both among them. */
export function daysFrom(from: string, to: string): number {
  return Math.round((wall(to).getTime() - wall(from).getTime()) / DAY_MS) + 1;
}

/** Days alike in a row, as one line of a table. */
export interface Run {
  title: string;
  from: string;
  to: string;
  days: number;
  gap: Gap;
}

/** The runs of days alike of every kind; days that nobody looked at are left out. */
export function runsOf(rows: readonly GapRow[], from: string): Run[] {
  return rows.flatMap((row) => {
    const runs: Run[] = [];
    for (let day = 0, start = 0; day < row.states.length; day++) {
      if (gapAt(row, day + 1) === gapAt(row, start) && day + 1 < row.states.length) continue;
      const gap = gapAt(row, start);
      if (gap !== "unknown")
        runs.push({ title: row.title, from: shifted(from, start), to: shifted(from, day), days: day - start + 1, gap });
      start = day + 1;
    }
    return runs;
  });
}

/** Where the months of `days` days from `from` begin. */
export function monthsOf(from: string, days: number): { day: number; date: string }[] {
  const months = [];
  for (let day = 0; day < days; day++) {
    const date = shifted(from, day);
    if (day === 0 || date.endsWith("-01")) months.push({ day, date });
  }
  return months;
}

/** The years from one day to another, the newest first. */
export function yearsOf(first: string, last: string): number[] {
  const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
  return Array.from({ length: Math.max(1, to - from + 1) }, (_, i) => to - i);
}

/** Some days of a kind, as they were pointed at; `since` may be after `until`. */
export interface Stretch {
  row: number;
  since: number;
  until: number;
}

export const inOrder = ({ row, since, until }: Stretch): Stretch => ({
  row,
  since: Math.min(since, until),
  until: Math.max(since, until),
});
