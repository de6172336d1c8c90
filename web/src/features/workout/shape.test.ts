import { describe, expect, it } from "vitest";

import { drawn } from "./shape";

const step = (seconds: number, low: number | null, high: number | null, ramp = false) => ({
  kind: "work",
  seconds,
  low,
  high,
  ramp,
});

describe("the picture of a workout", () => {
  it("puts steps one after another", () => {
    const { bars, seconds } = drawn([step(600, 50, 70, true), step(480, 95, 100), step(240, null, null)]);
    expect(bars.map(({ from, to }) => [from, to])).toEqual([
      [0, 600],
      [600, 1080],
      [1080, 1320],
    ]);
    expect(seconds).toBe(1320);
  });

  it("draws a ramp from its start to its end, and a range as full with a pale part above", () => {
    const { bars } = drawn([step(60, 60, 40, true), step(60, 95, 100), step(60, null, null)]);
    expect(bars[0]).toMatchObject({ full: [60, 40], pale: [60, 40], hard: false });
    expect(bars[1]).toMatchObject({ full: [95, 95], pale: [100, 100], hard: true });
    expect(bars[2]).toMatchObject({ open: true, hard: false });
  });

  it("reaches above threshold, and above what is harder", () => {
    expect(drawn([step(60, 50, 50)]).top).toBeGreaterThan(100);
    expect(drawn([step(60, 180, 220)]).top).toBeGreaterThan(220);
    expect(drawn([])).toMatchObject({ bars: [], seconds: 0 });
  });
});
