/** The web's map: the world as a square of side 1 (Mercator), 512 px wide at zoom 0, as every map library counts it. */
import type { Box } from "./box";

export type Point = [x: number, y: number];

/** What a map looks at: its middle in the square of the world, and how near it is. */
export interface Camera {
  x: number;
  y: number;
  zoom: number;
}

/** How large a map is on the screen, in CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

/** How a box is brought into view: with so many pixels around it, and no nearer than a zoom. */
export interface Fit {
  pad: number;
  maxZoom: number;
}

export const MAX_ZOOM = 22;
const WORLD_PX = 512;
const EARTH_M = 6_371_008.8;
const EQUATOR_M = 2 * Math.PI * EARTH_M;
/** The square ends here. */
const POLE = (2 * Math.atan(Math.exp(Math.PI)) * 180) / Math.PI - 90;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const clamp = (value: number, from: number, to: number): number => Math.min(to, Math.max(from, value));

export const worldX = (lon: number): number => (lon + 180) / 360;
export const longitudeOf = (x: number): number => x * 360 - 180;

export function worldY(lat: number): number {
  return 0.5 - Math.asinh(Math.tan(radians(clamp(lat, -POLE, POLE)))) / (2 * Math.PI);
}

export function latitudeOf(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

/** The side of the world in pixels. */
export const worldSize = (zoom: number): number => WORLD_PX * 2 ** zoom;

/** How many metres are as long as the whole world is wide, at a latitude. */
export const parallel = (lat: number): number => EQUATOR_M * Math.cos(radians(lat));

export const metresPerPixel = (lat: number, zoom: number): number => parallel(lat) / worldSize(zoom);

export function cameraAt(lon: number, lat: number, zoom: number): Camera {
  return { x: worldX(lon), y: worldY(lat), zoom };
}

/** Where a place is on the screen; of the worlds side by side, the one nearest to the middle. */
export function toScreen(camera: Camera, size: Size, lon: number, lat: number): Point {
  const aside = worldX(lon) - camera.x;
  const scale = worldSize(camera.zoom);
  return [size.width / 2 + (aside - Math.round(aside)) * scale, size.height / 2 + (worldY(lat) - camera.y) * scale];
}

/** The place below a pixel: longitude and latitude. */
export function toPlace(camera: Camera, size: Size, [x, y]: Point): Point {
  const scale = worldSize(camera.zoom);
  const across = camera.x + (x - size.width / 2) / scale;
  return [longitudeOf(across - Math.floor(across)), latitudeOf(camera.y + (y - size.height / 2) / scale)];
}

/** The box that is seen; beyond ±180° where the world is seen more than once. */
export function seen(camera: Camera, size: Size): Box {
  const scale = worldSize(camera.zoom);
  const [across, down] = [size.width / 2 / scale, size.height / 2 / scale];
  const { x, y } = camera;
  return [longitudeOf(x - across), latitudeOf(y + down), longitudeOf(x + across), latitudeOf(y - down)];
}

/** The camera that shows a whole box. */
export function fitted([west, south, east, north]: Box, size: Size, { pad, maxZoom }: Fit): Camera {
  const [left, right, top, bottom] = [worldX(west), worldX(east), worldY(north), worldY(south)];
  const room = (pixels: number): number => Math.max(1, pixels - 2 * pad) / WORLD_PX;
  const zoom = Math.log2(Math.min(room(size.width) / (right - left), room(size.height) / (bottom - top)));
  return kept({ x: (left + right) / 2, y: (top + bottom) / 2, zoom: Math.min(zoom, maxZoom) }, size);
}

/** The camera within its bounds: no nearer than there is anything to see, and not beyond the poles. */
export function kept({ x, y, zoom }: Camera, size: Size): Camera {
  const near = clamp(zoom, Math.max(0, Math.log2(size.height / WORLD_PX)), MAX_ZOOM);
  const half = size.height / 2 / worldSize(near);
  return { x: x - Math.floor(x), y: half >= 0.5 ? 0.5 : clamp(y, half, 1 - half), zoom: near };
}

/** The camera after the picture was dragged by so many pixels. */
export function panned(camera: Camera, [dx, dy]: Point): Camera {
  const scale = worldSize(camera.zoom);
  return { ...camera, x: camera.x - dx / scale, y: camera.y - dy / scale };
}

/** The camera at another zoom, with the same place below a pixel. */
export function zoomed(camera: Camera, size: Size, zoom: number, [x, y]: Point): Camera {
  const [dx, dy] = [x - size.width / 2, y - size.height / 2];
  const away = 1 / worldSize(camera.zoom) - 1 / worldSize(zoom);
  return { x: camera.x + dx * away, y: camera.y + dy * away, zoom };
}

/** The camera on its way: nearer by even steps, about the one place that both ends show at the same pixel. */
export function between(from: Camera, to: Camera, share: number): Camera {
  const zoom = from.zoom + (to.zoom - from.zoom) * share;
  const wide = (camera: number): number => 1 / worldSize(camera);
  const span = wide(to.zoom) - wide(from.zoom);
  const along = Math.abs(to.zoom - from.zoom) < 1e-6 ? share : (wide(zoom) - wide(from.zoom)) / span;
  const aside = to.x - from.x;
  return { x: from.x + (aside - Math.round(aside)) * along, y: from.y + (to.y - from.y) * along, zoom };
}
