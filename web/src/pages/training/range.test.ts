import { describe, expect, it } from "vitest";

import { daysOf, otherDays, USUAL } from "./range";

const NOW = "2026-11-20";

describe("the period of the page", () => {
  it("ends today, and is as long as it says", () => {
    expect(daysOf(USUAL, null, NOW)).toEqual({ from: "2026-08-23", to: NOW });
    expect(daysOf({ ...USUAL, range: "year" }, null, NOW)).toEqual({ from: "2025-11-21", to: NOW });
    expect(daysOf({ ...USUAL, range: "all" }, null, NOW)).toEqual({});
    expect(daysOf({ ...USUAL, range: "custom", from: "2026-01-01" }, null, NOW)).toEqual({ from: "2026-01-01" });
  });

  it("is compared with as many days just before it, or a year earlier", () => {
    const days = { from: "2026-11-01", to: "2026-11-10" };
    expect(otherDays("before", days, NOW)).toEqual({ from: "2026-10-22", to: "2026-10-31" });
    expect(otherDays("year", days, NOW)).toEqual({ from: "2025-11-01", to: "2025-11-10" });
    expect(otherDays("all", days, NOW)).toEqual({ to: NOW });
    expect(otherDays("none", days, NOW)).toBeNull();
    expect(otherDays("before", {}, NOW)).toBeNull();
  });
});
