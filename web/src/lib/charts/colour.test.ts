import { expect, it } from "vitest";

import { quantiles, ramp } from "./colour";

const lightness = (rgb: string): number => {
  const [r = 0, g = 0, b = 0] = [...rgb.matchAll(/\d+/g)].map(([part]) => (Number(part) / 255) ** 2.2);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

it.each(["light", "dark", "both"] as const)(
  "a ramp only gets lighter on %s ground, so that it reads without hue",
  (ground) => {
    const steps = Array.from({ length: 21 }, (_, i) => lightness(ramp(i / 20, ground)));
    for (let i = 1; i < steps.length; i++) expect(steps[i]).toBeGreaterThan(steps[i - 1] ?? 0);
    expect(ramp(-1, ground)).toBe(ramp(0, ground));
  },
);

it("finds quantiles past gaps", () => {
  expect(quantiles([null, 3, 1, Number.NaN, 2], [0, 0.5, 1])).toEqual([1, 2, 3]);
  expect(quantiles([null], [0.5])).toEqual([Number.NaN]);
});
