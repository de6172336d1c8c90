import { describe, expect, it } from "vitest";

import { chosenOf, fileOf, lastSaid, namedIn } from "./edits";

describe("choices", () => {
  const said = (field: string, value: unknown, undone = false) => ({ verb: "set", field, value, undone });
  it("are the last that hold", () => {
    const chosen = chosenOf([
      said("prefer:*", "aa:0"),
      said("prefer:power_w", "bb:0"),
      said("prefer:*", "cc:0", true),
      said("name", "x:0"),
    ]);
    expect([...chosen]).toEqual([
      ["*", "aa"],
      ["power_w", "bb"],
    ]);
    expect(chosenOf([said("prefer:*", "aa:0"), said("prefer:*", null)]).size).toBe(0);
  });

  it("name the recordings that they join, not those of which they lift a word", () => {
    expect(namedIn(["ab:0", ["cd:0", "ab:0"]])).toEqual(["ab:0"]);
    expect(namedIn("ab:0")).toEqual([]);
  });

  it("name files, and the last word of a kind is found", () => {
    expect(fileOf("ab:12")).toBe("ab");
    const edits = [
      { ...said("a", 1), verb: "join" },
      { ...said("b", 1, true), verb: "part" },
    ];
    expect(lastSaid(edits, ["join", "part"])?.field).toBe("a");
    expect(lastSaid(edits, ["part"])).toBeUndefined();
  });
});
