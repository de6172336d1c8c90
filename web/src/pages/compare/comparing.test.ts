import { describe, expect, it } from "vitest";

import { preferencesOf } from "@/lib/preferences";
import { adoptable, adopted, isMonth, monthBy, proposable, saidWords } from "./comparing";

const wish = preferencesOf(undefined);
const cell = (state: "ok" | "differs" | "missing" | "deleted" | "unknown", fields = {}, fetchable = false) => ({
  state,
  fields,
  fetchable,
});
const takes = (...writes: string[]) => ({ writes, takes_files: true });
const differs = { here: "Dawn", there: "Run", same: false };

describe("months", () => {
  it("step over years", () => {
    expect(monthBy("2026-11", -1)).toBe("2026-10");
    expect(monthBy("2026-01", -1)).toBe("2025-12");
    expect(monthBy("2026-12", 1)).toBe("2027-01");
    for (let by = -30; by <= 30; by++) expect(monthBy(monthBy("2026-06", by), -by)).toBe("2026-06");
  });

  it("are told from other addresses", () => {
    expect(["2026-11", "1999-01"].every(isMonth)).toBe(true);
    expect(["2026-13", "2026-1", "3026-01", "", undefined].some(isMonth)).toBe(false);
  });
});

describe("cells", () => {
  it("offer what a source takes and what is known here", () => {
    expect(proposable(cell("differs", { name: differs, gear: differs }), takes("name", "upload"), ["fit"])).toEqual([
      "name",
    ]);
    expect(proposable(cell("differs", { name: { ...differs, here: null } }), takes("name"), [])).toEqual([]);
    expect(proposable(cell("missing"), takes("name", "upload"), ["fit"])).toEqual(["upload"]);
    expect(proposable(cell("missing"), takes("upload"), ["manual"])).toEqual([]);
    for (const state of ["deleted", "unknown"] as const)
      expect(proposable(cell(state), takes("upload"), ["fit"])).toEqual([]);
    expect(proposable(cell("deleted"), takes("upload"), ["fit"], true)).toEqual(["upload"]);
    expect(proposable(cell("unknown"), takes("upload"), ["fit"], true)).toEqual([]);
    expect(proposable(cell("missing"), { writes: ["upload"], takes_files: false }, ["manual"])).toEqual(["upload"]);
    expect(proposable(cell("differs", { link_garmin: differs }), takes("link"), [])).toEqual(["link_garmin"]);
    expect(proposable(cell("differs", { link_garmin: differs }), takes("name"), [])).toEqual([]);
    expect(proposable(cell("ok", {}, true), takes(), [])).toEqual(["file"]);
  });

  it("give what may be set here", () => {
    const said = cell("differs", { name: differs, distance_m: { here: 1, there: 2, same: false } });
    expect(adoptable(said, { keeps: true }).map(([field]) => field)).toEqual(["name"]);
    expect(adoptable(said, { keeps: false })).toEqual([]);
    expect(adopted("sport", "running/trail")).toEqual({ sport: "running", sub_sport: "trail" });
    expect(adopted("sport", "running")).toEqual({ sport: "running", sub_sport: null });
    expect(adopted("name", "Run")).toEqual({ name: "Run" });
  });

  it("are told in words and units", () => {
    expect(saidWords("distance_m", 1200, wish, "running")).toBe("1.20 km");
    expect(saidWords("sport", "running/trail", wish)).toBe("Run, Trail");
    expect(saidWords("name", null, wish)).toBe("not set");
  });
});
