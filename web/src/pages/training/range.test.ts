import { describe, expect, it } from "vitest";

import { frameOf, line } from "@/lib/activity/efforts";
import type { FrameBody } from "@/lib/charts/frames";
import { daysOf, otherDays, USUAL, usualRange, withAhead } from "./range";

const NOW = "2026-11-20";

describe("the period of the page", () => {
  it("ends today, and is as long as it says", () => {
    expect(daysOf(USUAL, null, NOW)).toEqual({ from: "2026-08-23", to: NOW });
    expect(daysOf({ ...USUAL, range: "year" }, null, NOW)).toEqual({ from: "2025-11-21", to: NOW });
    expect(daysOf({ ...USUAL, range: "all" }, null, NOW)).toEqual({});
    expect(daysOf({ ...USUAL, range: "custom", from: "2026-01-01" }, null, NOW)).toEqual({ from: "2026-01-01" });
  });

  it("goes on with the plan where it reaches to today", () => {
    expect(withAhead({ from: "2026-08-23", to: NOW }, NOW)).toEqual({ from: "2026-08-23", to: "2027-01-04" });
    expect(withAhead({ from: "2025-11-21", to: NOW }, NOW).to).toBe("2027-03-26");
    expect(withAhead({}, NOW)).toEqual({ to: "2027-03-26" });
    expect(withAhead({ from: "2026-01-01", to: "2026-02-01" }, NOW).to).toBe("2026-02-01");
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

describe("usualRange", () => {
  const months = (...values: (number | null)[]): FrameBody =>
    frameOf(
      "volume",
      "",
      {
        scale: "category",
        unit: "month",
        label: "",
        values: ["2025-02-01", "2025-11-01", "2026-02-01", "2026-10-01"],
      },
      [line("ride", "Ride", "s", values)],
    );

  it("is the shortest with anything in it", () => {
    expect(usualRange(months(60, 60, 60, 60), "2026-11-30")).toBe("quarter");
    expect(usualRange(months(60, 60, 60, 0), "2026-11-30")).toBe("year");
    expect(usualRange(months(60, 60, null, 0), "2026-11-30")).toBe("all");
    expect(usualRange(months(0, 0, 0, 0), "2026-11-30")).toBe("quarter");
    expect(usualRange(undefined, "2026-11-30")).toBe("quarter");
  });
});
