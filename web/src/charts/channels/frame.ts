import type { ChannelLook } from "@/lib/activity/channels";
import { smooth, type Column } from "@/lib/activity/series";

/** A stretch of the activity, in seconds since its start. */
export interface Stretch {
  from: number;
  to: number;
}

/** What charts stand on: an axis and the columns over it, all of one length. */
export interface Frame {
  time: number[];
  /** Metres so far, never falling and without gaps; null where nothing tells them. */
  distance: number[] | null;
  columns: Record<string, Column>;
}

/** What a chart marks behind its line, in seconds since the start. */
export interface Marks {
  laps: number[];
  pauses: { start_s: number; end_s: number }[];
}

const SLOWEST_MPS = 0.3;

/** A column in shown units; a pace slower than a crawl is no pace but a stop. */
export function shown(column: Column, look: ChannelLook, time: number[], seconds: number): (number | null)[] {
  const level = smooth(column, time, seconds);
  const { of, pace } = look.scale;
  return level.map((value) => (value === null || (pace && value < SLOWEST_MPS) ? null : of(value)));
}

/** Fill the gaps of a running total with what it was before, so that it can be an axis. */
export function filled(total: Column | null): number[] | null {
  if (total === null || !total.some((value) => value !== null && value > 0)) return null;
  let last = 0;
  return total.map((value) => (last = Math.max(last, value ?? last)));
}
