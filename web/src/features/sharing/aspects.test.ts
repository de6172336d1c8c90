import { expect, test } from "vitest";

import { ASPECTS, takenBy, toggled } from "./aspects";

test("what goes with a hidden aspect can't be chosen, and comes back as it was", () => {
  const hidden = toggled(toggled([], "map"), "gear");
  expect(hidden).toEqual(["map", "gear"]);
  expect(takenBy("elevation", hidden)).toBe("map");
  expect(takenBy("laps", hidden)).toBeNull();
  expect(takenBy("calories", ["power"])).toBe("power");
  expect(toggled(hidden, "map")).toEqual(["gear"]);
  expect(new Set(ASPECTS).size).toBe(13);
});
