/** What a map is drawn on, whoever draws it: our own canvas, or MapLibre where a background map is chosen. */
import type { Fit, Point } from "@/lib/geo/mercator";
import type { Box } from "@/lib/geo/box";
import type { Stroke } from "@/lib/geo/track";

/** Everything that can lie on a map, from the ground up; whenever a layer is drawn, this is where it comes to lie. */
export const LAYERS = [
  "tiles",
  "tiles-cluster",
  "tiles-edge",
  "heat",
  "circles",
  "square",
  "chosen",
  "whole",
  "other-4",
  "other-3",
  "other-2",
  "other-1",
  "edge",
  "track",
  "ends",
] as const;

export type LayerId = Exclude<(typeof LAYERS)[number], "heat">;

interface Drawn {
  id: LayerId;
  opacity?: number;
  /** It is drawn from this zoom on. */
  fromZoom?: number;
}

export type Layer = Drawn &
  /** `dash` is how long strokes and what is left out between them are, by turns, in px. */
  (
    | { kind: "lines"; lines: Stroke[]; width: number; dash?: readonly number[] }
    | { kind: "areas"; areas: Stroke[]; edge: number }
    /** Boxes as west, south, east and north by turns: filled, or only their edges. */
    | { kind: "boxes"; boxes: Float64Array; colour: string }
    | { kind: "outlines"; boxes: Float64Array; colour: string; width: number }
    | { kind: "points"; points: Dot[]; radius: number; edge: number; edgeColour: string }
  );

export interface Dot {
  lon: number;
  lat: number;
  colour: string;
}

/** What is below the mouse: the pixel and the place. */
export interface Hover {
  at: Point;
  lon: number;
  lat: number;
}

export interface MapEvents {
  /** What is seen changes, frame by frame. */
  move: [];
  /** What is seen has changed and stays. */
  rest: [];
  /** Everything that was asked for is drawn, for the first time. */
  ready: [];
  /** A place was pressed, or Enter for the one in the middle. */
  press: [lon: number, lat: number];
  escape: [];
  hover: [Hover | null];
  /** The wheel or a finger was left to the page. */
  blocked: ["wheel" | "finger"];
}

export interface MapSurface {
  /** Put a layer where it belongs; what was there before is gone. */
  draw: (layer: Layer) => void;
  /** Lay the heat map's tiles on; null takes them away. Said again, they are fetched again. */
  heat: (address: string | null) => void;
  middle: () => Middle;
  box: () => Box;
  project: (lon: number, lat: number) => Point;
  fit: (box: Box, fit: Fit) => void;
  zoomBy: (steps: number) => void;
  on: <K extends keyof MapEvents>(event: K, listener: (...news: MapEvents[K]) => void) => () => void;
  /** Show that a press takes the place below the mouse. */
  aim: (aiming: boolean) => void;
  close: () => void;
}

/** Where a map looks: a place in the middle, and a zoom at which the world is 512 px × 2^zoom wide. */
export interface Middle {
  lon: number;
  lat: number;
  zoom: number;
}

/** Where a map looks at first: a middle, else a box, else wherever. */
export interface Look {
  box: Box | null;
  middle: Middle | null;
}

export interface SurfaceOptions {
  /** What a screen reader says of it. */
  label: string;
  look: Look;
  fit: Fit;
  /** Whether the wheel and a single finger are left to the page. */
  gentle: boolean;
  imperial: boolean;
}

export const EVERYWHERE: Box = [-10, 35, 30, 60];

export const still = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
