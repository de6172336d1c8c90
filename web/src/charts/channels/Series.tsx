import "uplot/dist/uPlot.min.css";

import { useEffect, useRef } from "react";
import UPlot from "uplot";

import { byTouch, cursorHooks, useWidth } from "@/charts/surface";
import type { ChannelLook } from "@/lib/activity/channels";
import { useGround } from "@/ui/hooks/media";
import type { Cursor } from "./cursor";
import type { Marks, Stretch } from "./frame";
import { AXIS_HEIGHT, plotOptions, valueAt } from "./plot";

const SHORTEST_DRAG_PX = 6;

/** One channel over time or distance, bound to the page's cursor; dragging across it chooses a stretch. */
export function Series({
  look,
  label,
  x,
  y,
  time,
  axis,
  metres,
  marks,
  stretch,
  cursor,
  height,
  lastOne,
  onSelect,
}: {
  look: ChannelLook;
  label: string;
  x: number[];
  y: (number | null)[];
  time: number[];
  axis: "time" | "distance";
  metres: number;
  marks: Marks;
  stretch: Stretch | null;
  cursor: Cursor;
  height: number;
  lastOne: boolean;
  onSelect: (stretch: Stretch) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const ground = useGround();
  const select = useRef(onSelect);
  useEffect(() => {
    select.current = onSelect;
  });

  useEffect(() => {
    if (!box.current || width === 0 || x.length < 2) return;
    const momentAt = (left: number, plot: UPlot): number => time[plot.posToIdx(left)] ?? 0;
    const follow = (now: UPlot): void => {
      const at = cursor.get();
      now.setCursor(
        { left: at === null ? -10 : now.valToPos(valueAt(time, x, at), "x"), top: at === null ? -10 : 1 },
        false,
      );
    };
    const plot = new UPlot(
      plotOptions({
        look,
        width,
        height,
        axis,
        metres,
        lastOne,
        time,
        x,
        marks,
        hooks: {
          ...cursorHooks(cursor, (place) => time[place] ?? null, follow),
          setSelect: [
            (now) => {
              const { left, width: drawn } = now.select;
              if (drawn >= SHORTEST_DRAG_PX)
                select.current({ from: momentAt(left, now), to: momentAt(left + drawn, now) });
              now.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            },
          ],
        },
      }),
      [x, y],
      box.current,
    );
    const [from, to] = stretch ? [stretch.from, stretch.to] : [time[0] ?? 0, time.at(-1) ?? 1];
    plot.setScale("x", { min: valueAt(time, x, from), max: valueAt(time, x, to) });
    const stop = cursor.subscribe(() => {
      follow(plot);
    });
    const touched = byTouch(plot);
    return () => {
      stop();
      touched();
      plot.destroy();
    };
  }, [look, width, height, axis, metres, lastOne, time, x, y, marks, stretch, cursor, ground]);

  return (
    <div
      ref={box}
      role="img"
      aria-label={label}
      data-chart={look.key}
      style={{ height: height + (lastOne ? AXIS_HEIGHT : 0) }}
    />
  );
}
