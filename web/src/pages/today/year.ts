import { shifted } from "@/lib/dates";

export const WEEK = 7;
const MONTH = 28;
/** So many days are as wide as the name of a month. */
const NAME_DAYS = 14;
/** How far keys move, in days. */
export const STEPS: Readonly<Record<string, number | undefined>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  ArrowLeft: -WEEK,
  ArrowRight: WEEK,
  PageUp: -MONTH,
  PageDown: MONTH,
};

/** Where a day stands: a column for each week, which begins at the top. */
export function cellOf(day: number): { column: number; row: number } {
  return { column: Math.floor(day / WEEK), row: day % WEEK };
}

/** The day at a place in cells, of so many days; null beside them. */
export function dayAt(column: number, row: number, days: number): number | null {
  if (column < 0 || row < 0 || row >= WEEK) return null;
  const day = Math.floor(column) * WEEK + Math.floor(row);
  return day < days ? day : null;
}

/** How dark a day is, from 0 for none to 4, by the loads where the shades begin. */
export function shadeOf(load: number, levels: readonly number[]): number {
  return load <= 0 ? 0 : Math.max(1, levels.filter((level) => load >= level).length);
}

/** The weeks in which months begin, each with its first day, where there is room for its name. */
export function monthsOf(first: string, days: number): { week: number; day: string }[] {
  const found: { week: number; day: string }[] = [];
  for (let at = 0; at < days; at++) {
    const day = shifted(first, at);
    if (day.endsWith("-01") && at + NAME_DAYS <= days) found.push({ week: Math.floor(at / WEEK), day });
  }
  return found;
}
