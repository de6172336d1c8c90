import { worldSize, worldX, worldY, type Camera, type Size } from "./mercator";
import type { Track } from "./polyline";

/** What takes a path: a canvas, or a test. */
export interface Pen {
  moveTo: (x: number, y: number) => void;
  lineTo: (x: number, y: number) => void;
}

/** The part of the world's square that is on the screen: its corner, and how many pixels the whole is wide. */
export interface Window extends Size {
  left: number;
  top: number;
  scale: number;
}

/** Points nearer to each other than this are one to the eye. */
const FINE_PX = 0.6;
/** Lines are drawn a little beyond what is seen, for their width and their caps. */
const MARGIN_PX = 16;

export function windowOf({ x, y, zoom }: Camera, size: Size): Window {
  const scale = worldSize(zoom);
  return { ...size, scale, left: x - size.width / 2 / scale, top: y - size.height / 2 / scale };
}

/** A track in the square of the world, x and y by turns. */
export function worldPath(track: ArrayLike<number>): Track {
  const path = new Float64Array(track.length);
  for (let i = 0; i + 1 < track.length; i += 2) {
    path[i] = worldX(track[i] ?? 0);
    path[i + 1] = worldY(track[i + 1] ?? 0);
  }
  return path;
}

/** Of the worlds side by side, those in which something from `from` to `to` (across) is seen, as whole steps. */
export function worldsSeen({ left, width, scale }: Window, from: number, to: number): number[] {
  const margin = MARGIN_PX / scale;
  const first = Math.ceil(left - margin - to);
  const last = Math.floor(left + width / scale + margin - from);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}

/** Trace what is seen of a path, in the world `world` steps aside; what no eye can tell apart is left out. */
export function traceLine(pen: Pen, path: Track, window: Window, world = 0): void {
  const { scale, width, height } = window;
  const left = window.left - world;
  const [least, right, bottom] = [-MARGIN_PX, width + MARGIN_PX, height + MARGIN_PX];
  let [px, py] = [((path[0] ?? 0) - left) * scale, ((path[1] ?? 0) - window.top) * scale];
  // Where the pen stands; it stands nowhere before anything is seen.
  let [penX, penY] = [Number.NaN, Number.NaN];
  for (let i = 2; i + 1 < path.length; i += 2) {
    const x = ((path[i] ?? 0) - left) * scale;
    const y = ((path[i + 1] ?? 0) - window.top) * scale;
    if (Math.abs(x - px) < FINE_PX && Math.abs(y - py) < FINE_PX && i + 3 < path.length) continue;
    const aside = Math.max(px, x) < least || Math.min(px, x) > right;
    const beside = Math.max(py, y) < least || Math.min(py, y) > bottom;
    const part = aside || beside ? null : clipped([px, py, x, y], least, right, bottom);
    if (part) {
      const [fromX, fromY, toX, toY] = part;
      if (fromX !== penX || fromY !== penY) pen.moveTo(fromX, fromY);
      pen.lineTo(toX, toY);
      [penX, penY] = [toX, toY];
    }
    [px, py] = [x, y];
  }
}

type Stretch = [fromX: number, fromY: number, toX: number, toY: number];

/** The part of a straight line within a box that begins at `least` both ways; null where there is none.
 *
 * Liang and Barsky's: each edge of the box lets through a share of the line, from one point of it to another.
 */
function clipped(whole: Stretch, least: number, right: number, bottom: number): Stretch | null {
  const [x0, y0, x1, y1] = whole;
  const inside = (x: number, y: number): boolean => x >= least && x <= right && y >= least && y <= bottom;
  if (inside(x0, y0) && inside(x1, y1)) return whole;
  const [dx, dy] = [x1 - x0, y1 - y0];
  let [from, to] = [0, 1];
  for (const [along, room] of [
    [-dx, x0 - least],
    [dx, right - x0],
    [-dy, y0 - least],
    [dy, bottom - y0],
  ] as const) {
    if (along === 0) {
      if (room < 0) return null;
    } else if (along < 0) from = Math.max(from, room / along);
    else to = Math.min(to, room / along);
  }
  return from > to ? null : [x0 + from * dx, y0 + from * dy, x0 + to * dx, y0 + to * dy];
}
