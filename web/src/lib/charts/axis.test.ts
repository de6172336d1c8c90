import { describe, expect, it } from "vitest";

import { dayTicks, hourTicks, rangeOf, roundTicks } from "./axis";

describe("axes", () => {
  it("have round ticks", () => {
    expect(roundTicks(41, 63, 4)).toEqual([50, 60]);
    expect(roundTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(roundTicks(5, 5, 4)).toEqual([5]);
  });

  it("leave air around values, but never go below zero for it", () => {
    expect(rangeOf([1, null, 101], 10)).toEqual([0, 109]);
    expect(rangeOf([50, 50], 10)).toEqual([45, 55]);
    expect(rangeOf([null], 10)).toBeNull();
  });

  it("name hours of the local clock", () => {
    const start = Date.UTC(2026, 0, 1, 21, 40);
    const ticks = hourTicks(start, start + 8 * 3_600_000, 3_600_000, 5);
    expect(ticks.map((at) => new Date(at + 3_600_000).getUTCHours())).toEqual([0, 2, 4, 6]);
  });

  it("name days, months and years", () => {
    expect(dayTicks("2026-01-01", "2026-01-07", 8)).toHaveLength(7);
    expect(dayTicks("2026-01-15", "2026-06-15", 8)).toEqual([
      "2026-02-01",
      "2026-03-01",
      "2026-04-01",
      "2026-05-01",
      "2026-06-01",
    ]);
    expect(dayTicks("2017-03-01", "2026-12-01", 12)).toEqual(
      Array.from({ length: 9 }, (_, year) => `${2018 + year}-01-01`),
    );
  });
});
