import { describe, expect, it } from "vitest";

import { wordDiff } from "./wordDiff";

const side = (pieces: ReturnType<typeof wordDiff>, kind: "gone" | "new"): string =>
  pieces
    .filter((piece) => piece.kind === "same" || piece.kind === kind)
    .map(({ text }) => text)
    .join("");

describe("wordDiff", () => {
  it("keeps the words in common", () => {
    expect(wordDiff("Morning Run", "Morning ride")).toEqual([
      { kind: "same", text: "Morning " },
      { kind: "gone", text: "Run" },
      { kind: "new", text: "ride" },
    ]);
  });

  it("does not keep the mere space between words that change", () => {
    expect(wordDiff("Run i1", "Dawn patrol")).toEqual([
      { kind: "gone", text: "Run i1" },
      { kind: "new", text: "Dawn patrol" },
    ]);
  });

  it("tells an empty text and one that stays", () => {
    expect(wordDiff("", "Long run")).toEqual([{ kind: "new", text: "Long run" }]);
    expect(wordDiff("Same here", "Same here")).toEqual([{ kind: "same", text: "Same here" }]);
    expect(wordDiff("", "")).toEqual([]);
  });

  it("holds both texts whole, whatever they are", () => {
    const texts = ["", "a", "a b c", "b  c\nd", "c a b", "x ".repeat(40), "a b c d e f", "Ünïcode 🏃 run"];
    for (const before of texts) {
      for (const after of texts) {
        const pieces = wordDiff(before, after);
        expect(side(pieces, "gone")).toBe(before);
        expect(side(pieces, "new")).toBe(after);
      }
    }
  });

  it("sets very long texts against each other whole", () => {
    const [before, after] = ["a ".repeat(2000), "b ".repeat(2000)];
    expect(wordDiff(before, after)).toEqual([
      { kind: "gone", text: before },
      { kind: "new", text: after },
    ]);
  });
});
