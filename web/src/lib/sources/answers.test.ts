import { describe, expect, it } from "vitest";

import { answersOf, atOrigin, boundsOf, changesIn, linked, spoken, wrongIn, type Asked } from "./answers";

const field = (key: string, kind: string, rest: Partial<Asked> = {}): Asked => ({
  key,
  title: key,
  kind,
  help: "",
  required: false,
  choices: [],
  least: null,
  most: null,
  ...rest,
});
const FIELDS = [
  field("email", "text", { required: true }),
  field("password", "password", { required: true }),
  field("days", "switch", { default: true }),
  field("pause", "number", { default: 2, least: 0, most: 600 }),
  field("since", "day"),
];

describe("answers", () => {
  it("begin with what is held, else with the default", () => {
    expect(answersOf(FIELDS)).toEqual({ email: "", password: "", days: "true", pause: "2", since: "" });
    expect(answersOf(FIELDS, { days: false, pause: 0, since: "2026-01-02" })).toMatchObject({
      days: "false",
      pause: "0",
      since: "2026-01-02",
    });
  });

  it("hold an address to come back to as this browser reaches it, unless the server has one", () => {
    const [own, said] = ["/sources/callback", "https://home.example/sources/callback"];
    const fields = [
      field("back", "callback", { default: own }),
      field("public", "callback", { default: said }),
      field("note", "text", { default: "/x" }),
    ];
    expect(answersOf(atOrigin(fields, "http://pi.lan:81"))).toEqual({
      back: "http://pi.lan:81/sources/callback",
      public: said,
      note: "/x",
    });
  });

  it("say what is missing and what is out of bounds", () => {
    expect(Object.keys(wrongIn(FIELDS, answersOf(FIELDS)))).toEqual(["email", "password"]);
    const typed = { ...answersOf(FIELDS), email: "a@b", password: "x" };
    expect(wrongIn(FIELDS, typed)).toEqual({});
    expect(wrongIn(FIELDS, { ...typed, pause: "601" }).pause).toContain("0 to 600");
    expect(wrongIn(FIELDS, { ...typed, pause: "soon" })).toHaveProperty("pause");
    expect(wrongIn(FIELDS, { ...typed, pause: "0,5" })).toEqual({});
    expect(boundsOf(field("n", "number", { least: 1 }))).toBe("at least 1");
  });

  it("are sent without what is not said, a password as it was typed", () => {
    expect(spoken(FIELDS, { email: " a@b ", password: " x ", days: "true", pause: "", since: "" })).toEqual({
      email: "a@b",
      password: " x ",
      days: "true",
    });
  });

  it("change only what was changed, as what it is", () => {
    const held = { days: true, pause: 2, since: "2026-01-02" };
    const before = answersOf(FIELDS, held);
    expect(changesIn(FIELDS, before, held)).toEqual({});
    expect(changesIn(FIELDS, { ...before, days: "false", pause: "0,5", since: "" }, held)).toEqual({
      days: false,
      pause: 0.5,
      since: null,
    });
  });

  it("make links of addresses alone", () => {
    expect(linked("Open https://sso.example.com/a?b=c in it, sign in.")).toEqual([
      { text: "Open ", href: null },
      { text: "sso.example.com", href: "https://sso.example.com/a?b=c" },
      { text: " in it, sign in.", href: null },
    ]);
    expect(linked("See https://a.example.")).toEqual([
      { text: "See ", href: null },
      { text: "a.example", href: "https://a.example" },
      { text: ".", href: null },
    ]);
    expect(linked("javascript:alert(1)")).toEqual([{ text: "javascript:alert(1)", href: null }]);
  });
});
