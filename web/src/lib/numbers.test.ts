import { expect, it } from "vitest";

import { readDuration, readNumber } from "./numbers";

it.each([
  ["1:05:30", 3930],
  ["45:00", 2700],
  ["90", 5400],
  ["7,5", 450],
  ["1:75", Number.NaN],
  ["", Number.NaN],
  ["soon", Number.NaN],
  ["1:2:3:4", Number.NaN],
  ["-5", Number.NaN],
])("reads the duration %j as %s", (typed, seconds) => {
  expect(readDuration(typed)).toBe(seconds);
});

it.each([
  ["12,5", 12.5],
  ["0", 0],
  [" ", null],
  ["-1", Number.NaN],
  ["ten", Number.NaN],
])("reads the number %j as %s", (typed, value) => {
  expect(readNumber(typed)).toBe(value);
});
