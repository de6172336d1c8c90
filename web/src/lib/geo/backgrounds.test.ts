import { describe, expect, it } from "vitest";

import { choiceOf, chosenOf, type Choice, type Known, type OwnFile } from "./backgrounds";

const OPEN: Known = {
  key: "open",
  kind: "raster",
  url: "https://t.example/{z}/{x}/{y}.png",
  attribution: "© all",
  more: "",
  sign_up: "",
};
const KEYED: Known = {
  key: "keyed",
  kind: "style",
  url: "https://k.example/s.json?key={key}",
  attribution: "",
  more: "f.example",
  sign_up: "https://k.example",
};
const KNOWN = [OPEN, KEYED];
const OWN: OwnFile = { url: "/api/maps/home%20town.pmtiles", attribution: "© all", problem: null };
const FILES = [OWN, { url: "/api/maps/torn.pmtiles", attribution: "", problem: "it ends too early" }];
const choice = (map: string, rest: Partial<Choice> = {}): Choice => ({
  map,
  key: "",
  url: "",
  attribution: "",
  more: "",
  ...rest,
});

describe("background maps", () => {
  it("are chosen with a click, with a key, or by an address, and found again from the settings", () => {
    const choices = [
      choice("none"),
      choice("open"),
      choice(OWN.url),
      choice("keyed", { key: "a b&c%" }),
      choice("raster", { url: "https://own.example/{z}/{x}/{y}", attribution: "me" }),
      choice("style", { url: "https://own.example/s.json", more: "fonts.example" }),
    ];
    for (const one of choices) {
      const chosen = chosenOf(one, KNOWN, FILES);
      expect(chosen && choiceOf(chosen, KNOWN)).toEqual(one);
    }
    expect(chosenOf(choice("keyed", { key: " a b&c " }), KNOWN, FILES)).toEqual({
      kind: "style",
      url: "https://k.example/s.json?key=a%20b%26c",
      attribution: null,
      more: "f.example",
    });
    expect(chosenOf(choice(OWN.url), KNOWN, FILES)).toEqual({
      kind: "pmtiles",
      url: OWN.url,
      attribution: "© all",
      more: null,
    });
  });

  it("are not there while a key, an address or a file is missing", () => {
    for (const one of [
      choice("keyed"),
      choice("keyed", { key: "  " }),
      choice("raster"),
      choice("style", { url: "own.example" }),
      choice("gone"),
      choice(FILES[1]?.url ?? ""),
    ]) {
      expect(chosenOf(one, KNOWN, FILES)).toBeNull();
    }
  });
});
