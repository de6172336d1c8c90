import { describe, expect, it } from "vitest";

import { DEFAULTS } from "@/lib/preferences";
import { piecesOf, stepOf, valueNear } from "./courses";
import { localTime, nightSpan, stageAt } from "./night";

const COURSE = { time_ms: [0, 60, 120, 180, 600, 660], values: [1, 2, null, 4, 5, 6] };

describe("courses of a day", () => {
  it("have a usual step", () => {
    expect(stepOf(COURSE.time_ms)).toBe(60);
  });

  it("break where nothing was measured for long", () => {
    expect(piecesOf(COURSE).map((piece) => piece.map(({ value }) => value))).toEqual([
      [1, 2, 4],
      [5, 6],
    ]);
  });

  it("have a value near an instant", () => {
    expect(valueNear(COURSE, 70)).toBe(2);
    expect(valueNear(COURSE, 130)).toBeNull();
    expect(valueNear(COURSE, 400)).toBeNull();
    expect(valueNear({ time_ms: [], values: [] }, 0)).toBeNull();
  });
});

describe("nights", () => {
  it("last from one local time to another", () => {
    expect(nightSpan("2026-11-30T23:40:00+01:00", "2026-12-01T06:30:00+01:00", DEFAULTS)).toBe("Mon 23:40 – Tue 06:30");
    expect(localTime(Date.UTC(2026, 0, 1, 23), 7200)).toBe("2026-01-02T01:00:00");
  });

  it("have a stage at an instant", () => {
    const stages = [{ start_ms: 0, end_ms: 10, stage: "deep" as const }];
    expect(stageAt(stages, 9)).toBe("deep");
    expect(stageAt(stages, 10)).toBeNull();
  });
});
