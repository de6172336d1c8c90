import { describe, expect, it } from "vitest";

import { DEFAULTS } from "@/lib/preferences";
import { cellNote, given, heldBy, mappingOf, readAs, type SheetField } from "./sheets";

const FIELDS: SheetField[] = [
  { key: "start", title: "Start", column: 0 },
  { key: "name", title: "Name", column: 2 },
  { key: "distance", title: "Distance", column: null },
];
const COLUMNS = ["day", "far", "words"];

describe("columns of a sheet", () => {
  it("hold what the server says", () => {
    expect(heldBy(FIELDS)).toEqual({ 0: "start", 2: "name" });
  });

  it("give a field up to the column that takes it", () => {
    const held = heldBy(FIELDS);
    expect(given(held, 1, "name")).toEqual({ 0: "start", 1: "name" });
    expect(given(held, 2, "distance")).toEqual({ 0: "start", 2: "distance" });
    expect(given(held, 2, "")).toEqual({ 0: "start" });
    expect(given(held, 2, "name")).toEqual(held);
    expect(held).toEqual({ 0: "start", 2: "name" });
  });

  it("are set by their headings, and what none holds is said to be nowhere", () => {
    expect(JSON.parse(mappingOf(given(heldBy(FIELDS), 1, "distance"), FIELDS, COLUMNS))).toEqual({
      start: "day",
      name: "words",
      distance: "far",
    });
    expect(JSON.parse(mappingOf({}, FIELDS, COLUMNS))).toEqual({ start: null, name: null, distance: null });
  });

  it("tell what a cell was read as, in the units that are wished", () => {
    const read = { start: "2026-05-03T07:30:00", sport: "cycling", distance_m: 40_000, elapsed_s: 5400 };
    expect(readAs("start", read, DEFAULTS)).toBe("2026-05-03 07:30:00");
    expect(readAs("distance", read, DEFAULTS)).toBe("40.00 km");
    expect(readAs("distance", read, { ...DEFAULTS, units: "imperial" })).toBe("24.85 mi");
    expect(readAs("duration", read, DEFAULTS)).toBe("1:30:00");
    expect(readAs("sport", read, DEFAULTS)).toBe("Ride");
    expect(readAs("name", read, DEFAULTS)).toBe("");
    expect(readAs("moving", read, DEFAULTS)).toBe("");
  });

  it("say which cell can't be read, and why", () => {
    expect(cellNote({ number: 4, column: 1, code: "no_such_number" }, COLUMNS)).toBe("Row 4, far: not a number");
    expect(cellNote({ number: 9, column: -1, code: "no_date" }, COLUMNS)).toContain("Row 9");
  });
});
