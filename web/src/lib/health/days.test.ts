import { describe, expect, it } from "vitest";

import { csvOf, daysAfter, erasOf, laidOut, weekMean, type DayValue } from "./days";

const day = (date: string, value: number, device: string | null = "1"): DayValue => ({
  day: date,
  value,
  source: "fit",
  device,
});

describe("days of a measure", () => {
  it("are counted over the change of summer time", () => {
    expect(daysAfter("2026-03-28", "2026-03-30")).toBe(2);
    expect(daysAfter("2026-10-24", "2026-10-26")).toBe(2);
  });

  it("are laid out with gaps", () => {
    const days = [day("2026-01-01", 5), day("2026-01-03", 7), day("2026-02-01", 9)];
    expect(laidOut(days, "2026-01-01", 4, ({ value }) => value)).toEqual([5, null, 7, null]);
  });

  it("have a mean of seven days where three of them are there", () => {
    expect(weekMean([1, 2, null, 3, null, null, null, null])).toEqual([null, null, null, 2, 2, 2, 2, null]);
  });

  it("belong to eras of devices", () => {
    const days = [day("2026-01-01", 1), day("2026-01-02", 1), day("2026-01-05", 1, "2")];
    expect(erasOf(days, "2026-01-09")).toEqual([
      { from: "2026-01-01", to: "2026-01-04", source: "fit", device: "1" },
      { from: "2026-01-05", to: "2026-01-09", source: "fit", device: "2" },
    ]);
  });

  it("are downloaded as CSV", () => {
    expect(csvOf("steps", [day("2026-01-01", 8000, 'a "b"')])).toBe(
      'day,steps,source,device\r\n2026-01-01,8000,fit,"a ""b"""\r\n',
    );
  });
});
