import { describe, expect, it } from "vitest";

import { DEFAULTS } from "./preferences";
import { planOf, scheduleOf, scheduleWords, USUAL } from "./schedules";

describe("schedules", () => {
  it("are read and written back as they were", () => {
    for (const schedule of [null, "every 6h", "every 744h", "0 */6 * * *", "15 4 * * 1-5"]) expect(scheduleOf(planOf(schedule))).toBe(schedule);
  });

  it("tell days in hours, and leave alone what is neither", () => {
    expect(planOf("every 2d")).toMatchObject({ mode: "every", hours: "48" });
    expect(planOf("every 30m")).toMatchObject({ mode: "cron", cron: "every 30m" });
    expect(scheduleWords("every 30m", DEFAULTS)).toBe("every 30m");
  });

  it("are not written where they can not be", () => {
    for (const hours of ["0", "745", "1.5", "", "x"]) expect(scheduleOf({ ...USUAL, mode: "every", hours })).toBeUndefined();
    expect(scheduleOf({ ...USUAL, mode: "cron", cron: "  " })).toBeUndefined();
    expect(scheduleOf({ ...USUAL, mode: "cron", cron: " 0  5 * * * " })).toBe("0 5 * * *");
  });

  it("are said in words where there are short ones", () => {
    expect(scheduleWords(null, DEFAULTS)).toBe("By hand");
    expect(scheduleWords("every 1h", DEFAULTS)).toBe("Every hour");
    expect(scheduleWords("0 */6 * * *", DEFAULTS)).toBe("Every 6 hours");
    expect(scheduleWords("30 5 * * *", DEFAULTS)).toBe("Every day at 05:30");
    // Every seven hours of a day is not every seven hours.
    expect(scheduleWords("0 */7 * * *", DEFAULTS)).toBe("0 */7 * * *");
    expect(scheduleWords("15 4 * * 1-5", DEFAULTS)).toBe("15 4 * * 1-5");
  });
});
