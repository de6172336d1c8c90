import { describe, expect, it } from "vitest";

import { DEFAULTS } from "@/lib/preferences";
import { joined } from "@/lib/units";
import { healthChange, healthQuantity } from "./values";

const IMPERIAL = { ...DEFAULTS, units: "imperial" as const };
const shown = (key: string, unit: string, value: number | null, wish = DEFAULTS): string =>
  joined(healthQuantity({ key, unit }, value, wish));

describe("values of health", () => {
  it("are shown in their units", () => {
    expect(shown("resting_heart_rate_bpm", "bpm", 47.6)).toBe("48 bpm");
    expect(shown("sleep_s", "s", 27_000)).toBe("7 h 30 min");
    expect(shown("sleep_over_need_s", "s", -5400)).toBe("−1 h 30 min");
    expect(shown("respiration_avg_brpm", "brpm", 14.26)).toBe("14.3 brpm");
    expect(shown("race_5k_s", "s", 1265)).toBe("21:05");
    expect(shown("steps", "", 0)).toBe("0");
    expect(shown("steps", "", null)).toBe("–");
  });

  it("are shown in the athlete's units", () => {
    expect(shown("weight_kg", "kg", 70, IMPERIAL)).toBe("154.3 lb");
    expect(shown("skin_temperature_c", "°C", 34, IMPERIAL)).toBe("93.2 °F");
    expect(shown("skin_temperature_change_c", "°C", 0.5, IMPERIAL)).toBe("0.9 °F");
    expect(shown("distance_m", "m", 1609.344, IMPERIAL)).toBe("1.00 mi");
  });

  it("may be times of day, before midnight too", () => {
    expect(shown("midsleep_s", "clock_s", 8865)).toBe("02:27");
    expect(shown("midsleep_s", "clock_s", -1800)).toBe("23:30");
  });

  it("may be one of several words", () => {
    const status = { key: "hrv_status", unit: "", choices: ["low", "balanced", "high"] };
    expect(joined(healthQuantity(status, 1, DEFAULTS))).toBe("Balanced");
  });

  it("change up and down", () => {
    expect(healthChange({ key: "resting_heart_rate_bpm", unit: "bpm" }, 8.2, DEFAULTS)).toBe("+8 bpm");
    expect(healthChange({ key: "hrv_night_z", unit: "SD" }, -2.34, DEFAULTS)).toBe("−2.3 SD");
  });
});
