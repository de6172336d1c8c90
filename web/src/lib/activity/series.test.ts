import { describe, expect, it } from "vitest";

import { details, nearest, paused, smooth, steps, upAndDown } from "./series";

const seconds = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe("series", () => {
  it("finds the nearest sample", () => {
    expect(nearest([0, 10, 20], 14)).toBe(1);
    expect(nearest([0, 10, 20], 16)).toBe(2);
    expect(nearest([0, 10, 20], -5)).toBe(0);
    expect(nearest([0, 10, 20], 99)).toBe(2);
  });

  it("weighs by time and leaves gaps out", () => {
    const sum = details([100, null, 200, 200], [0, 1, 2, 5], { from: 0, to: 2 });
    expect(sum).toEqual({ mean: (100 * 1 + 200 * 3) / 4, min: 100, max: 200 });
    expect(details([null, null], [0, 1], { from: 0, to: 1 })).toBeNull();
  });

  it("counts a pause as no time", () => {
    const sum = details([100, 200, 200], [0, 1, 601], { from: 0, to: 1 });
    expect(sum?.mean).toBe(150);
    expect(paused([0, 1, 601], 1)).toBe(true);
    expect(paused([0, 1, 601], 0)).toBe(false);
  });

  it("knows a pause from a slow recorder", () => {
    const lengths = [0, 30, 62, 90, 121, 400];
    expect([0, 1, 2, 3, 4].map((i) => paused(lengths, i))).toEqual([false, false, false, false, true]);
  });

  it("counts steps on foot, whatever the device counts", () => {
    expect(steps([0, 86, null, 88], "run")).toEqual([0, 172, null, 176]);
    expect(steps([172, 176], "run")).toEqual([172, 176]);
    expect(steps([86, 88], "ride")).toEqual([86, 88]);
  });

  it("smooths without moving and without filling gaps", () => {
    const bump = smooth([0, 0, 9, 0, 0], seconds(5), 2);
    expect(bump).toEqual([0, 3, 3, 3, 0]);
    expect(smooth([1, null, 3], seconds(3), 2)).toEqual([1, null, 3]);
    expect(smooth([1, 2], seconds(2), 0)).toEqual([1, 2]);
  });

  it("sums climbs and ignores noise", () => {
    const time = seconds(1200);
    const hill = time.map((s) => 100 + 50 * Math.sin((s / 1200) * 4 * Math.PI));
    const whole = { from: 0, to: time.length - 1 };
    const sum = upAndDown(hill, time, whole);
    expect(sum?.up).toBeGreaterThan(195);
    expect(sum?.up).toBeLessThan(201);
    expect(
      upAndDown(
        time.map((s) => 100 + (s % 2) * 0.8),
        time,
        whole,
      ),
    ).toEqual({ up: 0, down: 0 });
    expect(upAndDown([null, null], [0, 1], { from: 0, to: 1 })).toBeNull();
  });
});
