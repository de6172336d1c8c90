import { describe, expect, it } from "vitest";

import { DEFAULTS } from "@/lib/preferences";
import { className, effortPace, effortSpan, effortValue, sizeName, totalValue } from "./records";

describe("best efforts", () => {
  it.each([
    [400, "400 m"],
    [804.672, "Half mile"],
    [1609.344, "1 mile"],
    [5000, "5 km"],
    [21_097.5, "Half marathon"],
    [1500, "1.5 km"],
    [1931, "1,931 m"],
  ])("over %s m are called %s", (size, name) => {
    expect(sizeName("distance", size)).toBe(name);
  });

  it("over a time are called by it", () => {
    expect(sizeName("power", 5)).toBe("5 s");
    expect(sizeName("power", 1200)).toBe("20 min");
    expect(sizeName("heart_rate", 5400)).toBe("1.5 h");
  });

  it("are a time over a distance, else a number with its unit", () => {
    expect(effortValue("distance", 1234.4, DEFAULTS, "running")).toBe("20:34");
    expect(effortPace("distance", 5000, 1250, DEFAULTS, "running")).toBe("4:10/km");
    expect(effortValue("power", 301.4, DEFAULTS, "cycling")).toBe("301 W");
    expect(effortPace("power", 5, 301, DEFAULTS, "cycling")).toBeNull();
    expect(effortValue("vam", 1000, { ...DEFAULTS, units: "imperial" }, "cycling")).toBe("3,281 ft/h");
  });

  it("last as long as they took, or as their size says", () => {
    expect(effortSpan("distance", 1000, 240, 60)).toEqual([60, 300]);
    expect(effortSpan("power", 300, 280, 60)).toEqual([60, 360]);
  });

  it("are ranked in classes with plain names", () => {
    expect(className("ride:indoor")).toBe("Ride, indoors");
    expect(className("run")).toBe("Run");
    expect(totalValue("m", 200, DEFAULTS, "swim:indoor")).toBe("200 m");
  });
});
