import { expect, test } from "vitest";

import { clock, minutes } from "./hours";

test("minutes of the day and back", () => {
  expect([clock(0), clock(7 * 60 + 5), clock(1439), clock(null)]).toEqual(["00:00", "07:05", "23:59", null]);
  expect([minutes("00:00"), minutes("07:05"), minutes("23:59"), minutes("")]).toEqual([0, 425, 1439, null]);
});
