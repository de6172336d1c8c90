import { describe, expect, it } from "vitest";

import { cameraAt } from "./mercator";
import { childrenOf, covering, parentOf, tileAddress, tileKey } from "./rasterTiles";
import { tileAt } from "./tiles";

const SIZE = { width: 800, height: 600 };

describe("the pictures that cover a map", () => {
  it("are of 256 px: one zoom above the map's, counted as the web counts them, from the middle out", () => {
    const tiles = covering(cameraAt(24.94, 60.17, 13), SIZE, 19);
    expect(tiles[0]).toEqual({ z: 14, ...tileAt(24.94, 60.17, 14) });
    expect(tiles.length).toBeGreaterThanOrEqual(12);
    expect(tiles.length).toBeLessThanOrEqual(20);
    expect(new Set(tiles.map(tileKey)).size).toBe(tiles.length);
  });

  it("are magnified beyond the finest", () => {
    const tiles = covering(cameraAt(24.94, 60.17, 21), SIZE, 19);
    expect(tiles).toContainEqual({ z: 19, ...tileAt(24.94, 60.17, 19) });
    expect(tiles.length).toBeLessThanOrEqual(4);
  });

  it("are asked for once however often the world is seen", () => {
    const tiles = covering(cameraAt(179.9, 0, 1), { width: 2000, height: 400 }, 19);
    expect(tiles.some(({ x }) => x >= 4)).toBe(true);
    expect(tileAddress("/heat/{z}/{x}/{y}.png", { z: 2, x: 5, y: 1 })).toBe("/heat/2/1/1.png");
    expect(tileKey({ z: 2, x: -1, y: 1 })).toBe("2/3/1");
  });

  it("hold each other", () => {
    for (const child of childrenOf({ z: 3, x: 5, y: 2 })) expect(parentOf(child)).toEqual({ z: 3, x: 5, y: 2 });
    expect(parentOf({ z: 5, x: 21, y: 9 }, 2)).toEqual({ z: 3, x: 5, y: 2 });
  });
});
