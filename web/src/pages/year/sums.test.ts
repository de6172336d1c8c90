import { describe, expect, it } from "vitest";

import type { FrameBody, FrameLine } from "@/lib/charts/frames";
import { biggest, changed } from "./sums";

const line = (values: (number | null)[]): FrameLine => ({
  key: "ride",
  label: "ride",
  unit: "s",
  values,
  style: "bar",
  axis: "left",
  decimals: 0,
  stack: "sum",
  colour: null,
  links: null,
});
const frame = (...lines: FrameLine[]): FrameBody => ({
  key: "volume",
  title: "",
  x: { scale: "category", unit: "week", label: "", values: ["a", "b", "c"] },
  lines,
  bands: [],
  notes: [],
  details: {},
});

describe("a year's sums", () => {
  it("find where everything together was most", () => {
    expect(biggest(frame(line([1, 2, 3]), line([null, 5, 1])))).toEqual({ at: 1, sum: 7 });
    expect(biggest(frame(line([0, 0, null])))).toBeNull();
  });

  it("are told against the year before, where there was one", () => {
    expect(changed(110, 100, 2024)).toBe("10% more than in 2024");
    expect(changed(50, 100, 2024)).toBe("50% less than in 2024");
    expect(changed(100, 100, 2024)).toBe("same as in 2024");
    expect(changed(50, 0, 2024)).toBe("");
    expect(changed(500, 10, 2024)).toBe("");
    expect(changed(50, undefined, 2024)).toBe("");
  });
});
