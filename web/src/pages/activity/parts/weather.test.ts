import { describe, expect, it } from "vitest";

import type { Weather } from "@/api/types";
import { DEFAULTS } from "@/lib/preferences";
import { partsOf, pointOf, temperatures } from "./weather";

const IMPERIAL = { ...DEFAULTS, units: "imperial" as const };
const WET: Weather = {
  provider: "Open-Meteo",
  asked_at: "2026-05-03T09:00:00Z",
  temperature_c: 11.4,
  lowest_c: 9.8,
  highest_c: 13.1,
  feels_like_c: 8.2,
  humidity_pct: 83.4,
  dew_point_c: 8.6,
  wind_mps: 5.0,
  gusts_mps: 11.0,
  wind_from_deg: 230.0,
  cloud_pct: 97.0,
  precipitation_mm: 2.34,
  code: 61,
  sky: "rain",
};

describe("the weather of an activity", () => {
  it("names the nearest point of the compass", () => {
    expect([0, 22, 23, 180, 337, 338, 360].map(pointOf)).toEqual(["n", "n", "ne", "s", "nw", "n", "n"]);
  });
  it("says all that is known, in the athlete's units", () => {
    expect(temperatures(WET, DEFAULTS)).toBe("10 to 13 °C");
    expect(partsOf(WET, DEFAULTS)).toEqual([
      "feels like 8 °C",
      "rain",
      "2.3 mm",
      "wind 18 km/h from the south-west",
      "gusts 40 km/h",
      "humidity 83 %",
    ]);
    expect(temperatures(WET, IMPERIAL)).toBe("50 to 56 °F");
    expect(partsOf(WET, IMPERIAL)).toContain("0.09 in");
    expect(partsOf(WET, IMPERIAL)).toContain("wind 11 mph from the south-west");
  });
  it("leaves out what is unknown or says nothing", () => {
    const calm = { ...WET, highest_c: 10.9, feels_like_c: 11, precipitation_mm: 0, gusts_mps: 6, wind_from_deg: null };
    expect(temperatures(calm, DEFAULTS)).toBe("11 °C");
    expect(partsOf({ ...calm, humidity_pct: null, sky: null }, DEFAULTS)).toEqual(["wind 18 km/h"]);
    expect(partsOf({ ...calm, wind_mps: null, humidity_pct: null, sky: null }, DEFAULTS)).toEqual([]);
  });
});
