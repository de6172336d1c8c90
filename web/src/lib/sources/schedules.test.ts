import { describe, expect, it } from "vitest";

import { DEFAULTS } from "@/lib/preferences";
import { bounds, planOf, scheduleOf, scheduleWords, USUAL } from "./schedules";

const QUARTER_MS = 15 * 60_000;

describe("schedules", () => {
  it("are read and written back as they were", () => {
    for (const schedule of [null, "every 6h", "every 744h", "every 15m", "every 90m", "0 */6 * * *", "15 4 * * 1-5"])
      expect(scheduleOf(planOf(schedule), QUARTER_MS)).toBe(schedule);
  });

  it("tell days in hours, and leave alone what is neither", () => {
    expect(planOf("every 2d")).toMatchObject({ mode: "every", count: "48", unit: "h" });
    expect(planOf("every 30 minutes")).toMatchObject({ mode: "every", count: "30", unit: "m" });
    expect(planOf("every blue moon")).toMatchObject({ mode: "cron", cron: "every blue moon" });
  });

  it("are not written where they can not be", () => {
    for (const count of ["0", "745", "1.5", "", "x"])
      expect(scheduleOf({ ...USUAL, mode: "every", count }, QUARTER_MS)).toBeUndefined();
    expect(scheduleOf({ ...USUAL, mode: "every", count: "14", unit: "m" }, QUARTER_MS)).toBeUndefined();
    expect(scheduleOf({ ...USUAL, mode: "every", count: "1", unit: "m" }, 60_000)).toBe("every 1m");
    expect([bounds("h", QUARTER_MS), bounds("m", QUARTER_MS), bounds("m", 60_000)]).toEqual([
      [1, 744],
      [15, 44_640],
      [1, 44_640],
    ]);
    expect(scheduleOf({ ...USUAL, mode: "cron", cron: "  " }, QUARTER_MS)).toBeUndefined();
    expect(scheduleOf({ ...USUAL, mode: "cron", cron: " 0  5 * * * " }, QUARTER_MS)).toBe("0 5 * * *");
  });

  it("are said in words where there are short ones", () => {
    expect(scheduleWords(null, DEFAULTS)).toBe("Manual");
    expect(scheduleWords("every 1h", DEFAULTS)).toBe("Every hour");
    expect(scheduleWords("every 1m", DEFAULTS)).toBe("Every minute");
    expect(scheduleWords("every 5m", DEFAULTS)).toBe("Every 5 minutes");
    expect(scheduleWords("0 */6 * * *", DEFAULTS)).toBe("Every 6 hours");
    expect(scheduleWords("30 5 * * *", DEFAULTS)).toBe("Every day at 05:30");
    // Every seven hours of a day is not every seven hours.
    expect(scheduleWords("0 */7 * * *", DEFAULTS)).toBe("0 */7 * * *");
    expect(scheduleWords("15 4 * * 1-5", DEFAULTS)).toBe("15 4 * * 1-5");
  });
});
