import { describe, expect, it } from "vitest";

import { bounds, decodePolyline, trackPath } from "./polyline";

/** An encoder from the format's description, to read back what it wrote. */
function encode(points: [number, number][]): string {
  let out = "";
  let before = [0, 0];
  for (const point of points) {
    const now = point.map((value) => Math.round(value * 1e5));
    now.forEach((value, i) => {
      const delta = value - (before[i] ?? 0);
      let bits = delta < 0 ? -2 * delta - 1 : 2 * delta;
      while (bits >= 32) {
        out += String.fromCharCode((bits % 32) + 32 + 63);
        bits = Math.floor(bits / 32);
      }
      out += String.fromCharCode(bits + 63);
    });
    before = now;
  }
  return out;
}

describe("polyline", () => {
  it("decodes the format's published example", () => {
    expect([...decodePolyline("_p~iF~ps|U_ulLnnqC_mqNvxq`@")]).toEqual([-120.2, 38.5, -120.95, 40.7, -126.453, 43.252]);
  });

  it("reads back what was written, across every sign and the antimeridian", () => {
    const points: [number, number][] = [
      [47.37691, 8.54169],
      [-33.86882, 151.20929],
      [89.99999, -179.99999],
      [-89.99999, 179.99999],
      [0, 0],
    ];
    expect([...decodePolyline(encode(points))]).toEqual(points.flatMap(([lat, lon]) => [lon, lat]));
  });

  it("survives an empty line and one cut short", () => {
    expect(decodePolyline("")).toHaveLength(0);
    expect(decodePolyline("_p~iF~ps|U_ul").length % 2).toBe(0);
  });

  it("draws north up, within its box, true to shape", () => {
    const square = Float64Array.from([10, 60, 10, 60.01, 10.02, 60.01, 10.02, 60]);
    const places = [...trackPath(square, 100, 100, 5).matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    const [start, north, east] = places;
    expect(start?.[1]).toBeGreaterThan(north?.[1] ?? 0);
    // At 60° north a degree of longitude is half as long as one of latitude.
    expect((east?.[0] ?? 0) - (north?.[0] ?? 0)).toBeCloseTo((start?.[1] ?? 0) - (north?.[1] ?? 0), 0);
    for (const place of places) for (const at of place) expect(at).toBeGreaterThanOrEqual(4.9);
    expect(trackPath(Float64Array.from([10, 60]), 100, 100)).toBe("");
    expect(bounds(square)).toEqual([10, 60, 10.02, 60.01]);
  });
});
