import { describe, expect, it } from "vitest";

import { Cursor } from "./cursor";

describe("a shared cursor", () => {
  const [map, plot] = [{}, {}];

  it("is let go by what holds it", () => {
    const cursor = new Cursor();
    cursor.set(5, map);
    cursor.release(plot);
    expect(cursor.get()).toBe(5);
    cursor.release(map);
    expect(cursor.get()).toBeNull();
  });

  it("stays where keys have moved it, even to where the mouse had it", () => {
    const cursor = new Cursor();
    for (const place of [6, 5]) {
      cursor.set(5, map);
      cursor.set(place);
      cursor.release(map);
      expect(cursor.get()).toBe(place);
    }
  });

  it("says so only when it has moved", () => {
    const cursor = new Cursor();
    let said = 0;
    cursor.subscribe(() => said++);
    cursor.set(5, map);
    cursor.set(5, plot);
    cursor.release(map);
    expect(said).toBe(1);
  });
});
