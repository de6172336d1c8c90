import { describe, expect, it } from "vitest";

import type { CorrectionField, CorrectionTool } from "@/api/types";
import { bodyOf, marksOf, withLap, withMark, type TypedLap } from "./values";

const plain = (): number => 1;
const field = (change: Partial<CorrectionField>): CorrectionField => ({
  key: "at",
  kind: "instant",
  label: "At",
  unit: "s",
  least: 0,
  most: 0,
  choices: [],
  required: true,
  ...change,
});
const tool = (...fields: CorrectionField[]): CorrectionTool => ({
  key: "split",
  title: "Split",
  help: "",
  fields,
  lacks: null,
  suggested: {},
});
const laps: TypedLap[] = [
  { at: "0:00", label: "warm_up" },
  { at: "10:00", label: "" },
];

describe("a lap drawn on the chart", () => {
  it("lies between its ends, and what was under way goes on after it", () => {
    expect(withLap(laps, 360, 120)).toEqual([
      { at: "0:00", label: "warm_up" },
      { at: "2:00", label: "" },
      { at: "6:00", label: "warm_up" },
      { at: "10:00", label: "" },
    ]);
  });

  it("takes up the starts that it is drawn over", () => {
    expect(withLap(laps, 540, 660).map(({ at }) => at)).toEqual(["0:00", "9:00", "11:00"]);
    expect(withLap(laps, 0, 600).map(({ at, label }) => [at, label])).toEqual([
      ["0:00", ""],
      ["10:00", ""],
    ]);
  });

  it("is none without a length", () => {
    expect(withLap(laps, 100, 100)).toEqual(laps);
  });
});

describe("a mark", () => {
  it("is where a time is typed, and typing follows it", () => {
    const [instant, starts] = [field({}), field({ key: "laps", kind: "laps" })];
    expect(marksOf(instant, "1:30")).toEqual([90]);
    expect(marksOf(starts, laps)).toEqual([0, 600]);
    expect(withMark(instant, "1:30", 0, 95)).toBe("1:35");
    expect(withMark(starts, laps, 1, 605)).toEqual([laps[0], { at: "10:05", label: "" }]);
  });
});

describe("what is sent", () => {
  const optional = field({ key: "sport", kind: "choice", required: false });

  it("leaves out a choice that need not be made, and waits for one that must", () => {
    expect(bodyOf(tool(field({}), optional), { at: "2:00", sport: "" }, plain)).toEqual({
      correction: "split",
      values: { at: 120 },
    });
    expect(bodyOf(tool({ ...optional, required: true }), { sport: "" }, plain)).toBeNull();
  });
});
