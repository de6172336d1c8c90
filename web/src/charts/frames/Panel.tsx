import "uplot/dist/uPlot.min.css";

import { useEffect, useMemo, useRef } from "react";
import UPlot from "uplot";

import { usePreferences } from "@/api/session";
import type { Cursor } from "@/charts/channels/cursor";
import { AXIS_HEIGHT } from "@/charts/channels/plot";
import type { NamedDays } from "@/charts/health/trend/trend";
import { byTouch, cursorHooks, useWidth } from "@/charts/surface";
import type { FrameBody, FrameLine } from "@/lib/charts/frames";
import { scaleOfUnit } from "@/lib/units";
import { useGround } from "@/ui/hooks/media";
import { drawnOf, optionsOf, placesOf } from "./framePlot";

/** Some series of a frame over its axis; the cursor is the index of a place, shared with the panels below. */
export function Panel({
  frame,
  lines,
  hidden,
  sport,
  height,
  withX,
  label,
  cursor,
  notes,
  onOpen,
}: {
  frame: FrameBody;
  lines: FrameLine[];
  hidden: ReadonlySet<string>;
  sport: string;
  height: number;
  withX: boolean;
  label: string;
  cursor: Cursor;
  notes: readonly NamedDays[];
  onOpen: (activity: string) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const wish = usePreferences();
  const width = useWidth(box);
  const ground = useGround();
  const drawn = useMemo(() => drawnOf(lines, hidden, wish, sport), [lines, hidden, wish, sport]);
  const across = useMemo(() => scaleOfUnit(frame.x.unit, 1, wish, sport), [frame, wish, sport]);
  const open = useRef(onOpen);
  useEffect(() => {
    open.current = onOpen;
  });

  useEffect(() => {
    if (!box.current || width === 0 || drawn.length === 0) return;
    const x = placesOf(frame, across);
    const follow = (now: UPlot): void => {
      const at = cursor.get();
      const place = at === null ? undefined : x[at];
      now.setCursor(
        { left: place === undefined ? -10 : now.valToPos(place, "x"), top: place === undefined ? -10 : 1 },
        false,
      );
    };
    const hooks = cursorHooks(cursor, (place) => place, follow);
    const plot = new UPlot(
      optionsOf({ frame, drawn, across, width, height, withX, notes, hooks }),
      [x, ...drawn.map(({ values }) => values)],
      box.current,
    );
    const click = (event: MouseEvent): void => {
      const link = nearestLink(plot, drawn, event.clientY - plot.over.getBoundingClientRect().top);
      if (link !== null && !matchMedia("(pointer: coarse)").matches) open.current(link);
    };
    plot.over.addEventListener("click", click);
    if (drawn.some(({ line }) => line.links)) plot.over.style.cursor = "pointer";
    const [stop, touched] = [
      cursor.subscribe(() => {
        follow(plot);
      }),
      byTouch(plot),
    ];
    return () => {
      stop();
      touched();
      plot.destroy();
    };
  }, [frame, drawn, across, width, height, ground, withX, notes, cursor]);

  return (
    <div
      ref={box}
      role="img"
      aria-label={label}
      className="min-w-0 overflow-hidden"
      style={{ height: height + (withX ? AXIS_HEIGHT : 0) }}
    />
  );
}

/** The activity behind the point nearest to the pointer at the cursor's place. */
function nearestLink(plot: UPlot, drawn: ReturnType<typeof drawnOf>, top: number): string | null {
  const at = plot.cursor.idx;
  if (at === null || at === undefined) return null;
  let [best, far]: [string | null, number] = [null, Infinity];
  for (const { line, values, axis } of drawn) {
    const [link, value] = [line.links?.[at], values[at]];
    if (!link || value === null || value === undefined) continue;
    const distance = Math.abs(plot.valToPos(value, axis) - top);
    if (distance < far) [best, far] = [link, distance];
  }
  return best;
}
