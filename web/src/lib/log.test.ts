import { describe, expect, it } from "vitest";

import { byRun } from "./log";

describe("lines of a log", () => {
  it("are grouped by run in their order, and what belongs to none stands alone", () => {
    const lines = ["2", "2", null, null, "1", "1", "1", "2"].map((run, id) => ({ id, run }));
    expect(byRun(lines).map((group) => group.map(({ id }) => id))).toEqual([[0, 1], [2], [3], [4, 5, 6], [7]]);
    expect(byRun([])).toEqual([]);
  });
});
