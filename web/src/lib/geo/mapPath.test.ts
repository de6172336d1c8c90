import { describe, expect, it } from "vitest";

import { traceLine, windowOf, worldPath, worldsSeen, type Window } from "./mapPath";
import { cameraAt, toScreen } from "./mercator";

const SIZE = { width: 400, height: 300 };
/** A world of 1000 px, seen from its corner. */
const WINDOW: Window = { ...SIZE, left: 0, top: 0, scale: 1000 };

function traced(pixels: number[], window = WINDOW, world = 0): string {
  const said: string[] = [];
  const say =
    (what: string) =>
    (x: number, y: number): void => {
      said.push(`${what}${x.toFixed(1)} ${y.toFixed(1)}`);
    };
  traceLine(
    { moveTo: say("M"), lineTo: say("L") },
    Float64Array.from(pixels, (pixel) => pixel / 1000),
    window,
    world,
  );
  return said.join(" ");
}

describe("a path on the screen", () => {
  it("is drawn in one go where all of it is seen", () => {
    expect(traced([10, 10, 100, 10, 100, 200])).toBe("M10.0 10.0 L100.0 10.0 L100.0 200.0");
  });

  it("leaves out what no eye can tell apart, but not its end", () => {
    expect(traced([10, 10, 10.2, 10, 10.4, 10.1, 50, 10, 50.1, 10])).toBe("M10.0 10.0 L50.0 10.0 L50.1 10.0");
  });

  it("is cut where it leaves what is seen and comes back", () => {
    expect(traced([100, 100, 100, 2000, 300, 2000, 300, 100])).toBe(
      "M100.0 100.0 L100.0 316.0 M300.0 316.0 L300.0 100.0",
    );
  });

  it("passes by unseen, or right across from one far place to another", () => {
    expect(traced([-500, -500, 900, -500])).toBe("");
    expect(traced([-500, 20, 20, -500])).toBe("");
    expect(traced([-1e6, 150, 1e6, 150])).toBe("M-16.0 150.0 L416.0 150.0");
  });

  it("is where the camera shows its places", () => {
    const camera = cameraAt(24.94, 60.17, 12);
    const track = [24.93, 60.17, 24.95, 60.18];
    const said: number[] = [];
    const take = (x: number, y: number): void => {
      said.push(x, y);
    };
    traceLine({ moveTo: take, lineTo: take }, worldPath(track), windowOf(camera, SIZE));
    const [ax, ay] = toScreen(camera, SIZE, 24.93, 60.17);
    const [bx, by] = toScreen(camera, SIZE, 24.95, 60.18);
    expect(said.map((pixel) => pixel.toFixed(3))).toEqual([ax, ay, bx, by].map((pixel) => pixel.toFixed(3)));
  });

  it("shows in every world that is seen", () => {
    expect(worldsSeen({ ...WINDOW, left: -1.2, width: 2500 }, 0.4, 0.5)).toEqual([-1, 0]);
    expect(worldsSeen(WINDOW, 0.5, 0.6)).toEqual([]);
    expect(traced([10, 10, 100, 10], { ...WINDOW, left: 1 }, 1)).toBe("M10.0 10.0 L100.0 10.0");
  });
});
