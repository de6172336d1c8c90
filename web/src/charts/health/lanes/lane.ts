import type { Course } from "@/lib/health/courses";
import type { Scale } from "@/lib/units";

/** How a course is drawn. */
export type LaneShape = "line" | "area" | "bars" | "dots";

/** A course through a day or a night, in a lane of its own. */
export interface Lane {
  key: string;
  name: string;
  scale: Scale;
  course: Course;
  shape: LaneShape;
  /** A CSS colour. */
  tone: string;
  /** The ends of its axis, in SI; by default what was measured. */
  ends?: [low: number, high: number];
}

/** What happened for a while, as a block over the lanes; `to` is where it leads. */
export interface Block {
  key: string;
  name: string;
  start_ms: number;
  end_ms: number;
  to: string | null;
}

/** From when to when lanes reach, ms UTC, and how far the local clock is ahead of UTC, s. */
export interface Window {
  start_ms: number;
  end_ms: number;
  offset_s: number;
}

/** Room for names of rows and ticks beside the lanes, px. */
export const GUTTER = 46;
/** About how many ticks a lane has. */
export const TICKS = 4;
