import { describe, expect, it } from "vitest";

import { clock, day, instant, shifted, today, weekStart } from "./dates";
import { DEFAULTS } from "./preferences";

const ISO = { ...DEFAULTS, date_format: "iso" as const };

describe("dates", () => {
  it("keeps the time on the wall, whatever the browser's zone", () => {
    expect(clock("2026-11-20T23:59:30", ISO)).toBe("23:59");
    expect(clock("2026-11-20T00:05:00+01:00", ISO)).toBe("00:05");
    expect(day("2026-11-20T23:59:30-09:00", ISO)).toBe("2026-11-20");
    expect(clock("2026-11-20T18:30:00", { ...ISO, time_format: "12" })).toMatch(/^6:30.PM$/i);
  });

  it("tells an instant in the athlete's zone", () => {
    expect(instant("2026-11-20T23:30:00Z", { ...ISO, zone: "Europe/Zurich" })).toBe("2026-11-21, 00:30");
    expect(instant("2026-11-20T00:30:00Z", { ...ISO, zone: "America/New_York" })).toBe("2026-11-19, 19:30");
  });

  it("knows today in a zone", () => {
    expect(today("Pacific/Auckland", new Date("2026-11-20T12:00:00Z"))).toBe("2026-11-21");
  });

  it("starts weeks where the athlete does", () => {
    expect(weekStart("2026-11-22", "monday")).toBe("2026-11-16");
    expect(weekStart("2026-11-22", "sunday")).toBe("2026-11-22");
    expect(weekStart("2026-11-16", "monday")).toBe("2026-11-16");
    expect(shifted("2026-03-01", -1)).toBe("2026-02-28");
  });
});
