import { describe, expect, it } from "vitest";

import { ownKinds } from "./curves";

const KINDS = ["heart_rate", "power", "pace", "speed", "cadence", "grade"];

describe("charts of one activity", () => {
  it("are of what was recorded, with a pace or a speed", () => {
    const channels = ["heart_rate_bpm", "speed_mps", "altitude_m"];
    expect(ownKinds("histogram", KINDS, "pace", channels)).toEqual(["heart_rate", "pace", "grade"]);
    expect(ownKinds("histogram", KINDS, "speed", channels)).toEqual(["heart_rate", "speed", "grade"]);
    expect(ownKinds("heart_relation", ["power", "pace"], "speed", [...channels, "power_w"])).toEqual(["power"]);
    expect(ownKinds("heart_relation", ["power", "pace"], "pace", ["speed_mps", "power_w"])).toEqual([]);
  });

  it("show what they do not know of, for a server that has more", () => {
    expect(ownKinds("new", ["one"], "speed", [])).toEqual(["one"]);
  });
});
