import type { FrameBody, FrameLine } from "@/lib/charts/frames";
import type { Column } from "./series";

/** Once along a course: when since the start of its activity (s), and what the activity recorded. */
export interface Ran {
  start: number;
  elapsed: number;
  time: readonly number[];
  distance: Column;
  columns: Record<string, Column>;
}

/** Values along a course at evenly spaced places. */
export interface Along {
  seconds: (number | null)[];
  columns: Record<string, (number | null)[]>;
}

const SMOOTH_M = 25;

/**
 * The values of an effort at `places` + 1 points from its start to its end, evenly spaced by distance; null if none.
 */
export function along(ran: Ran, places: number): Along | null {
  const way = wayOf(ran);
  const whole = way.metres.at(-1) ?? 0;
  if (way.metres.length < 2 || whole <= 0) return null;
  const reach = Math.max(whole / places / 2, Math.min(SMOOTH_M, whole / 20));
  const columns: Along["columns"] = {};
  for (const [key, column] of Object.entries(ran.columns)) columns[key] = means(way, column, whole, places, reach);
  return { seconds: moments(way, whole, places, ran.elapsed), columns };
}

interface Way {
  at: number[];
  metres: number[];
  seconds: number[];
}

/** The samples of the effort that went forward, with metres and seconds since it began. */
function wayOf({ start, elapsed, time, distance }: Ran): Way {
  const way: Way = { at: [], metres: [], seconds: [] };
  let first: number | null = null;
  for (let i = 0; i < time.length; i++) {
    const [now, total] = [time[i] ?? 0, distance[i]];
    if (now < start - 0.5 || now > start + elapsed + 0.5 || total === null || total === undefined) continue;
    first ??= total;
    const metres = total - first;
    if (metres < (way.metres.at(-1) ?? 0)) continue;
    way.at.push(i);
    way.metres.push(metres);
    way.seconds.push(now - start);
  }
  return way;
}

/** When each place was reached, between samples in a straight line; the last one at the end of the effort. */
function moments({ metres, seconds }: Way, whole: number, places: number, elapsed: number): (number | null)[] {
  let i = 0;
  return Array.from({ length: places + 1 }, (_, place) => {
    if (place === places) return elapsed;
    const wanted = (whole * place) / places;
    while (i + 1 < metres.length && (metres[i + 1] ?? 0) < wanted) i++;
    const [from, to] = [metres[i] ?? 0, metres[i + 1] ?? 0];
    const share = to > from ? Math.max(0, (wanted - from) / (to - from)) : 0;
    return (seconds[i] ?? 0) + share * ((seconds[i + 1] ?? 0) - (seconds[i] ?? 0));
  });
}

function means({ at, metres }: Way, column: Column, whole: number, places: number, reach: number): (number | null)[] {
  let from = 0;
  return Array.from({ length: places + 1 }, (_, place) => {
    const wanted = (whole * place) / places;
    while (from < metres.length && (metres[from] ?? 0) < wanted - reach) from++;
    let [sum, count] = [0, 0];
    for (let i = from; i < metres.length && (metres[i] ?? 0) <= wanted + reach; i++) {
      const value = column[at[i] ?? 0];
      if (value !== null && value !== undefined) [sum, count] = [sum + value, count + 1];
    }
    return count === 0 ? null : sum / count;
  });
}

/** How far (s) the other effort is behind the first at each place; below zero it is ahead. */
export function gap(first: Along, other: Along): (number | null)[] {
  return first.seconds.map((seconds, i) => {
    const behind = other.seconds[i];
    return seconds === null || behind === null || behind === undefined ? null : behind - seconds;
  });
}

/** A series of a frame that is made here. */
export function line(
  key: string,
  label: string,
  unit: string,
  values: (number | null)[],
  rest: Partial<FrameLine> = {},
): FrameLine {
  return {
    key,
    label,
    unit,
    values,
    style: "line",
    axis: "left",
    decimals: 0,
    stack: null,
    colour: null,
    links: null,
    ...rest,
  };
}

/** A frame that is made here. */
export function frameOf(key: string, title: string, x: FrameBody["x"], lines: FrameLine[]): FrameBody {
  return { key, title, x, lines, bands: [], notes: [], details: {} };
}

/** Times over days as points that lead to their activities, and the best so far. */
export function trend(
  title: string,
  efforts: readonly { day: string; seconds: number | null; activity: string; counts: boolean }[],
  names: { time: string; best: string },
): FrameBody {
  const done = efforts.filter(({ seconds }) => seconds !== null).sort((a, b) => a.day.localeCompare(b.day));
  let best = Infinity;
  const record = done.map(({ seconds, counts }) => {
    if (counts) best = Math.min(best, seconds ?? Infinity);
    return Number.isFinite(best) ? best : null;
  });
  const x = { scale: "date" as const, unit: "", label: "", values: done.map(({ day }) => day) };
  return frameOf("trend", title, x, [
    line(
      "time",
      names.time,
      "time",
      done.map(({ seconds }) => seconds),
      { style: "points", links: done.map(({ activity }) => activity) },
    ),
    line("record", names.best, "time", record, { style: "step", colour: "quiet" }),
  ]);
}
