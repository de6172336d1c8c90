import type { Column } from "@/lib/activity/series";
import { quantiles, ramp, type Ground } from "@/lib/charts/colour";
import { bounds, type Track } from "./polyline";

const STEPS = 20;
const MOST_POINTS = 4000;

/** A track to draw: where, when, and (if it is coloured) how much; of one length, as fine as an eye can see. */
export interface Line {
  track: Track;
  time: number[];
  values: Column | null;
  /** The points to which no line leads from the one before. */
  apart?: ReadonlySet<number>;
}

/** Thin a track evenly and leave out the points without a place; no line is drawn across a sample that is `empty`. */
export function lineOf(
  longitude: Column,
  latitude: Column,
  time: number[],
  values: Column | null,
  empty: (i: number) => boolean = () => false,
): Line {
  const step = Math.max(1, Math.ceil(time.length / MOST_POINTS));
  const [places, moments, kept]: [number[], number[], (number | null)[]] = [[], [], []];
  const apart = new Set<number>();
  let cut = false;
  for (let i = 0; i < time.length; i++) {
    cut ||= empty(i);
    const [lon, lat] = [longitude[i], latitude[i]];
    if (i % step > 0 || lon === null || lat === null || lon === undefined || lat === undefined) continue;
    if (cut) apart.add(moments.length);
    cut = false;
    places.push(lon, lat);
    moments.push(time[i] ?? 0);
    kept.push(values?.[i] ?? null);
  }
  return { track: Float64Array.from(places), time: moments, values: values && kept, apart };
}

/** Says of samples whether nothing is known of them: what is hidden lies there, and no line leads across. */
export function emptyIn(columns: Partial<Record<string, Column>>): (i: number) => boolean {
  const known = Object.values(columns);
  return (i) => known.every((column) => (column?.[i] ?? null) === null);
}

/** Where one was by what was recorded, unless fewer than two places are known: no line leads across what is not. */
export function trackOf(
  columns: Partial<Record<string, Column>>,
  time: number[],
  values: Column | null = null,
): Line | null {
  const { latitude, longitude } = columns;
  if (!latitude || !longitude) return null;
  const made = lineOf(longitude, latitude, time, values, emptyIn(columns));
  return made.time.length > 1 ? made : null;
}

/** A line that nobody timed: its places are counted instead. */
export function bareLine(track: Track): Line {
  return { track, time: Array.from({ length: track.length / 2 }, (_, i) => i), values: null };
}

export const place = (track: Track, i: number): [number, number] => [track[2 * i] ?? 0, track[2 * i + 1] ?? 0];

/** The least and greatest value the ramp spans, spikes left out; null where there is nothing to colour by. */
export function reach(values: Column | null): [number, number] | null {
  if (values === null) return null;
  const [low = Number.NaN, high = Number.NaN] = quantiles(values, [0.02, 0.98]);
  return Number.isFinite(low) ? [low, high > low ? high : low + 1] : null;
}

/** A path of one colour. */
export interface Stroke {
  path: Track;
  colour: string;
}

interface Colours {
  plain: string;
  unknown: string;
  ground: Ground;
}

/** The track in pieces of one colour each, within a stretch of time (seconds) if one is given. */
export function pieces(line: Line, colours: Colours, from = -Infinity, to = Infinity): Stroke[] {
  const span = reach(line.values);
  const step = (i: number): number => {
    const value = line.values?.[i];
    if (!span || value === null || value === undefined) return -1;
    return Math.round(Math.min(1, Math.max(0, (value - span[0]) / (span[1] - span[0]))) * STEPS);
  };
  const strokes: Stroke[] = [];
  let [run, now]: [number[], number] = [[], Number.NaN];
  const end = (): void => {
    if (run.length <= 2) return;
    const colour = now >= 0 ? ramp(now / STEPS, colours.ground) : span ? colours.unknown : colours.plain;
    strokes.push({ path: Float64Array.from(run), colour });
  };
  for (let i = 0; i < line.time.length; i++) {
    const at = line.time[i] ?? 0;
    if (at < from || at > to) continue;
    const point = place(line.track, i);
    const next = step(i);
    if (line.apart?.has(i)) {
      end();
      [run, now] = [[], Number.NaN];
    }
    run.push(...point);
    if (next !== now) {
      end();
      [run, now] = [[...point], next];
    }
  }
  end();
  return strokes;
}

/** The box around the part of a line within a stretch of time. */
export function boxOf(line: Line, from = -Infinity, to = Infinity): [number, number, number, number] | null {
  const within: number[] = [];
  line.time.forEach((at, i) => {
    if (at >= from && at <= to) within.push(...place(line.track, i));
  });
  return within.length === 0 ? null : bounds(Float64Array.from(within));
}

/** The index of the point nearest to a place, and how far it is in degrees of latitude. */
export function nearestPoint(track: Track, lon: number, lat: number): { index: number; far: number } {
  const squeeze = Math.cos((lat * Math.PI) / 180);
  let [index, best] = [0, Infinity];
  for (let i = 0; i < track.length / 2; i++) {
    const dx = ((track[2 * i] ?? 0) - lon) * squeeze;
    const dy = (track[2 * i + 1] ?? 0) - lat;
    const far = dx * dx + dy * dy;
    if (far < best) [index, best] = [i, far];
  }
  return { index, far: Math.sqrt(best) };
}
