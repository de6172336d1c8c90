import { describe, expect, it } from "vitest";

import {
  between,
  cameraAt,
  fitted,
  kept,
  latitudeOf,
  longitudeOf,
  metresPerPixel,
  panned,
  seen,
  toPlace,
  toScreen,
  worldX,
  worldY,
  zoomed,
  MAX_ZOOM,
  type Point,
} from "./mercator";

const SIZE = { width: 800, height: 600 };
const HELSINKI = cameraAt(24.94, 60.17, 13);

describe("the square of the world", () => {
  it("has its corners where the web's maps have them", () => {
    expect([worldX(-180), worldX(180), worldY(0)]).toEqual([0, 1, 0.5]);
    expect(worldY(85.0511288)).toBeCloseTo(0, 8);
    expect(worldY(90)).toBeCloseTo(0, 8);
    // The same place as tile 9327/4742 at zoom 14, of which 2^14 lie side by side.
    expect([Math.floor(worldX(24.94) * 2 ** 14), Math.floor(worldY(60.17) * 2 ** 14)]).toEqual([9327, 4742]);
  });

  it("is read back", () => {
    for (const lat of [-80, -33.9, 0, 60.17]) expect(latitudeOf(worldY(lat))).toBeCloseTo(lat, 9);
    expect(longitudeOf(worldX(151.2))).toBeCloseTo(151.2, 9);
  });
});

describe("a camera", () => {
  it("counts zooms as map libraries do: the world is 512 px wide at 0", () => {
    expect(toScreen(cameraAt(0, 0, 0), SIZE, -180, 0)[0]).toBeCloseTo(400 - 256, 6);
    // A degree of longitude at zoom 13.
    const [x] = toScreen(HELSINKI, SIZE, 25.94, 60.17);
    expect(x - 400).toBeCloseTo((512 * 2 ** 13) / 360, 6);
  });

  it("finds the place below a pixel, and the pixel of a place", () => {
    const at: Point = [123, 456];
    const [x, y] = toScreen(HELSINKI, SIZE, ...toPlace(HELSINKI, SIZE, at));
    expect(x).toBeCloseTo(at[0], 6);
    expect(y).toBeCloseTo(at[1], 6);
  });

  it("shows a place beyond the date line beside it, not a world away", () => {
    const fiji = cameraAt(179.9, -17, 8);
    expect(toScreen(fiji, SIZE, -179.9, -17)[0]).toBeCloseTo(400 + (0.2 / 360) * 512 * 2 ** 8, 6);
    expect(toPlace(fiji, SIZE, [600, 300])[0]).toBeLessThan(0);
  });

  it("fits a box with room around it, as near as it may be", () => {
    const box = [24.9, 60.1, 25.0, 60.2] as const;
    const camera = fitted([...box], SIZE, { pad: 24, maxZoom: 15 });
    const [left, bottom] = toScreen(camera, SIZE, box[0], box[1]);
    const [right, top] = toScreen(camera, SIZE, box[2], box[3]);
    expect(top).toBeCloseTo(24, 6);
    expect(bottom).toBeCloseTo(600 - 24, 6);
    expect(left).toBeGreaterThan(24);
    expect(left + right).toBeCloseTo(800, 6);
    expect(fitted([24.9, 60.1, 24.9, 60.1], SIZE, { pad: 24, maxZoom: 15 }).zoom).toBe(15);
  });

  it("sees the box that its corners show", () => {
    const [west, south, east, north] = seen(HELSINKI, SIZE);
    expect(toScreen(HELSINKI, SIZE, west, north).map(Math.round)).toEqual([0, 0]);
    expect(toScreen(HELSINKI, SIZE, east, south).map(Math.round)).toEqual([800, 600]);
  });

  it("keeps what is below a pixel when it goes nearer, and moves with the hand", () => {
    const about: Point = [700, 100];
    const before = toPlace(HELSINKI, SIZE, about);
    const after = toPlace(zoomed(HELSINKI, SIZE, 15.5, about), SIZE, about);
    expect(after[0]).toBeCloseTo(before[0], 9);
    expect(after[1]).toBeCloseTo(before[1], 9);
    const [x, y] = toScreen(panned(HELSINKI, [30, -20]), SIZE, 24.94, 60.17);
    expect([x, y].map((pixel) => Math.round(pixel))).toEqual([430, 280]);
  });

  it("stays within the world", () => {
    expect(kept({ x: 1.25, y: -3, zoom: 99 }, SIZE)).toMatchObject({ x: 0.25, zoom: MAX_ZOOM });
    const far = kept({ x: 0.5, y: 0.01, zoom: -2 }, SIZE);
    expect(seen(far, SIZE)[3]).toBeCloseTo(85.05, 1);
    expect(seen(far, SIZE)[1]).toBeCloseTo(-85.05, 1);
    expect(toScreen(kept({ x: 0.5, y: 0.001, zoom: 5 }, SIZE), SIZE, 0, 85.051129)[1]).toBeCloseTo(0, 3);
  });

  it("goes from here to there with the pixel kept that both share", () => {
    const about: Point = [700, 100];
    const to = zoomed(HELSINKI, SIZE, 16, about);
    const place = toPlace(HELSINKI, SIZE, about);
    for (const share of [0, 0.3, 0.7, 1]) {
      const [x, y] = toScreen(between(HELSINKI, to, share), SIZE, ...place);
      expect(x).toBeCloseTo(700, 3);
      expect(y).toBeCloseTo(100, 3);
    }
    const over = between({ x: 0.98, y: 0.5, zoom: 4 }, { x: 0.02, y: 0.5, zoom: 4 }, 0.5);
    expect(over.x).toBeCloseTo(1, 9);
  });

  it("knows how long a pixel is on the ground", () => {
    expect(metresPerPixel(0, 0)).toBeCloseTo(40_030_174 / 512, 0);
    expect(metresPerPixel(60, 10)).toBeCloseTo(metresPerPixel(0, 10) / 2, 6);
  });
});
