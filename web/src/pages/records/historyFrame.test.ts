import { describe, expect, it } from "vitest";

import type { RecordHistory } from "@/api/training/history";
import { historyFrame } from "./historyFrame";

const step = (day: string, value: number, per_kg: number | null) => ({
  ...{ day, value, per_kg, activity: `a${day}`, name: "Ride", start_s: 0 },
  ...{ gain: null, held_days: null },
});
const HISTORY: RecordHistory = {
  name: "ride",
  kind: "power",
  size: 1200,
  unit: "W",
  steps: [step("2026-01-05", 200, null), step("2026-03-01", 240, 3)],
  months: [
    { month: "2026-01", day: "2026-01-05", value: 200, per_kg: null, activity: "a" },
    { month: "2026-02", day: "2026-02-10", value: 190, per_kg: 2.4, activity: "b" },
    { month: "2026-03", day: "2026-03-01", value: 240, per_kg: 3, activity: "c" },
  ],
};

describe("the history of a record", () => {
  it("holds each best until the next and up to today", () => {
    const { x, lines } = historyFrame(HISTORY, "2026-04-01", false);
    expect(x.values).toEqual(["2026-01-05", "2026-02-10", "2026-03-01", "2026-04-01"]);
    expect(lines[0]?.values).toEqual([200, 200, 240, 240]);
    expect(lines[1]?.values).toEqual([200, 190, 240, null]);
    expect(lines[1]?.links).toEqual(["a", "b", "c", null]);
  });
  it("is of W/kg where the weight is known", () => {
    const { lines } = historyFrame(HISTORY, "2026-03-01", true);
    expect(lines.map(({ values, unit }) => [unit, values])).toEqual([
      ["W/kg", [null, null, 3]],
      ["W/kg", [null, 2.4, 3]],
    ]);
  });
  it("tells a time over a distance as one", () => {
    expect(historyFrame({ ...HISTORY, unit: "s" }, "2026-03-01", false).lines[0]?.unit).toBe("time");
  });
});
