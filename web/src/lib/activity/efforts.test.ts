import { describe, expect, it } from "vitest";

import { along, gap, trend, type Ran } from "./efforts";

const steady = (start: number, mps: number, metres: number): Ran => {
  const time = Array.from({ length: 2000 }, (_, i) => i);
  return {
    start,
    elapsed: metres / mps,
    time,
    distance: time.map((at) => at * mps),
    columns: { speed_mps: time.map(() => mps) },
  };
};

describe("an effort along its course", () => {
  it("reaches each place when its speed says", () => {
    const found = along(steady(100, 5, 1000), 10);
    expect(found?.seconds.map((s) => Math.round(s ?? -1))).toEqual([0, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200]);
    expect(found?.columns.speed_mps?.every((v) => v === 5)).toBe(true);
  });

  it("falls behind a faster one evenly", () => {
    const [fast, slow] = [along(steady(0, 10, 1000), 4), along(steady(50, 5, 1000), 4)];
    expect(fast && slow && gap(fast, slow).map((s) => Math.round(s ?? -1))).toEqual([0, 25, 50, 75, 100]);
  });

  it("is nothing without a way", () => {
    const ran = steady(0, 5, 100);
    expect(along({ ...ran, distance: ran.time.map(() => null) }, 4)).toBeNull();
    expect(along({ ...ran, distance: ran.time.map(() => 7) }, 4)).toBeNull();
  });

  it("keeps what was not measured empty", () => {
    const ran = steady(0, 5, 1000);
    const found = along({ ...ran, columns: { power_w: ran.time.map((at) => (at < 100 ? 200 : null)) } }, 10);
    expect(found?.columns.power_w?.[2]).toBe(200);
    expect(found?.columns.power_w?.[9]).toBeNull();
  });
});

describe("a trend", () => {
  it("runs by day and keeps the best so far, of those that count", () => {
    const one = (day: string, seconds: number | null, counts = true) => ({ day, seconds, activity: `a${day}`, counts });
    const frame = trend(
      "Times",
      [one("2026-03-01", 90), one("2026-01-01", 100), one("2026-02-01", 80, false), one("2026-04-01", null)],
      { time: "Time", best: "Best" },
    );
    expect(frame.x.values).toEqual(["2026-01-01", "2026-02-01", "2026-03-01"]);
    expect(frame.lines[0]?.values).toEqual([100, 80, 90]);
    expect(frame.lines[1]?.values).toEqual([100, 100, 90]);
    expect(frame.lines.map(({ style }) => style)).toEqual(["points", "step"]);
    expect(frame.lines[0]?.links).toEqual(["a2026-01-01", "a2026-02-01", "a2026-03-01"]);
  });
});
