import type UPlot from "uplot";
import { expect, it } from "vitest";

import { Cursor } from "@/charts/channels/cursor";
import { cursorHooks } from "./surface";

it("a mouse that came to one drawing of a plot and leaves the next lets the cursor go", () => {
  const cursor = new Cursor();
  const box = {};
  const drawn = (idx: number | null): UPlot =>
    ({ status: 1, cursor: { idx }, root: { parentElement: box } }) as unknown as UPlot;
  const [moved] = cursorHooks(
    cursor,
    (place) => place * 10,
    () => undefined,
  ).setCursor;
  moved?.(drawn(4));
  expect(cursor.get()).toBe(40);
  moved?.(drawn(null));
  expect(cursor.get()).toBeNull();
  cursor.set(50);
  moved?.(drawn(null));
  expect(cursor.get()).toBe(50);
});
