import { describe, expect, it } from "vitest";

import { moved, ordered } from "./order";

describe("a list in an order", () => {
  it("has one item moved, as far as it goes", () => {
    expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
    expect(moved(["a", "b", "c"], 2, -1)).toEqual(["a", "c", "b"]);
    expect(moved(["a", "b", "c"], 2, 1)).toEqual(["a", "b", "c"]);
    expect(moved(["a", "b", "c"], 0, -1)).toEqual(["a", "b", "c"]);
    expect(moved([], 0, 1)).toEqual([]);
  });

  it("has what the order names first, and the others as they stood", () => {
    const keyOf = (one: string): string => one;
    expect(ordered(["a", "b", "c", "d"], ["d", "b", "gone"], keyOf)).toEqual(["d", "b", "a", "c"]);
    expect(ordered(["a", "b"], [], keyOf)).toEqual(["a", "b"]);
  });
});
