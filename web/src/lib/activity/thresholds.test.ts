import { describe, expect, it } from "vitest";

import { DEFAULTS } from "@/lib/preferences";
import { readThreshold, thresholdBounds, thresholdScale, thresholdText, thresholdTyped } from "./thresholds";

const MILES = { ...DEFAULTS, units: "imperial" as const };

describe("thresholds", () => {
  it("are told in the athlete's units, speeds as a pace", () => {
    expect(thresholdText("ftp_w", "W", 245, "ride", DEFAULTS)).toBe("245 W");
    expect(thresholdText("threshold_speed_mps", "m/s", 1000 / 275, "run", DEFAULTS)).toBe("4:35/km");
    expect(thresholdText("css_mps", "m/s", 1.25, "swim", DEFAULTS)).toBe("1:20/100 m");
    expect(thresholdText("weight_kg", "kg", 70, "", MILES)).toBe("154.3 lb");
    expect(thresholdText("birth_year", "", 1984, "", DEFAULTS)).toBe("1984");
    expect(thresholdText("sex", "", 1, "", DEFAULTS)).toBe("Female");
    expect(thresholdBounds("threshold_speed_mps", "m/s", 0.5, 8, "run", DEFAULTS)).toBe("33:20 – 2:05/km");
  });

  it.each([
    ["threshold_speed_mps", "m/s", "run", DEFAULTS, "4:35", 1000 / 275],
    ["threshold_speed_mps", "m/s", "run", MILES, "7:22", 1609.344 / 442],
    ["css_mps", "m/s", "swim", DEFAULTS, "1:20", 1.25],
    ["weight_kg", "kg", "", MILES, "154.3", 69.989],
    ["w_prime_j", "J", "ride", DEFAULTS, "18.5", 18_500],
    ["ftp_w", "W", "ride", DEFAULTS, "245", 245],
  ])("%s in %s (%s) is read as it is typed", (key, unit, family, wish, typed, value) => {
    const scale = thresholdScale(key, unit, family, wish);
    expect(readThreshold(typed, scale)).toBeCloseTo(value, 3);
    expect(thresholdTyped(scale, value)).toBe(typed);
  });

  it("are not read from what is no number, and a pace not from a bare one", () => {
    expect(readThreshold("fast", thresholdScale("ftp_w", "W", "ride", DEFAULTS))).toBeNull();
    expect(readThreshold("", thresholdScale("ftp_w", "W", "ride", DEFAULTS))).toBeNull();
    expect(readThreshold("4", thresholdScale("threshold_speed_mps", "m/s", "run", DEFAULTS))).toBeNull();
  });
});
