import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { codes } from "@/lib/texts/codes";
import { common } from "@/lib/texts/common";
import { ROOMS } from "@/lib/texts/english";
import { known, many, t } from "./text";

const TEXTS: Record<string, Readonly<Record<string, string>>> = { ...ROOMS, "/src/": common, codes };
const ALL = Object.values(TEXTS).flatMap((texts) => Object.entries(texts));

const CODE = Object.entries(
  import.meta.glob<string>(["/src/**/*.{ts,tsx}", "!/src/**/text.ts", "!/src/lib/texts/*", "!/src/**/*.test.ts"], {
    query: "?raw",
    import: "default",
    eager: true,
  }),
);
/** Keys that end in a state of the server. */
const BUILT = /^(batch|status)\./;

const BANNED = readFileSync(new URL("../../../tests/house/words.txt", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => new RegExp(`\\b${line.replaceAll("*", "\\w*")}\\b`, "i"));

describe("text", () => {
  it("fills in names and counts", () => {
    expect(t("app.signed_in_as", { name: "Maria" })).toBe("Signed in as Maria");
    expect(many("activities.count", 1)).toBe("1 activity");
    expect(many("activities.count", 12)).toBe("12 activities");
  });

  it("knows the codes of the server", () => {
    expect(known("sport", "cycling")).toBe("Ride");
    expect(known("sport", "of another kind")).toBeUndefined();
  });

  it.each(Object.keys(TEXTS).filter((room) => room !== "codes"))("is shown in its room: %s", (room) => {
    const code = CODE.filter(([path]) => path.startsWith(room))
      .map(([, text]) => text)
      .join();
    const idle = Object.keys(TEXTS[room] ?? {}).filter(
      (key) => !BUILT.test(key) && !code.includes(`"${key.replace(/_one$/, "")}"`),
    );
    expect(idle).toEqual([]);
  });

  it("has a room for every page", () => {
    expect(Object.keys(ROOMS).filter((room) => room.startsWith("/src/pages/")).length).toBeGreaterThan(10);
  });

  it("has one text for a key", () => {
    const keys = ALL.map(([key]) => key);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it("has a plural for every singular", () => {
    for (const texts of Object.values(TEXTS)) {
      const singulars = Object.keys(texts).filter((key) => key.endsWith("_one"));
      for (const key of singulars) expect(texts).toHaveProperty([key.slice(0, -"_one".length)]);
    }
  });

  it("holds no banned word", () => {
    const faults = ALL.flatMap(([key, text]) =>
      BANNED.filter((word) => word.test(text.replace(/\{\w+\}/g, "…"))).map(
        (word) => `${key}: ${text} (${word.source})`,
      ),
    );
    expect(faults).toEqual([]);
  });

  it("names no text by a banned word", () => {
    const keys = ALL.map(([key]) => key.replace(/[._]/g, " "));
    expect(keys.filter((key) => BANNED.some((word) => word.test(key)))).toEqual([]);
  });

  it("would notice a banned word", () => {
    expect(BANNED.some((word) => word.test("Every value is reckoned again."))).toBe(true);
  });
});
