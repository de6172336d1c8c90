import { describe, expect, it } from "vitest";

import { isUsual, sentKinds } from "./sent";

const KINDS = [
  { key: "steps", private: false },
  { key: "weight_kg", private: false },
  { key: "menstruation", private: true },
];

describe("measures that are sent", () => {
  it("are all but the private ones, unless others are chosen", () => {
    expect(isUsual(new Set(["steps", "weight_kg"]), KINDS)).toBe(true);
    expect(sentKinds(new Set(["steps", "weight_kg"]), KINDS, ["steps"])).toBeNull();
    expect(isUsual(new Set(["steps", "weight_kg", "menstruation"]), KINDS)).toBe(false);
  });

  it("keep what was chosen before and is not shown", () => {
    expect(sentKinds(new Set(["steps"]), KINDS, ["spo2_avg_pct", "weight_kg"])).toEqual(["spo2_avg_pct", "steps"]);
    expect(sentKinds(new Set(), KINDS, ["steps"])).toEqual([]);
  });
});
