import type { Column } from "@/lib/activity/series";

/** What one of two recordings measured, and by how many seconds it began after the one that began first. */
export interface Recorded {
  after: number;
  time: readonly number[];
  columns: Record<string, Column>;
}

/** Two recordings over one time axis: seconds since the first of them began. */
export interface Together {
  seconds: number[];
  first: Record<string, (number | null)[]>;
  second: Record<string, (number | null)[]>;
}

const PLACES = 400;
/** Devices that write only now and then are seen as lines; what was silent for longer was not there. */
const LONGEST_GAP_S = 60;

/** What of the wanted channels both measured, the first ones first; where no channel is in both, what either has. */
export function common(first: Recorded, second: Recorded, wanted: readonly string[]): string[] {
  const has = ({ columns }: Recorded, key: string): boolean => columns[key]?.some((value) => value !== null) ?? false;
  const both = wanted.filter((key) => has(first, key) && has(second, key));
  return both.length > 0 ? both : wanted.filter((key) => has(first, key) || has(second, key));
}

/** Lay two recordings over each other by the clock: means over evenly spaced stretches of time. */
export function laidOver(first: Recorded, second: Recorded): Together {
  const end = Math.max(...[first, second].map(({ after, time }) => after + (time.at(-1) ?? 0)));
  const step = Math.max(1, end / PLACES);
  const seconds = Array.from({ length: Math.floor(end / step) + 1 }, (_, at) => at * step);
  const means = ({ after, time, columns }: Recorded) =>
    Object.fromEntries(
      Object.entries(columns).map(([key, column]) => [key, meansOf(column, time, after, seconds.length, step)]),
    );
  return { seconds, first: means(first), second: means(second) };
}

function meansOf(
  column: Column,
  time: readonly number[],
  after: number,
  places: number,
  step: number,
): (number | null)[] {
  const [sums, counts] = [new Array<number>(places).fill(0), new Array<number>(places).fill(0)];
  time.forEach((at, i) => {
    const value = column[i];
    const place = Math.round((at + after) / step);
    if (value === null || value === undefined || place < 0 || place >= places) return;
    sums[place] = (sums[place] ?? 0) + value;
    counts[place] = (counts[place] ?? 0) + 1;
  });
  return bridged(
    sums.map((sum, place) => (counts[place] ? sum / counts[place] : null)),
    Math.floor(LONGEST_GAP_S / step),
  );
}

/** Values with straight lines over at most `longest` unknown places in a row. */
function bridged(values: (number | null)[], longest: number): (number | null)[] {
  const whole = [...values];
  let last = -1;
  values.forEach((value, at) => {
    if (value === null) return;
    const from = values[last];
    if (from !== null && from !== undefined && at - last - 1 <= longest) {
      for (let i = last + 1; i < at; i++) whole[i] = from + ((value - from) * (i - last)) / (at - last);
    }
    last = at;
  });
  return whole;
}
