import { describe, expect, it } from "vitest";

import { byRun, folded } from "./log";

describe("lines of a log", () => {
  it("are grouped by run in their order, and what belongs to none stands alone", () => {
    const lines = ["2", "2", null, null, "1", "1", "1", "2"].map((run, id) => ({ id, run }));
    expect(byRun(lines).map((group) => group.map(({ id }) => id))).toEqual([[0, 1], [2], [3], [4, 5, 6], [7]]);
    expect(byRun([])).toEqual([]);
  });

  it("stand together where run after run brought nothing new", () => {
    const group = (id: number, ...quiet: boolean[]) => quiet.map((one) => ({ id, quiet: one }));
    const groups = [
      group(1, true, true),
      group(2, true, true),
      group(3, true, false),
      group(4, true),
      group(5, false),
      group(6, true),
    ];
    expect(folded(groups).map((part) => part.map((lines) => lines[0]?.id))).toEqual([[1, 2], [3], [4], [5], [6]]);
  });
});
