import { describe, expect, it } from "vitest";

import { cost, messagesOf, readable } from "./words";

describe("what was sent", () => {
  it("is read as messages", () => {
    const sent = JSON.stringify({
      messages: [
        { role: "user", content: '{"a":1}' },
        { role: "assistant", tool: 1 },
      ],
    });
    expect(messagesOf(sent)).toEqual([
      { role: "user", content: '{"a":1}' },
      { role: "assistant", content: '{"role":"assistant","tool":1}' },
    ]);
    expect(messagesOf("no JSON")).toEqual([]);
    expect(messagesOf('{"messages":7}')).toEqual([]);
  });

  it("is laid out where it is JSON", () => {
    expect(readable('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
    expect(readable("Plain words.")).toBe("Plain words.");
    expect(readable("12")).toBe("12");
  });
});

describe("what a call took", () => {
  it("says what is known", () => {
    const nothing = { tokens_in: null, tokens_out: null, usd: null, ms: null };
    expect(cost(nothing)).toBe("");
    expect(cost({ ...nothing, tokens_in: 200, tokens_out: 50, ms: 1234 })).toBe(
      "200 tokens sent, 50 answered · 1.2\u00a0s",
    );
    expect(cost({ ...nothing, usd: 0.0004 })).toContain("0.0004");
  });
});
