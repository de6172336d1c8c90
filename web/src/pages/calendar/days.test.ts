import { describe, expect, it } from "vitest";

import { dayInMonth, isMonth, keyDay, monthsDown, stepped, sumOf, weeksOf } from "./days";

describe("the calendar", () => {
  it("steps over the ends of years", () => {
    expect(stepped("2026-12", 1)).toBe("2027-01");
    expect(stepped("2026-01", -1)).toBe("2025-12");
    expect(stepped("2026-11", -11)).toBe("2025-12");
    expect(monthsDown("2025-11", "2026-02")).toEqual(["2026-02", "2026-01", "2025-12", "2025-11"]);
  });

  it("knows a month by its name", () => {
    expect(["2026-11", "1999-01"].every(isMonth)).toBe(true);
    expect(["2026-13", "2026-1", "1821-05", "2026", "2026-11-20", ""].some(isMonth)).toBe(false);
  });

  it("lays whole weeks that hold every day of the month once", () => {
    for (const month of monthsDown("2023-12", "2027-03")) {
      for (const first of ["monday", "sunday"] as const) {
        const weeks = weeksOf(month, first);
        const inside = weeks.flat().filter((day) => day.startsWith(month));
        expect(inside[0]).toBe(`${month}-01`);
        expect(new Set(inside).size).toBe(
          new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate(),
        );
        for (const week of weeks) {
          expect(week).toHaveLength(7);
          expect(week.some((day) => day.startsWith(month))).toBe(true);
          expect(new Date(`${week[0] ?? ""}T00:00:00Z`).getUTCDay()).toBe(first === "monday" ? 1 : 0);
        }
      }
    }
  });

  it("moves by keys, and keeps to days that there are", () => {
    expect(keyDay("ArrowRight", "2026-12-31", "monday")).toBe("2027-01-01");
    expect(keyDay("ArrowUp", "2026-11-05", "monday")).toBe("2026-10-29");
    expect(keyDay("Home", "2026-11-19", "monday")).toBe("2026-11-16");
    expect(keyDay("End", "2026-11-19", "sunday")).toBe("2026-11-21");
    expect(keyDay("PageDown", "2026-01-31", "monday")).toBe("2026-02-28");
    expect(keyDay("PageUp", "2028-03-30", "monday")).toBe("2028-02-29");
    expect(keyDay("x", "2026-11-19", "monday")).toBeNull();
    expect(dayInMonth("2026-11-19", 0)).toBe("2026-11-19");
  });

  it("sums what was measured, and nothing else", () => {
    expect(
      sumOf([
        { moving_s: 60, elapsed_s: 90, distance_m: null },
        { moving_s: null, elapsed_s: 30, distance_m: 1000 },
      ]),
    ).toEqual({ count: 2, seconds: 90, metres: 1000 });
  });
});
