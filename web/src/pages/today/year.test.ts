import { expect, test } from "vitest";

import { cellOf, dayAt, monthsOf, shadeOf } from "./year";

test("every day has a cell of its own, and a press on it finds the day again", () => {
  const cells = Array.from({ length: 371 }, (_, day) => cellOf(day));
  expect(new Set(cells.map(({ column, row }) => `${column} ${row}`)).size).toBe(371);
  cells.forEach(({ column, row }, day) => {
    expect(dayAt(column + 0.5, row + 0.5, 371)).toBe(day);
  });
});

test("beside the days there is none", () => {
  expect(dayAt(-0.5, 1, 371)).toBeNull();
  expect(dayAt(0.5, -0.5, 371)).toBeNull();
  expect(dayAt(0.5, 7.2, 371)).toBeNull();
  expect(dayAt(52.5, 6.5, 368)).toBeNull();
});

test("a day is darker the more load it had, and never blank with some", () => {
  const levels = [12, 30, 60, 90];
  expect([0, 1, 12, 30, 75, 400].map((load) => shadeOf(load, levels))).toEqual([0, 1, 1, 2, 3, 4]);
});

test("months are named where they begin, but for the last one without room", () => {
  expect(monthsOf("2026-01-26", 40)).toEqual([{ week: 0, day: "2026-02-01" }]);
});
