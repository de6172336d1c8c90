import { describe, expect, it } from "vitest";

import { ramp } from "@/lib/charts/colour";
import { boxOf, emptyIn, lineOf, nearestPoint, pieces, place, reach, type Line } from "./track";

const COLOURS = { plain: "plain", unknown: "unknown", ground: "light" as const };
const LINE: Line = {
  track: Float64Array.from([24.9, 60.1, 24.91, 60.1, 24.92, 60.1, 24.93, 60.1, 24.94, 60.1]),
  time: [0, 10, 20, 30, 40],
  values: [100, 100, null, 200, 200],
};

describe("a line", () => {
  it("leaves out what has no place and thins what is long", () => {
    const short = lineOf([24.9, null, 24.92], [60.1, 60.1, 60.1], [0, 1, 2], [1, 2, 3]);
    expect([short.time, short.values]).toEqual([
      [0, 2],
      [1, 3],
    ]);
    const many = Array.from({ length: 9000 }, (_, i) => i / 1e5);
    expect(lineOf(many, many, many, null).time).toHaveLength(3000);
  });

  it("leads across no sample of which nothing is known", () => {
    const longitude = [24.9, 24.91, null, 24.93, null, 24.95];
    const empty = emptyIn({ longitude, heart: [100, 100, null, 110, 120, 110] });
    const line = lineOf(longitude, [60.1, 60.1, null, 60.1, null, 60.1], [0, 1, 2, 3, 4, 5], null, empty);
    expect([...(line.apart ?? [])]).toEqual([2]);
    expect(pieces(line, COLOURS).map(({ path }) => [...path])).toEqual([
      [24.9, 60.1, 24.91, 60.1],
      [24.93, 60.1, 24.95, 60.1],
    ]);
    const many = Array.from({ length: 9000 }, (_, i) => (i === 4501 ? null : i / 1e5));
    const times = Array.from({ length: 9000 }, (_, i) => i);
    expect(lineOf(many, many, times, null, emptyIn({ many })).apart).toEqual(new Set([1501]));
  });

  it("comes in pieces of a colour, each from where the last one ended", () => {
    const drawn = pieces(LINE, COLOURS);
    expect(drawn.map(({ colour }) => colour)).toEqual([ramp(0, "light"), "unknown", ramp(1, "light")]);
    expect([...(drawn[0]?.path ?? [])]).toEqual([24.9, 60.1, 24.91, 60.1, 24.92, 60.1]);
    expect([...(drawn[1]?.path ?? [])]).toEqual([24.92, 60.1, 24.93, 60.1]);
    expect(pieces({ ...LINE, values: null }, COLOURS).map(({ colour }) => colour)).toEqual(["plain"]);
  });

  it("is drawn and framed within a stretch of time", () => {
    expect(pieces({ ...LINE, values: null }, COLOURS, 10, 20)[0]?.path).toHaveLength(4);
    expect(boxOf(LINE, 10, 20)).toEqual([24.91, 60.1, 24.92, 60.1]);
    expect(boxOf(LINE, 50, 60)).toBeNull();
  });

  it("has a nearest point, and a reach of values", () => {
    expect(nearestPoint(LINE.track, 24.921, 60.11).index).toBe(2);
    expect(place(LINE.track, 2)).toEqual([24.92, 60.1]);
    expect(reach(LINE.values)).toEqual([100, 200]);
    expect(reach([null, null])).toBeNull();
  });
});
