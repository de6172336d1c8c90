import { describe, expect, it } from "vitest";

import { DEFAULTS } from "@/lib/preferences";
import { amountOf, GOAL_KINDS, goalName, shown, typed, unitOf } from "./goals";

const IMPERIAL = { ...DEFAULTS, units: "imperial" as const };

describe("goals", () => {
  it("says amounts in the athlete's units", () => {
    expect(amountOf("distance", 40_000, DEFAULTS)).toBe("40 km");
    expect(amountOf("distance", 40_560, DEFAULTS)).toBe("40.6 km");
    expect(amountOf("distance", 1609.344, IMPERIAL)).toBe("1 mi");
    expect(amountOf("time", 18_300, DEFAULTS)).toBe("5 h 05 min");
    expect(amountOf("count", 1, DEFAULTS)).toBe("1 activity");
    expect(amountOf("count", 3, DEFAULTS)).toBe("3 activities");
    expect(unitOf("ascent", IMPERIAL)).toBe("ft");
    expect(unitOf("load", DEFAULTS)).toBe("");
  });
  it("takes back what it shows", () => {
    for (const wish of [DEFAULTS, IMPERIAL])
      for (const kind of GOAL_KINDS) expect(typed(kind, String(shown(kind, 7200, wish)), wish)).toBeCloseTo(7200, 6);
    expect(typed("distance", "42,5", DEFAULTS)).toBe(42_500);
  });
  it("takes nothing that is no target", () => {
    for (const text of ["", " ", "0", "-3", "ten", "Infinity"]) expect(typed("time", text, DEFAULTS)).toBeNull();
  });
  it("names a goal", () => {
    const removed = { id: "x", period: "week", kind: "distance", sport: "run", unit: "m", target: 40_000 } as const;
    expect(goalName(removed, DEFAULTS)).toBe("Run, 40 km a week");
    expect(goalName({ ...removed, sport: null, period: "year" }, DEFAULTS)).toBe("All sports, 40 km a year");
  });
});
