import { describe, expect, it } from "vitest";

import { daysFrom, gapAt, inOrder, monthsOf, runsOf, yearsOf } from "./gaps";

const row = (states: string) => ({ kind: "sleep", title: "Sleep", states });

describe("gaps", () => {
  it("read a letter for a day, and what is not told as unknown", () => {
    expect([0, 1, 2, 3, 4, 5, 6].map((day) => gapAt(row("hnwfg."), day))).toEqual([
      "have",
      "nothing",
      "wanted",
      "failed",
      "gone",
      "unknown",
      "unknown",
    ]);
    expect(gapAt(undefined, 0)).toBe("unknown");
  });

  it("join days alike into runs that carry every day once", () => {
    expect(runsOf([row("hhn.wh")], "2026-02-27")).toEqual([
      { title: "Sleep", from: "2026-02-27", to: "2026-02-28", days: 2, gap: "have" },
      { title: "Sleep", from: "2026-03-01", to: "2026-03-01", days: 1, gap: "nothing" },
      { title: "Sleep", from: "2026-03-03", to: "2026-03-03", days: 1, gap: "wanted" },
      { title: "Sleep", from: "2026-03-04", to: "2026-03-04", days: 1, gap: "have" },
    ]);
    expect(runsOf([row("....")], "2026-01-01")).toEqual([]);
    expect(runsOf([row("hhhh")], "2026-01-01")).toHaveLength(1);
    expect(runsOf([row("")], "2026-01-01")).toEqual([]);
  });

  it("know the days of a year, its months, and the years between", () => {
    expect(daysFrom("2024-01-01", "2024-12-31")).toBe(366);
    expect(daysFrom("2026-03-28", "2026-03-30")).toBe(3);
    expect(monthsOf("2024-01-01", 366).map(({ day }) => day)).toEqual([
      0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335,
    ]);
    expect(yearsOf("2023-05-01", "2026-01-01")).toEqual([2026, 2025, 2024, 2023]);
    expect(yearsOf("2027-05-01", "2026-01-01")).toEqual([2026]);
  });

  it("turn a stretch that was drawn backwards", () => {
    expect(inOrder({ row: 1, since: 9, until: 4 })).toEqual({ row: 1, since: 4, until: 9 });
  });
});
