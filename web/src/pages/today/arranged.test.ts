import { expect, test } from "vitest";

import { CARDS, columnsOf } from "./arranged";

const usual = CARDS.map(({ key }) => key);

test("a phone has one column in the usual order, a wide screen two that hold the same", () => {
  expect(columnsOf([], [], false)).toEqual([usual]);
  expect(columnsOf([], [], true)).toEqual([
    ["body", "last", "fitness", "year"],
    ["needs", "week", "next", "new", "memories"],
  ]);
});

test("cards follow the chosen order, others after them, and hidden ones are gone", () => {
  expect(columnsOf(["week", "gone", "last"], ["body", "health_hint"], false)[0]?.slice(0, 3)).toEqual([
    "week",
    "last",
    "needs",
  ]);
});
