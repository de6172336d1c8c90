import { describe, expect, it } from "vitest";

import { LANGUAGES, ownName, type Catalogue } from "@/lib/language";
import { ENGLISH, isUsed } from "@/lib/texts/english";

const FILES = Object.entries(import.meta.glob<Catalogue>("./*.json", { import: "default", eager: true }));
/** A language is offered when so many of its texts are translated. */
const ENOUGH = 0.95;

/** The names in braces of a text; a count may be left out, as where a word says it, or be said twice. */
function names(text: string): string[] {
  return [...new Set(text.match(/\{\w+\}/g))].filter((name) => name !== "{count}").sort();
}

describe.each(FILES)("translations: %s", (_path, texts) => {
  it("are of texts that there are", () => {
    expect(Object.keys(texts).filter((text) => !isUsed(text))).toEqual([]);
  });

  it("fill in what the English text fills in", () => {
    const wrong = Object.entries(texts).filter(
      ([text, said]) =>
        said !== "" && JSON.stringify(names(said)) !== JSON.stringify(names(text.replace(/^\[[\w.-]+\] /, ""))),
    );
    expect(wrong).toEqual([]);
  });

  it("are as good as complete", () => {
    const english = new Set(ENGLISH.map(([, text]) => text));
    const missing = [...english].filter((text) => !texts[text]);
    expect(missing.length / english.size, missing.slice(0, 20).join("\n")).toBeLessThan(1 - ENOUGH);
  });
});

describe("English", () => {
  it("has only names in braces that can be filled in", () => {
    const braces = ENGLISH.filter(([, text]) => /\{\{|\}\}|\{\w+[^\w}]\S*\}/.test(text));
    expect(braces).toEqual([]);
  });
});

describe("languages", () => {
  it("are the files of translations and English, by their own names", () => {
    expect(LANGUAGES).toHaveLength(FILES.length + 1);
    expect(LANGUAGES).toContain("en");
    expect(["de", "fr", "ja"].map(ownName)).toEqual(["Deutsch", "Français", "日本語"]);
  });
});
