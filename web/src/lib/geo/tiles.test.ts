import { describe, expect, it } from "vitest";

import { homeBox, ring, tileAt, tileBox, tileBoxes, widened } from "./tiles";

describe("tiles", () => {
  it("hold the places within their box", () => {
    for (const [lon, lat] of [
      [24.94, 60.17],
      [-122.4, 37.8],
      [151.2, -33.9],
      [0, 0],
    ] as const) {
      const [west, south, east, north] = tileBox(tileAt(lon, lat, 14), 14);
      expect(west <= lon && lon < east && south <= lat && lat <= north).toBe(true);
    }
  });

  it("are counted as the web's maps are", () => {
    expect(tileAt(24.94, 60.17, 14)).toEqual({ x: 9327, y: 4742 });
    expect(tileAt(-180, 85.05, 1)).toEqual({ x: 0, y: 0 });
    expect(tileAt(180, 0, 3).x).toBe(0);
  });

  it("of a square reach over its whole side", () => {
    const [west, south] = tileBox({ x: 9000, y: 4700 }, 14, 3);
    const one = tileBox({ x: 9000, y: 4702 }, 14);
    expect([west, south]).toEqual([one[0], one[1]]);
  });

  it("are told apart by whether they are in the largest cluster", () => {
    const tiles = { x: [9000, 9001, 9005], y: [4700, 4700, 4702], group: [0, -1, 1], zoom: 14 };
    expect([...tileBoxes(tiles, true)]).toEqual(tileBox({ x: 9000, y: 4700 }, 14));
    expect([...tileBoxes(tiles, false)].slice(4)).toEqual(tileBox({ x: 9005, y: 4702 }, 14));
  });

  it("find home where most of them are, not in the middle of all", () => {
    const home = { x: [9000, 9001, 9002, 9000], y: [4700, 4700, 4700, 4701] };
    const away = { x: [...home.x, 2000, 2001], y: [...home.y, 6000, 6000] };
    expect(homeBox(away, 14)).toEqual(homeBox(home, 14));
    expect(homeBox({ x: [], y: [] }, 14)).toBeNull();
  });

  it("widen a box so that it holds itself", () => {
    const [west, south, east, north] = widened([24.9, 60.1, 25.0, 60.2], 8);
    expect(west <= 24.9 && south <= 60.1 && east >= 25.0 && north >= 60.2).toBe(true);
    expect(widened([24.91, 60.11, 25.01, 60.19], 8)).toEqual([west, south, east, north]);
  });
});

describe("a ring", () => {
  it("is closed and as far from its middle as it says", () => {
    const corners = ring(24.94, 60.17, 500);
    expect(corners[0]).toEqual(corners.at(-1));
    const north = Math.max(...corners.map(([, lat]) => lat));
    expect((north - 60.17) * 111_195).toBeCloseTo(500, 0);
  });
});
