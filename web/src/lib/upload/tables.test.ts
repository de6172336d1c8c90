import { describe, expect, it } from "vitest";

import { heldBy, holding, isTable, lineOf, type Columns } from "./tables";

const NONE: Columns = { date: null, time: null, month_first: null, columns: [] };

describe("columns of a table", () => {
  it("hold one thing each, and each thing is in one column", () => {
    let now = holding(NONE, 0, "date", null);
    now = holding(now, 1, "weight_kg", 1);
    now = holding(now, 2, "weight_kg", 0.5);
    expect(now.columns).toEqual([{ place: 2, kind: "weight_kg", scale: 0.5 }]);
    expect([0, 1, 2].map((place) => heldBy(now, place))).toEqual(["date", "", "weight_kg"]);
    now = holding({ ...now, month_first: true }, 2, "date", null);
    expect(now).toEqual({ date: 2, time: null, month_first: null, columns: [] });
    expect(holding(now, 2, "", null)).toEqual(NONE);
  });

  it("are said in one line, without those of no known unit", () => {
    const columns = [
      { place: 1, kind: "steps", scale: 1 },
      { place: 2, kind: "weight_kg", scale: null },
    ];
    expect(lineOf({ ...NONE, date: 0, columns })).toBe(
      '#homestretch {"date":0,"time":null,"month_first":null,"columns":[[1,"steps",1]]}\n',
    );
  });

  it("are asked for of single tables only", () => {
    const file = new File(["a,b"], "a.csv");
    expect(isTable({ path: "a.CSV", file })).toBe(true);
    expect(isTable({ path: "export/a.csv", file })).toBe(false);
    expect(isTable({ path: "a.fit", file })).toBe(false);
  });
});
