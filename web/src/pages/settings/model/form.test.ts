import { describe, expect, it } from "vitest";

import { answersOf, bodyOf } from "./form";

describe("the form of the language model", () => {
  it("sends what was there, and the key only if one is typed", () => {
    const same = {
      url: "http://127.0.0.1:1234/v1",
      kind: "openai" as const,
      output: "tool" as const,
      models: [{ name: "small", price_in: 0.1, price_out: 0.4 }],
      tokens_a_day: null,
      usd_a_day: 0.5,
      keep_days: 7,
      names: true,
      timeout_s: 120,
    };
    const settings = { ...same, has_key: true };
    expect(bodyOf(answersOf(settings))).toEqual({ ...same, kind: null, key: null });
    expect(bodyOf({ ...answersOf(settings), key: "secret", models: "large, small" }).models).toEqual([
      { name: "large", price_in: null, price_out: null },
      { name: "small", price_in: 0.1, price_out: 0.4 },
    ]);
  });

  it("has a budget from the start", () => {
    expect(bodyOf({ ...answersOf(null), url: " http://x/v1 ", usd: "0,5" })).toMatchObject({
      url: "http://x/v1",
      tokens_a_day: 200_000,
      usd_a_day: 0.5,
    });
  });
});
