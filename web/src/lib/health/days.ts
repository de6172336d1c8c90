import { shifted, wall } from "@/lib/dates";

const DAY_MS = 86_400_000;
const WEEK = 7;
/** A mean of a week needs so many of its days. */
const LEAST_KNOWN = 3;

/** A value of a day, and which source and device measured it. */
export interface DayValue {
  day: string;
  value: number;
  source: string;
  device: string | null;
}

/** Days in a row that one device measured. */
export interface Era {
  from: string;
  to: string;
  source: string;
  device: string | null;
}

/** How many days `day` is after `from`. */
export const daysAfter = (from: string, day: string): number =>
  Math.round((wall(day).getTime() - wall(from).getTime()) / DAY_MS);

/** Values of days laid out from `from` on, `count` days; null where there is none. */
export function laidOut<T extends { day: string }>(
  items: readonly T[],
  from: string,
  count: number,
  value: (item: T) => number,
): (number | null)[] {
  const values = new Array<number | null>(count).fill(null);
  for (const item of items) {
    const at = daysAfter(from, item.day);
    if (at >= 0 && at < count) values[at] = value(item);
  }
  return values;
}

/** The mean of each day and the six before it, where at least three of them have a value. */
export function weekMean(values: readonly (number | null)[]): (number | null)[] {
  return values.map((_value, at) => {
    const week = values.slice(Math.max(0, at - WEEK + 1), at + 1).filter((value) => value !== null);
    return week.length < LEAST_KNOWN ? null : week.reduce((sum, value) => sum + value, 0) / week.length;
  });
}

/** The stretches that one device measured; each lasts until the next begins, the last one until `to`. */
export function erasOf(days: readonly DayValue[], to: string): Era[] {
  const eras: Era[] = [];
  for (const { day, source, device } of days) {
    const last = eras.at(-1);
    if (last?.source === source && last.device === device) continue;
    if (last) last.to = shifted(day, -1);
    eras.push({ from: day, to, source, device });
  }
  return eras;
}

/** Days as lines of a CSV file, values in SI units. */
export function csvOf(key: string, days: readonly DayValue[]): string {
  const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = days.map(({ day, value, source, device }) =>
    [day, String(value), quoted(source), quoted(device ?? "")].join(","),
  );
  return [`day,${key},source,device`, ...lines, ""].join("\r\n");
}
