import { worldSize, type Camera, type Size } from "./mercator";

/** A picture of a part of the world at a zoom of its own: x counted over the worlds side by side, y from the north. */
export interface RasterTile {
  z: number;
  x: number;
  y: number;
}

const TILE_PX = 256;

export const tileKey = ({ z, x, y }: RasterTile): string => `${z}/${wrapped(x, z)}/${y}`;

const wrapped = (x: number, z: number): number => ((x % 2 ** z) + 2 ** z) % 2 ** z;

/** The address of a tile, from one with `{z}`, `{x}` and `{y}`. */
export function tileAddress(address: string, { z, x, y }: RasterTile): string {
  return address
    .replace("{z}", String(z))
    .replace("{x}", String(wrapped(x, z)))
    .replace("{y}", String(y));
}

/** The tiles that cover what is seen, those in the middle first; no finer than `finest`, then they are magnified. */
export function covering(camera: Camera, size: Size, finest: number): RasterTile[] {
  const scale = worldSize(camera.zoom);
  const z = Math.min(finest, Math.max(0, Math.round(Math.log2(scale / TILE_PX))));
  const count = 2 ** z;
  const [across, down] = [(size.width / 2 / scale) * count, (size.height / 2 / scale) * count];
  const [middleX, middleY] = [camera.x * count, camera.y * count];
  const tiles: RasterTile[] = [];
  for (let y = Math.max(0, Math.floor(middleY - down)); y < Math.min(count, middleY + down); y++) {
    for (let x = Math.floor(middleX - across); x < middleX + across; x++) tiles.push({ z, x, y });
  }
  const far = ({ x, y }: RasterTile): number => Math.hypot(x + 0.5 - middleX, y + 0.5 - middleY);
  return tiles.sort((a, b) => far(a) - far(b));
}

/** The coarser tile that holds this one. */
export function parentOf({ z, x, y }: RasterTile, levels = 1): RasterTile {
  return { z: z - levels, x: x >> levels, y: y >> levels };
}

/** The four finer tiles within this one. */
export function childrenOf({ z, x, y }: RasterTile): RasterTile[] {
  return [0, 1, 2, 3].map((i) => ({ z: z + 1, x: 2 * x + (i & 1), y: 2 * y + (i >> 1) }));
}
