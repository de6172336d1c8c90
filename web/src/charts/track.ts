import type { Feature, FeatureCollection, LineString, Position } from "geojson";

import { quantiles, ramp, type Ground } from "@/lib/colour";
import type { Column } from "@/lib/series";
import { bounds, type Track } from "@/lib/polyline";

const STEPS = 20;
const MOST_POINTS = 4000;
const EARTH_M = 6_371_008.8;
const GRID_M = [100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000];

/** A track to draw: where, when, and (if it is coloured) how much; of one length, thinned to what an eye can tell apart. */
export interface Line {
  track: Track;
  time: number[];
  values: Column | null;
}

/** Thin a track evenly and leave out the points without a place. */
export function lineOf(longitude: Column, latitude: Column, time: number[], values: Column | null): Line {
  const step = Math.max(1, Math.ceil(time.length / MOST_POINTS));
  const [places, moments, kept]: [number[], number[], (number | null)[]] = [[], [], []];
  for (let i = 0; i < time.length; i += step) {
    const [lon, lat] = [longitude[i], latitude[i]];
    if (lon === null || lat === null || lon === undefined || lat === undefined) continue;
    places.push(lon, lat);
    moments.push(time[i] ?? 0);
    kept.push(values?.[i] ?? null);
  }
  return { track: Float64Array.from(places), time: moments, values: values && kept };
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

/** The track in pieces of one colour each (property `c`), within a stretch of time (seconds) if one is given. */
export function pieces(line: Line, colours: { plain: string; unknown: string; ground: Ground }, from = -Infinity, to = Infinity): FeatureCollection<LineString> {
  const span = reach(line.values);
  const step = (i: number): number => {
    const value = line.values?.[i];
    if (!span || value === null || value === undefined) return -1;
    return Math.round(Math.min(1, Math.max(0, (value - span[0]) / (span[1] - span[0]))) * STEPS);
  };
  const features: Feature<LineString>[] = [];
  let [run, now]: [Position[], number] = [[], Number.NaN];
  const end = (): void => {
    if (run.length > 1) {
      const c = now >= 0 ? ramp(now / STEPS, colours.ground) : span ? colours.unknown : colours.plain;
      features.push({ type: "Feature", properties: { c }, geometry: { type: "LineString", coordinates: run } });
    }
  };
  for (let i = 0; i < line.time.length; i++) {
    const at = line.time[i] ?? 0;
    if (at < from || at > to) continue;
    const point = place(line.track, i);
    const next = step(i);
    run.push(point);
    if (next !== now) {
      end();
      [run, now] = [[point], next];
    }
  }
  end();
  return { type: "FeatureCollection", features };
}

/** The box around the part of a line within a stretch of time. */
export function boxOf(line: Line, from = -Infinity, to = Infinity): [number, number, number, number] | null {
  const within: number[] = [];
  line.time.forEach((at, i) => { if (at >= from && at <= to) within.push(...place(line.track, i)); });
  return within.length === 0 ? null : bounds(Float64Array.from(within));
}

/** A square grid around a box, for a sense of size where there is no map: its lines, and the side of a square in metres. */
export function gridOf(box: [number, number, number, number]): { lines: FeatureCollection<LineString>; side: number } {
  const [west, south, east, north] = box;
  const squeeze = Math.max(0.05, Math.cos((((south + north) / 2) * Math.PI) / 180));
  const degree = (EARTH_M * Math.PI) / 180;
  const size = Math.max((north - south) * degree, (east - west) * degree * squeeze, 200);
  const side = GRID_M.find((metres) => size / metres <= 8) ?? 1_000_000;
  const [dy, dx] = [side / degree, side / degree / squeeze];
  const features: Feature<LineString>[] = [];
  const add = (coordinates: Position[]): void => {
    features.push({ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates } });
  };
  const [cx, cy] = [(west + east) / 2, (south + north) / 2];
  const reachOut = 24;
  for (let k = -reachOut; k <= reachOut; k++) {
    add([[cx + k * dx, cy - reachOut * dy], [cx + k * dx, cy + reachOut * dy]]);
    add([[cx - reachOut * dx, cy + k * dy], [cx + reachOut * dx, cy + k * dy]]);
  }
  return { lines: { type: "FeatureCollection", features }, side };
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
