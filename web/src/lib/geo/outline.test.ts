import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { ringsOf, type Topology } from "./outline";

const WORLD = JSON.parse(
  readFileSync(new URL("../../../node_modules/world-atlas/land-110m.json", import.meta.url), "utf8"),
) as Topology;

/** Whether a place is on land: a line to the west crosses the shores an odd number of times. */
function onLand(lon: number, lat: number): boolean {
  let crossed = 0;
  for (const ring of ringsOf(WORLD)) {
    for (let i = 0; i + 3 < ring.length; i += 2) {
      const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = ring.subarray(i, i + 4);
      // Once more in the worlds at both sides, for a ring may lie across their edge.
      for (const x of [lon - 360, lon, lon + 360])
        if (y0 > lat !== y1 > lat && x0 + ((lat - y0) / (y1 - y0)) * (x1 - x0) < x) crossed++;
    }
  }
  return crossed % 2 === 1;
}

describe("the outline of the world", () => {
  it("has land where land is, and sea where sea is", () => {
    for (const [lon, lat] of [
      [11.4, 47.3],
      [-100, 40],
      [134, -25],
      [37, 0],
      [-60, -15],
      [100, 65],
      [0, -85],
      [-150, 65],
      [-175, 66.5],
      [175, 68],
      [179.9, -88],
      [-90, -88],
      [139, 36.2],
    ] as const)
      expect(onLand(lon, lat), `${lon} ${lat}`).toBe(true);
    for (const [lon, lat] of [
      [-30, 40],
      [-140, 0],
      [80, -20],
      [5, 56],
      [18, 35],
      [50, 42],
      [0, 88],
    ] as const)
      expect(onLand(lon, lat), `${lon} ${lat}`).toBe(false);
  });

  it("is closed rings within the world", () => {
    const rings = ringsOf(WORLD);
    expect(rings.length).toBeGreaterThan(100);
    for (const ring of rings) {
      expect([ring[0], ring[1]]).toEqual([ring.at(-2), ring.at(-1)]);
      for (let i = 0; i < ring.length; i += 2)
        expect(
          Math.abs(ring[i] ?? 0) <= 540 &&
            Math.abs((ring[i] ?? 0) - (ring[i - 2] ?? ring[i] ?? 0)) <= 360.001 &&
            Math.abs(ring[i + 1] ?? 0) <= 90.001,
        ).toBe(true);
    }
  });

  it("goes an arc backwards where its complement is named", () => {
    const arcs: Topology["arcs"] = [
      [
        [0, 0],
        [2, 0],
        [0, 2],
      ],
      [
        [0, 0],
        [0, 2],
        [2, 0],
      ],
    ];
    const land = { geometries: [{ type: "MultiPolygon", arcs: [[[0, ~1]]] }] };
    expect([
      ...(ringsOf({ transform: { scale: [10, 10], translate: [-5, 0] }, arcs, objects: { land } })[0] ?? []),
    ]).toEqual([-5, 0, 15, 0, 15, 20, -5, 20, -5, 0]);
  });
});
