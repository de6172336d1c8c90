import { describe, expect, it } from "vitest";

import { DEFAULTS } from "@/lib/preferences";
import {
  bandOf,
  dateTicks,
  isEmpty,
  lineName,
  logTicks,
  placeName,
  positions,
  restPlace,
  stacked,
  tickName,
  tickPlaces,
  type FrameAxis,
  type FrameBody,
  type FrameLine,
} from "./frames";

const line = (key: string, values: (number | null)[], rest: Partial<FrameLine> = {}): FrameLine => ({
  key,
  label: key,
  unit: "",
  values,
  style: "bar",
  axis: "left",
  decimals: 0,
  stack: null,
  colour: null,
  links: null,
  ...rest,
});
const axis = (scale: FrameAxis["scale"], values: (string | number)[], unit = ""): FrameAxis => ({
  scale,
  unit,
  label: "",
  values,
});
const frame = (lines: FrameLine[], x = axis("linear", [0, 1])): FrameBody => ({
  key: "any",
  title: "",
  x,
  lines,
  bands: [],
  notes: [],
  details: {},
});

describe("frames", () => {
  it("stack what is shown, and leave the rest as it is", () => {
    const lines = [line("a", [1, null], { stack: "s" }), line("b", [2, 3], { stack: "s" }), line("c", [null, 9])];
    expect([...stacked(lines, new Set())]).toEqual([
      ["a", [1, 0]],
      ["b", [3, 3]],
      ["c", [null, 9]],
    ]);
    expect([...stacked(lines, new Set(["a"]))]).toEqual([
      ["b", [2, 3]],
      ["c", [null, 9]],
    ]);
  });

  it("place days in seconds and names by number", () => {
    expect(positions(axis("date", ["1970-01-02"]))).toEqual([86_400]);
    expect(positions(axis("category", ["x", "y"]))).toEqual([0, 1]);
    expect(positions(axis("log", [1, 60]))).toEqual([1, 60]);
  });

  it("name places by what they are", () => {
    expect(placeName(axis("category", ["2026-11-01"], "month"), 0, DEFAULTS)).toBe("November 2026");
    expect(placeName(axis("category", ["2026-01-01"], "year"), 0, DEFAULTS)).toBe("2026");
    expect(placeName(axis("log", [1200], "s"), 0, DEFAULTS)).toBe("20 min");
    expect(placeName(axis("log", [1200], "s"), 5, DEFAULTS)).toBe("");
    expect(placeName(axis("linear", [181.4], "W"), 0, DEFAULTS)).toBe("181 W");
    expect(placeName({ ...axis("linear", [152.5], "bpm"), step: 5 }, 0, DEFAULTS)).toBe("150–155 bpm");
    expect(placeName({ ...axis("linear", [2.9], "m/s"), step: 0.2 }, 0, DEFAULTS, "running")).toBe("5:33–5:57/km");
    expect(placeName({ ...axis("linear", [-0.5], "%"), step: 1 }, 0, DEFAULTS)).toBe("-1.0–0.0%");
  });

  it("carry no more ticks than there is room for, the newest among them", () => {
    const weeks = axis(
      "category",
      Array.from({ length: 53 }, (_, i) => `week ${i}`),
    );
    const places = tickPlaces(weeks, 10);
    expect(places.length).toBeLessThanOrEqual(10);
    expect(places.at(-1)).toBe(52);
    const months = axis(
      "category",
      Array.from({ length: 40 }, (_, i) => `20${20 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}-01`),
      "month",
    );
    expect(tickPlaces(months, 10)).toEqual([0, 12, 24, 36]);
    expect([tickName(months, 0), tickName(months, 1)]).toEqual(["2020", "Feb"]);
    expect(tickName(axis("category", ["2025-01-01", "2025-02-01"], "month"), 0)).toBe("Jan");
    expect(logTicks(2, 700)).toEqual([2, 5, 10, 30, 60, 120, 300, 600]);
  });

  it("say the year where it begins, whichever month the first tick of it is in", () => {
    const at = (...days: string[]): number[] => days.map((day) => Date.parse(day) / 1000);
    expect(
      dateTicks(at("2025-02-01", "2025-05-01", "2025-08-01", "2025-11-01", "2026-02-01", "2026-05-01"), 90 * 86_400),
    ).toEqual(["Feb 2025", "May", "Aug", "Nov", "Feb 2026", "May"]);
    expect(dateTicks(at("2025-11-01", "2025-12-01", "2026-01-01", "2026-02-01"), 30 * 86_400)).toEqual([
      "Nov 2025",
      "Dec",
      "2026",
      "Feb",
    ]);
    expect(dateTicks(at("2024-01-01", "2025-01-01"), 365 * 86_400)).toEqual(["2024", "2025"]);
    expect(
      dateTicks(at("2025-12-22", "2025-12-29", "2026-01-05"), 7 * 86_400).map((tick) => tick.includes("2026")),
    ).toEqual([false, false, true]);
  });

  it("rest at the last place of their first line", () => {
    expect(restPlace([line("now", [1, 2, null]), line("before", [1, 2, 3])])).toBe(1);
    expect(restPlace([line("none", [null])])).toBe(0);
  });

  it("are empty without values, and a stack without any sum", () => {
    expect(isEmpty(frame([line("a", [null, null])]))).toBe(true);
    expect(isEmpty(frame([line("a", [0, 0], { stack: "s" })]))).toBe(true);
    expect(isEmpty(frame([line("a", [0, null])]))).toBe(false);
  });

  it("find the band of a value, its low edge included", () => {
    const bands = [
      { label: "low", low: null, high: 5, colour: "z1", axis: "right" as const },
      { label: "high", low: 5, high: null, colour: "z2", axis: "right" as const },
    ];
    expect(bandOf(bands, "right", 5)?.label).toBe("high");
    expect(bandOf(bands, "right", -99)?.label).toBe("low");
    expect(bandOf(bands, "left", 5)).toBeUndefined();
    expect(bandOf(bands, "right", null)).toBeUndefined();
  });

  it("name series by the catalogue, by sport, or as the server does", () => {
    expect(lineName(line("z3", []), DEFAULTS)).toBe("Zone 3");
    expect(lineName(line("walk", []), DEFAULTS)).toBe("Walk and hike");
    expect(lineName(line("tennis", []), DEFAULTS)).toBe("Tennis");
    const best = line("best", [], { label: "2026-01-01 – 2026-03-31" });
    expect(lineName(best, { ...DEFAULTS, date_format: "iso" })).toBe("2026-01-01 – 2026-03-31");
    expect(lineName(line("ewma", [], { label: "Exponential" }), DEFAULTS)).toBe("Exponential");
  });
});
