/** A column of values, null where nothing was measured. */
export type Column = readonly (number | null)[];

/** From one sample to another, both included. */
export interface Range {
  from: number;
  to: number;
}

/** A gap in the clock at least this long belongs to no sample: the watch was paused or asleep. */
const LONGEST_SAMPLE_S = 10;
const MEDIAN_OF = 1000;
const ASCENT_WINDOW_S = 15;
const ASCENT_STEP_M = 2;

/** The values of channels, by their keys. */
export const columnsOf = (channels: Record<string, { values: Column }>): Partial<Record<string, Column>> =>
  Object.fromEntries(Object.entries(channels).map(([key, { values }]) => [key, values]));

/** The index whose value in a rising column lies nearest to `value`. */
export function nearest(rising: readonly number[], value: number): number {
  let [low, high] = [0, rising.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  const before = Math.max(0, low - 1);
  return value - (rising[before] ?? 0) < (rising[low] ?? 0) - value ? before : low;
}

const longest = new WeakMap<readonly number[], number>();

/** The longest step between samples that is no pause (s): some devices write every second, others once a length. */
function longestStep(time: readonly number[]): number {
  let known = longest.get(time);
  if (known === undefined) {
    const steps = time
      .slice(1, MEDIAN_OF)
      .map((at, i) => at - (time[i] ?? 0))
      .sort((a, b) => a - b);
    known = Math.max(LONGEST_SAMPLE_S, 4 * (steps[(steps.length - 1) >> 1] ?? 0));
    longest.set(time, known);
  }
  return known;
}

/** How long each sample lasts: to the next one, but not across a pause. */
export function weight(time: readonly number[], i: number): number {
  const step = (time[i + 1] ?? time[i] ?? 0) - (time[i] ?? 0);
  return step > longestStep(time) ? 1 : Math.max(0, step);
}

/** Mean (weighted by time), least and greatest of a column within a range; null where nothing was measured. */
export function details(
  column: Column,
  time: readonly number[],
  range: Range,
): { mean: number; min: number; max: number } | null {
  let [sum, total, min, max] = [0, 0, Infinity, -Infinity];
  for (let i = range.from; i <= range.to; i++) {
    const value = column[i];
    if (value === null || value === undefined) continue;
    const share = weight(time, i) || 1e-6;
    sum += value * share;
    total += share;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return total === 0 ? null : { mean: sum / total, min, max };
}

/** A centred running mean over `seconds`; gaps stay gaps and nothing is averaged across a pause. */
export function smooth(column: Column, time: readonly number[], seconds: number): Column {
  if (seconds <= 0) return column;
  const half = seconds / 2;
  const out: (number | null)[] = new Array<number | null>(column.length).fill(null);
  let [from, to, sum, count] = [0, 0, 0, 0];
  for (let i = 0; i < column.length; i++) {
    const now = time[i] ?? 0;
    for (; to < column.length && (time[to] ?? 0) <= now + half; to++) {
      const value = column[to];
      if (value !== null && value !== undefined) [sum, count] = [sum + value, count + 1];
    }
    for (; (time[from] ?? 0) < now - half; from++) {
      const value = column[from];
      if (value !== null && value !== undefined) [sum, count] = [sum - value, count - 1];
    }
    if (column[i] !== null && column[i] !== undefined && count > 0) out[i] = sum / count;
  }
  return out;
}

/** Ascent and descent of a stretch in metres: 15 s mean, then turns of at least 2 m, as the server counts them. */
export function upAndDown(
  altitude: Column,
  time: readonly number[],
  range: Range,
): { up: number; down: number } | null {
  const level = smooth(altitude, time, ASCENT_WINDOW_S);
  let [up, down, low, high, turned] = [0, 0, Infinity, -Infinity, 0];
  let seen = false;
  for (let i = range.from; i <= range.to; i++) {
    const now = level[i];
    if (now === null || now === undefined) continue;
    seen = true;
    if (turned >= 0 && now > high) high = now;
    if (turned <= 0 && now < low) low = now;
    if (turned >= 0 && now <= high - ASCENT_STEP_M) {
      if (turned > 0) up += high - low;
      [turned, low] = [-1, now];
    } else if (turned <= 0 && now >= low + ASCENT_STEP_M) {
      if (turned < 0) down += high - low;
      [turned, high] = [1, now];
    }
  }
  if (!seen) return null;
  if (turned > 0) up += high - low;
  if (turned < 0) down += high - low;
  return { up, down };
}

/** Whether the clock stood still between a sample and the next. */
export function paused(time: readonly number[], i: number): boolean {
  return (time[i + 1] ?? 0) - (time[i] ?? 0) > longestStep(time);
}

const STRIDES_AT_MOST: Record<string, number> = { run: 120, walk: 80 };

/** Cadence on foot in steps a minute: most devices count the strides of one leg, some count steps, none says which. */
export function steps(column: Column, family: string): Column {
  const limit = STRIDES_AT_MOST[family];
  const turning = column.filter((value) => value !== null && value > 0) as number[];
  const typical = turning.sort((a, b) => a - b)[turning.length >> 1];
  return limit === undefined || typical === undefined || typical > limit
    ? column
    : column.map((value) => (value === null ? null : 2 * value));
}
