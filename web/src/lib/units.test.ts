import { describe, expect, it } from "vitest";

import { DEFAULTS } from "./preferences";
import { bytes, decimal, duration, NOTHING, quantity, scaleOf, span, told } from "./units";

const MILES = { ...DEFAULTS, units: "imperial" as const };

describe("units", () => {
  it("tells distances in the athlete's units", () => {
    expect(told("distance", 42_195, DEFAULTS)).toBe("42.20 km");
    expect(told("distance", 42_195, MILES)).toBe("26.22 mi");
    expect(told("elevation", 100, MILES)).toBe("328 ft");
    expect(told("temperature", -5, MILES)).toBe("23 °F");
  });

  it("tells speed as the sport does", () => {
    expect(told("speed", 10, DEFAULTS, "cycling")).toBe("36.0 km/h");
    expect(told("speed", 1000 / 300, DEFAULTS, "running")).toBe("5:00/km");
    expect(told("speed", 1609.344 / 480, MILES, "running")).toBe("8:00/mi");
    expect(told("speed", 1, DEFAULTS, "swimming")).toBe("1:40/100 m");
    expect(told("speed", 5, DEFAULTS, "rowing")).toBe("1:40/500 m");
  });

  it("names the beat of a sport", () => {
    expect(told("cadence", 172, DEFAULTS, "running")).toBe("172 spm");
    expect(told("cadence", 86, DEFAULTS, "cycling")).toBe("86 rpm");
    expect(told("distance", 1500, DEFAULTS, "swimming")).toBe("1,500 m");
  });

  it("shows nothing rather than zero for what was not measured", () => {
    expect(quantity("power", null, DEFAULTS)).toEqual({ value: NOTHING, unit: "" });
    expect(quantity("power", 0, DEFAULTS).value).toBe("0");
    expect(quantity("speed", 0, DEFAULTS, "running").value).toBe(NOTHING);
    expect(quantity("distance", Number.NaN, DEFAULTS).value).toBe(NOTHING);
  });

  it("turns a scale back", () => {
    const { of } = scaleOf("distance", MILES);
    expect(10 / of(1)).toBeCloseTo(16_093.44, 6);
  });

  it.each([
    [0, "0:00"],
    [-20, "-0:20"],
    [-0.2, "0:00"],
    [59.6, "1:00"],
    [3599.4, "59:59"],
    [3599.6, "1:00:00"],
    [36_061, "10:01:01"],
    [null, NOTHING],
  ])("tells %s seconds as %s", (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  it("tells what rounds to nothing without a sign", () => {
    expect(decimal(-0.04, 1)).toBe(decimal(0, 1));
    expect(decimal(-0.06, 1)).not.toBe(decimal(0.06, 1));
  });

  it("tells sums and sizes", () => {
    expect(span(45_000)).toBe("12 h 30 min");
    expect(span(1200)).toBe("20 min");
    expect(bytes(999)).toBe("999 B");
    expect(bytes(1_840_000)).toBe("1.8 MB");
    expect(bytes(27_000_000_000)).toBe("27.0 GB");
  });
});
