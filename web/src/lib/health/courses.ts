/** Stretches of a course that hang together. */
export type Piece = { at: number; value: number }[];

/** A gap is so many usual steps long. */
const GAP_STEPS = 3.5;
/** A value is read off within so many usual steps. */
const NEAR_STEPS = 1.5;

/** What a device measured at instants (ms UTC, rising). */
export interface Course {
  time_ms: readonly number[];
  values: readonly (number | null)[];
}

/** The usual step between instants, ms. */
export function stepOf(time_ms: readonly number[]): number {
  const steps = time_ms
    .slice(1)
    .map((at, i) => at - (time_ms[i] ?? at))
    .sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? 0;
}

/** The course in pieces, cut where nothing was measured. */
export function piecesOf({ time_ms, values }: Course): Piece[] {
  const longest = stepOf(time_ms) * GAP_STEPS;
  const pieces: Piece[] = [];
  let last = -Infinity;
  time_ms.forEach((at, i) => {
    const value = values[i];
    if (value === null || value === undefined) return;
    if (at - last > longest || pieces.length === 0) pieces.push([]);
    pieces.at(-1)?.push({ at, value });
    last = at;
  });
  return pieces;
}

/** The value nearest to an instant, about a usual step away; null where there is none. */
export function valueNear({ time_ms, values }: Course, at_ms: number): number | null {
  let [low, high] = [0, time_ms.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((time_ms[middle] ?? 0) < at_ms) low = middle + 1;
    else high = middle;
  }
  const near = [low - 1, low]
    .filter((i) => i >= 0 && i < time_ms.length)
    .sort((a, b) => Math.abs((time_ms[a] ?? 0) - at_ms) - Math.abs((time_ms[b] ?? 0) - at_ms))[0];
  if (near === undefined || Math.abs((time_ms[near] ?? 0) - at_ms) > stepOf(time_ms) * NEAR_STEPS) return null;
  return values[near] ?? null;
}
