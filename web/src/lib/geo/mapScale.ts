import { decimal } from "@/lib/units";
import { latitudeOf, parallel, worldSize, type Camera } from "./mercator";

const [FOOT, MILE, KM] = [0.3048, 1609.344, 1000];

/** A length that is easily read, as it is on the ground and in words. */
export interface Length {
  metres: number;
  words: string;
}

/** The longest round length (1, 2 or 5 and noughts) that is no longer than so many metres. */
export function roundLength(metres: number, imperial: boolean): Length {
  const [large, small] = imperial ? [MILE, FOOT] : [KM, 1];
  const unit = metres >= large ? large : small;
  const count = round(metres / unit);
  const name = imperial ? (unit === MILE ? "mi" : "ft") : unit === KM ? "km" : "m";
  return { metres: count * unit, words: `${decimal(count, count < 1 ? Math.ceil(-Math.log10(count)) : 0)} ${name}` };
}

function round(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const lead = most / power;
  return (lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * power;
}

/** Squares of a round length over the plain ground, counted from a place so that they stay where they are. */
export interface Grid {
  lat: number;
  x: number;
  y: number;
}

/** How far the squares may be from their true size before they are laid again. */
const STRETCHED = 1.04;

/** The grid that goes with what is seen: the same one until the scale of the map there is another. */
export function gridFor(camera: Camera, before: Grid | null): Grid {
  const lat = latitudeOf(camera.y);
  const off = before ? parallel(before.lat) / parallel(lat) : Infinity;
  return before && off < STRETCHED && off > 1 / STRETCHED ? before : { lat, x: camera.x, y: camera.y };
}

/** The side of a square in the square of the world; on the screen it is at most so many pixels. */
export function gridStep(grid: Grid, zoom: number, most: number, imperial: boolean): number {
  const around = parallel(grid.lat);
  return roundLength((most * around) / worldSize(zoom), imperial).metres / around;
}

/** The lines of a grid between two places along one axis. */
export function gridLines(from: number, to: number, origin: number, step: number): number[] {
  const first = Math.ceil((from - origin) / step);
  const count = Math.max(0, Math.floor((to - origin) / step) - first + 1);
  return Array.from({ length: count }, (_, i) => origin + (first + i) * step);
}
