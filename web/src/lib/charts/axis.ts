import { shifted } from "@/lib/dates";

/** The places of ticks and their names. */
export interface Tick {
  at: number;
  name: string;
}

/** Round numbers from `low` to `high`, about `count` of them. */
export function roundTicks(low: number, high: number, count: number): number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const ticks: number[] = [];
  for (let at = Math.ceil(low / step - 1e-9) * step; at <= high + step * 1e-9; at += step) ticks.push(clean(at));
  return ticks;
}

/** A number without the traces of binary arithmetic. */
const clean = (value: number): number => Number(value.toPrecision(12));

/** The least and the greatest of what is drawn, with some air, at least `least` apart; null where there is nothing. */
export function rangeOf(values: readonly (number | null)[], least: number): [low: number, high: number] | null {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value === null) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return null;
  const air = Math.max((high - low) * 0.08, (least - (high - low)) / 2);
  const bottom = low - air;
  return [low >= 0 && bottom < 0 ? 0 : bottom, high + air];
}

const HOURS = [1, 2, 3, 4, 6, 12];
const HOUR_MS = 3_600_000;

/** Full hours on the local clock between two instants (UTC ms), at most `count`. */
export function hourTicks(start_ms: number, end_ms: number, offset_ms: number, count: number): number[] {
  const step = (HOURS.find((hours) => (end_ms - start_ms) / (hours * HOUR_MS) <= count) ?? 24) * HOUR_MS;
  const ticks: number[] = [];
  for (let at = Math.ceil((start_ms + offset_ms) / step) * step - offset_ms; at <= end_ms; at += step) ticks.push(at);
  return ticks;
}

const MONTHS = [1, 2, 3, 6, 12, 24];

/** Days to be named between two days, at most `count`: weeks, firsts of months, or firsts of years. */
export function dayTicks(from: string, to: string, count: number): string[] {
  const days = (Date.parse(to) - Date.parse(from)) / (24 * HOUR_MS) + 1;
  for (const step of [1, 2, 7, 14])
    if (days / step <= count)
      return Array.from({ length: Math.ceil(days / step) }, (_, at) => shifted(from, at * step));
  const months = days / 30.4;
  const step = MONTHS.find((size) => months / size <= count) ?? 60;
  const ticks: string[] = [];
  const [year = 0, month = 1] = from.split("-").map(Number);
  for (let at = 12 * year + month - 1; ; at++) {
    const day = `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}-01`;
    if (day > to) return ticks;
    if (day >= from && at % step === 0) ticks.push(day);
  }
}
