import { describe, expect, it } from "vitest";

import { gridFor, gridLines, gridStep, roundLength } from "./mapScale";
import { cameraAt, metresPerPixel, worldSize } from "./mercator";

describe("a round length", () => {
  it.each([
    [999, false, "500 m"],
    [1000, false, "1 km"],
    [4999, false, "2 km"],
    [5000, false, "5 km"],
    [23, false, "20 m"],
    [0.7, false, "0.5 m"],
    [1609.344, true, "1 mi"],
    [1600, true, "5,000 ft"],
    [30, true, "50 ft"],
    [20_000, true, "10 mi"],
  ])("of at most %d m (imperial %s) is %s", (metres, imperial, words) => {
    const length = roundLength(metres, imperial);
    expect(length.words).toBe(words);
    expect(length.metres).toBeLessThanOrEqual(metres + 1e-6);
  });
});

describe("a grid", () => {
  const helsinki = cameraAt(24.94, 60.17, 13);

  it("has squares of a round length, as wide as the scale bar", () => {
    const grid = gridFor(helsinki, null);
    const side = gridStep(grid, 13, 100, false) * worldSize(13);
    expect(side * metresPerPixel(60.17, 13)).toBeCloseTo(roundLength(100 * metresPerPixel(60.17, 13), false).metres, 6);
    expect(side).toBeGreaterThan(40);
    expect(side).toBeLessThanOrEqual(100);
  });

  it("stays where it is until its squares would be of another size", () => {
    const grid = gridFor(helsinki, null);
    expect(gridFor(cameraAt(30, 60.5, 15), grid)).toBe(grid);
    expect(gridFor(cameraAt(24.94, 40, 13), grid).lat).toBeCloseTo(40, 6);
  });

  it("is drawn only where it is seen", () => {
    expect(gridLines(0.9, 2.1, 0, 0.5)).toEqual([1, 1.5, 2]);
    expect(gridLines(-1.1, 0.1, 0.25, 0.5)).toEqual([-0.75, -0.25]);
    expect(gridLines(0.1, 0.2, 0, 0.5)).toEqual([]);
  });
});
