import { expect, it } from "vitest";

import { headlineSentence } from "./headline";

const part = (rule: string, text: string, ...values: number[]) => ({
  rule,
  text,
  why: "",
  numbers: values.map((value) => ({ name: "HRV", value, unit: "ms", topic: "health" as const, measure: null })),
});

// What the server says in English and what is translated are the same sentences.
it.each([
  part("optimal", "Productive: form +3.", 2.6),
  part("transition", "Losing fitness: form +21.", 21.4),
  part("hard_days", "3 hard days behind you.", 3),
  part("falling", "Fitness is slipping 4 points a week.", -4.2),
  part("rising_fast", "Fitness is rising fast, 8 points a week.", 8.3),
])("a sentence of the headline, by its rule: $rule", (said) => {
  expect(headlineSentence(said, "any other")).toBe(said.text);
});

it("a sentence that has no other words stays as the server says it", () => {
  expect(headlineSentence(part("race", "Gran fondo is tomorrow: form +5.", 1, 5), "de")).toBe(
    "Gran fondo is tomorrow: form +5.",
  );
});
