import { useEffect, useState, type RefObject } from "react";
import type UPlot from "uplot";

import type { Cursor } from "@/charts/channels/cursor";

/**
 * The hooks by which a plot and a cursor that others share move each other. A plot that is being made has no cursor of
 * its own yet: it takes the one there is, so that none is lost whenever a plot is drawn again. What holds a cursor is
 * the box of the plot, which stays: a mouse may come to one drawing of it and leave the next. `momentOf` says what the
 * cursor is at a place of the plot.
 */
export function cursorHooks(cursor: Cursor, momentOf: (place: number) => number | null, follow: (plot: UPlot) => void) {
  return {
    ready: [follow],
    setCursor: [
      (plot: UPlot) => {
        if (plot.status !== 1) return;
        const place = plot.cursor.idx ?? null;
        const holder = plot.root.parentElement ?? plot;
        if (place === null) cursor.release(holder);
        else cursor.set(momentOf(place), holder);
      },
    ],
  } satisfies UPlot.Hooks.Arrays;
}

/** A finger that moves sideways moves the cursor; up and down it scrolls the page as ever. */
export function byTouch(plot: UPlot): () => void {
  const { over } = plot;
  over.style.touchAction = "pan-y";
  const move = (event: PointerEvent): void => {
    if (event.pointerType === "touch")
      plot.setCursor({ left: event.clientX - over.getBoundingClientRect().left, top: 1 }, true);
  };
  over.addEventListener("pointerdown", move);
  over.addEventListener("pointermove", move);
  return () => {
    over.removeEventListener("pointerdown", move);
    over.removeEventListener("pointermove", move);
  };
}

/** The width of an element as it is laid out, in whole pixels. */
export function useWidth(box: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!box.current) return;
    const watch = new ResizeObserver(([entry]) => {
      setWidth(Math.floor(entry?.contentRect.width ?? 0));
    });
    watch.observe(box.current);
    return () => {
      watch.disconnect();
    };
  }, [box]);
  return width;
}
