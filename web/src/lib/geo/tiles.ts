import type { Box } from "./box";
import { latitudeOf, longitudeOf, worldX, worldY } from "./mercator";

/** A square of the web map at a zoom, counted from its north-west corner. */
export interface Tile {
  x: number;
  y: number;
}

/** How many explorer tiles (as a power of two) lie along the side of a neighbourhood. */
const NEIGHBOURHOOD = 4;
const COLUMNS = 2 ** 20;

const longitude = (x: number, zoom: number): number => longitudeOf(x / 2 ** zoom);
const latitude = (y: number, zoom: number): number => latitudeOf(y / 2 ** zoom);

/** The box of a tile, or of a square of `side` by `side` tiles whose least is this one. */
export function tileBox({ x, y }: Tile, zoom: number, side = 1): Box {
  return [longitude(x, zoom), latitude(y + side, zoom), longitude(x + side, zoom), latitude(y, zoom)];
}

/** The tile that holds a place. */
export function tileAt(lon: number, lat: number, zoom: number): Tile {
  const count = 2 ** zoom;
  const across = worldX(lon);
  const down = worldY(Math.max(-85, Math.min(85, lat)));
  return { x: Math.floor((across - Math.floor(across)) * count), y: Math.floor(down * count) };
}

/** The boxes of the tiles that are in the largest cluster (`group` 0), or of all others, four degrees each. */
export function tileBoxes(
  { x, y, group, zoom }: { x: number[]; y: number[]; group: number[]; zoom: number },
  clustered: boolean,
): Float64Array {
  const box = (i: number): Box => tileBox({ x: x[i] ?? 0, y: y[i] ?? 0 }, zoom);
  return Float64Array.from(x.flatMap((_x, i) => ((group[i] === 0) === clustered ? box(i) : [])));
}

/** The box of the neighbourhood with the most tiles: where one is at home. Null without any tile. */
export function homeBox(tiles: { x: readonly number[]; y: readonly number[] }, zoom: number): Box | null {
  const size = 2 ** (NEIGHBOURHOOD + zoom - 14);
  const cells = new Map<number, number>();
  const fold = (at: number | undefined): number => Math.floor((at ?? 0) / size);
  const cell = (i: number): [number, number] => [fold(tiles.x[i]), fold(tiles.y[i])];
  tiles.x.forEach((_x, i) => {
    const [cx, cy] = cell(i);
    cells.set(cx + cy * COLUMNS, (cells.get(cx + cy * COLUMNS) ?? 0) + 1);
  });
  let [home, most] = [-1, 0];
  for (const key of cells.keys()) {
    let sum = 0;
    for (const dy of [-1, 0, 1]) for (const dx of [-1, 0, 1]) sum += cells.get(key + dx + dy * COLUMNS) ?? 0;
    if (sum > most) [home, most] = [key, sum];
  }
  if (home < 0) return null;
  const [hx, hy] = [home % COLUMNS, Math.floor(home / COLUMNS)];
  let box: Box = [180, 90, -180, -90];
  tiles.x.forEach((x, i) => {
    const [cx, cy] = cell(i);
    if (Math.abs(cx - hx) <= 1 && Math.abs(cy - hy) <= 1) box = joined(box, tileBox({ x, y: tiles.y[i] ?? 0 }, zoom));
  });
  return box;
}

function joined(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** A box widened to whole tiles of a coarse zoom, so that a map moved a little asks nothing new. */
export function widened([west, south, east, north]: Box, zoom: number): Box {
  const [from, to] = [tileAt(west, north, zoom), tileAt(east, south, zoom)];
  const [left, , , top] = tileBox(from, zoom);
  const [, bottom, right] = tileBox(to, zoom);
  return [left, bottom, right, top];
}

/** A circle around a place as a ring of corners, longitude first, closed. */
export function ring(lon: number, lat: number, radiusM: number, corners = 72): [number, number][] {
  const degree = (6_371_008.8 * Math.PI) / 180;
  const squeeze = Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  return Array.from({ length: corners + 1 }, (_, i) => {
    const turn = (2 * Math.PI * (i % corners)) / corners;
    return [lon + (radiusM * Math.cos(turn)) / degree / squeeze, lat + (radiusM * Math.sin(turn)) / degree];
  });
}
