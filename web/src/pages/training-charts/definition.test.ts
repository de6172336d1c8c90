import { describe, expect, it } from "vitest";

import type { FrameBody } from "@/lib/charts/frames";
import { DEFAULTS } from "@/lib/preferences";
import { inUnits, USUAL, usualName } from "./definition";

const frame = (unit: string, values: number[]): FrameBody => ({
  key: "custom",
  title: "",
  x: { scale: "linear", unit, label: "", values },
  lines: [],
  bands: [],
  notes: [],
  details: {},
});

describe("charts of one's own", () => {
  it("turn the metric below into the athlete's units", () => {
    expect(inUnits(frame("m", [1000, 42_195]), null, DEFAULTS).x).toMatchObject({ unit: "km", values: [1, 42.195] });
    expect(inUnits(frame("s", [1800]), null, DEFAULTS).x).toMatchObject({ unit: "h", values: [0.5] });
    const imperial = { ...DEFAULTS, units: "imperial" as const };
    expect(inUnits(frame("m", [1609.344]), null, imperial).x).toMatchObject({ unit: "mi", values: [1] });
  });
  it("keep the order of what lies below: no pace, which falls as speed rises", () => {
    const { x } = inUnits(frame("m/s", [2, 3, 4]), "run", DEFAULTS);
    expect(x.values.map(Number)).toEqual([...x.values].map(Number).sort((a, b) => a - b));
  });
  it("leave time as it is", () => {
    const dated: FrameBody = { ...frame("", []), x: { scale: "date", unit: "", label: "", values: ["2026-01-01"] } };
    expect(inUnits(dated, null, DEFAULTS)).toBe(dated);
  });
  it("have a name without one", () => {
    const value = { key: "distance_m", name: "Distance", unit: "m", decimals: 0, fold: "sum", lower_is_better: false };
    expect(usualName(USUAL, [{ ...value, fold: "sum" }])).toBe("Distance · Week");
    expect(usualName({ ...USUAL, x: "rpe" }, [{ ...value, fold: "sum" }])).toBe("Distance · rpe");
  });
});
