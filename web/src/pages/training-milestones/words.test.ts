import { describe, expect, it } from "vitest";

import { DEFAULTS } from "@/lib/preferences";
import { leftOf, milestoneName } from "./words";

const named = (kind: string, value: number, unit: string, sport: string | null = null, year: number | null = null) =>
  milestoneName({ kind, value, unit, sport, year }, DEFAULTS);

describe("milestones", () => {
  it("have names", () => {
    expect(named("activities", 1, "")).toBe("First activity");
    expect(named("activities", 100, "", "ride")).toBe("100 activities: Ride");
    expect(named("distance", 10_000_000, "m")).toBe("10,000 km in total");
    expect(named("year_distance", 1_000_000, "m", "run", 2025)).toBe("1,000 km in 2025: Run");
    expect(named("longest", 21_097.5, "m", "run")).toBe("First 21.1 km: Run");
    expect(named("everests", 8848.86, "m_up")).toBe("Mount Everest climbed, by and by");
    expect(named("everests", 2 * 8848.86, "m_up")).toBe("Mount Everest climbed 2 times");
    expect(named("time", 360_000, "s")).toBe("100 h of moving time");
    expect(named("streak", 30, "days")).toBe("30 days in a row");
    expect(named("new_kind", 3, "")).toBe("New kind: 3");
  });
  it("say what is to go", () => {
    const ahead = { kind: "distance", value: 1_000_000, done: 962_500, unit: "m", sport: null, year: null };
    expect(leftOf(ahead, DEFAULTS)).toBe("37.5 km to go");
  });
});
