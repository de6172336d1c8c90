import { windowOf } from "@/lib/geo/mapPath";
import type { Camera, Size } from "@/lib/geo/mercator";
import { childrenOf, covering, parentOf, tileAddress, tileKey, type RasterTile } from "@/lib/geo/rasterTiles";
import type { Sheet } from "./paint";

const FINEST = 19;
/** So many at once: what else the page asks of the server need not wait. */
const AT_ONCE = 4;
const KEPT = 160;
const COARSER = 5;

interface Picture {
  image: ImageBitmap;
  /** Whether it is of the newest asking. */
  fresh: boolean;
}

/** The pictures of the heat map: those that are seen are asked for, kept for a while, and given up out of sight. */
export class HeatTiles {
  private readonly pictures = new Map<string, Picture>();
  private readonly asked = new Map<string, AbortController>();
  private readonly failed = new Set<string>();
  private wanted: RasterTile[] = [];

  constructor(
    private readonly address: string,
    private readonly arrived: () => void,
  ) {}

  /** Whether all that is seen has come, or will not. */
  get complete(): boolean {
    return this.wanted.every((tile) => !this.lacks(tile));
  }

  /** Ask for what is seen, and give up what no longer is. */
  look(camera: Camera, size: Size): void {
    this.wanted = covering(camera, size, FINEST);
    const keys = new Set(this.wanted.map(tileKey));
    for (const [key, request] of this.asked) if (!keys.has(key)) request.abort();
    for (const key of this.failed) if (!keys.has(key)) this.failed.delete(key);
    this.askNext();
  }

  /** Ask for everything again; what is there is shown until then. */
  renew(): void {
    for (const picture of this.pictures.values()) picture.fresh = false;
    for (const request of this.asked.values()) request.abort();
    this.failed.clear();
  }

  close(): void {
    this.wanted = [];
    for (const request of this.asked.values()) request.abort();
    for (const { image } of this.pictures.values()) image.close();
    this.pictures.clear();
  }

  /** Paint what is there; where a picture is still missing, coarser and finer ones stand in. */
  paint(sheet: Sheet): void {
    for (const tile of covering(sheet.camera, sheet.size, FINEST)) {
      if (!this.paintOne(sheet, tile, tile)) {
        this.paintCoarser(sheet, tile);
        for (const finer of childrenOf(tile)) this.paintOne(sheet, finer, finer);
      }
    }
  }

  private paintCoarser(sheet: Sheet, tile: RasterTile): void {
    for (let levels = 1; levels <= Math.min(COARSER, tile.z); levels++) {
      if (this.paintOne(sheet, tile, parentOf(tile, levels))) return;
    }
  }

  /** Paint where `tile` is the part of a picture that shows it; tell whether there is one. */
  private paintOne({ pen, camera, size, sharp }: Sheet, tile: RasterTile, source: RasterTile): boolean {
    const key = tileKey(source);
    const picture = this.pictures.get(key);
    if (!picture) return false;
    // Those used last are the last to go.
    this.pictures.delete(key);
    this.pictures.set(key, picture);
    const { left, top, scale } = windowOf(camera, size);
    const count = 2 ** tile.z;
    const edge = (at: number, from: number): number => Math.round((at / count - from) * scale * sharp) / sharp;
    const [west, east] = [edge(tile.x, left), edge(tile.x + 1, left)];
    const [north, south] = [edge(tile.y, top), edge(tile.y + 1, top)];
    const parts = 2 ** (tile.z - source.z);
    const side = picture.image.width / parts;
    const [x, y] = [(tile.x - source.x * parts) * side, (tile.y - source.y * parts) * side];
    pen.drawImage(picture.image, x, y, side, side, west, north, east - west, south - north);
    return true;
  }

  private lacks(tile: RasterTile): boolean {
    const key = tileKey(tile);
    return !this.pictures.get(key)?.fresh && !this.failed.has(key);
  }

  private askNext(): void {
    for (const tile of this.wanted) {
      if (this.asked.size >= AT_ONCE) return;
      if (this.lacks(tile) && !this.asked.has(tileKey(tile))) void this.ask(tile);
    }
  }

  private async ask(tile: RasterTile): Promise<void> {
    const key = tileKey(tile);
    const request = new AbortController();
    this.asked.set(key, request);
    try {
      const answer = await fetch(tileAddress(this.address, tile), { signal: request.signal });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const image = await createImageBitmap(await answer.blob());
      if (request.signal.aborted) image.close();
      else this.keep(key, image);
    } catch {
      // What was given up is asked for when it is seen again; what failed, when it has been out of sight.
      if (!request.signal.aborted) this.failed.add(key);
    }
    this.asked.delete(key);
    if (!request.signal.aborted) this.arrived();
    this.askNext();
  }

  private keep(key: string, image: ImageBitmap): void {
    this.pictures.get(key)?.image.close();
    this.pictures.delete(key);
    this.pictures.set(key, { image, fresh: true });
    for (const [oldest, { image: gone }] of this.pictures) {
      if (this.pictures.size <= Math.max(KEPT, 2 * this.wanted.length)) return;
      gone.close();
      this.pictures.delete(oldest);
    }
  }
}
