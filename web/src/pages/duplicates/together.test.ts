import { expect, test } from "vitest";

import { common, laidOver, type Recorded } from "./together";

const made = (after: number, length: number, columns: Recorded["columns"]): Recorded => ({
  after,
  time: Array.from({ length }, (_, i) => i),
  columns,
});

test("what began later lies further along", () => {
  const watch = made(0, 10, { heart_rate_bpm: [100, 101, 102, 103, 104, 105, 106, 107, 108, 109] });
  const unit = made(4, 3, { heart_rate_bpm: [200, 201, null] });
  const { seconds, first, second } = laidOver(watch, unit);
  expect(seconds).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(first.heart_rate_bpm).toEqual([100, 101, 102, 103, 104, 105, 106, 107, 108, 109]);
  expect(second.heart_rate_bpm).toEqual([null, null, null, null, 200, 201, null, null, null, null]);
});

test("hours come down to some hundred means", () => {
  const long = made(0, 8001, { power_w: Array.from({ length: 8001 }, (_, i) => i) });
  const { seconds, first } = laidOver(long, made(0, 1, {}));
  expect(seconds.length).toBe(401);
  expect(seconds.at(-1)).toBe(8000);
  expect(first.power_w?.[200]).toBeCloseTo(4000, -1);
});

test("channels that both have are shown, else what either has", () => {
  const wanted = ["heart_rate_bpm", "power_w", "speed_mps"];
  const watch = made(0, 2, { heart_rate_bpm: [100, 101], power_w: [null, null] });
  const unit = made(0, 2, { power_w: [200, 201], speed_mps: [3, 3] });
  expect(common(watch, unit, wanted)).toEqual(wanted);
  expect(common(watch, made(0, 2, { heart_rate_bpm: [99, 98], power_w: [5, 5] }), wanted)).toEqual(["heart_rate_bpm"]);
});

test("what is written now and then is a line, a long silence is not", () => {
  const seldom: Recorded = { after: 0, time: [0, 10, 200], columns: { heart_rate_bpm: [100, 110, 90] } };
  const { first } = laidOver(seldom, made(0, 1, {}));
  expect(first.heart_rate_bpm?.slice(0, 12)).toEqual([100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, null]);
  expect(first.heart_rate_bpm?.[199]).toBeNull();
});
