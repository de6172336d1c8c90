import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";

import { duration } from "@/lib/units";
import { t } from "@/pages/activity/text";

/** A time on the chart, in seconds since the activity's start, and what is there. */
export interface Mark {
  name: string;
  at: number;
}

interface Props {
  first: number;
  last: number;
  marks: readonly Mark[];
  onMove: (index: number, at: number) => void;
  /** Makes something from one second to another; without it, a press anywhere moves the nearest mark. */
  onAcross?: ((from: number, to: number) => void) | undefined;
}

/** Half of what a finger needs, in px; the pointer of a mouse is finer. */
const REACH = { touch: 22, fine: 8 };
/** A shorter way across is no stretch, in px. */
const LEAST = 6;

/** Marks over a chart: dragged, moved by arrow keys, and stretches drawn between them. */
export function Marks({ first, last, marks, onMove, onAcross }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState<number | null>(null);
  const [across, setAcross] = useState<{ from: number; to: number } | null>(null);
  const long = last - first;
  const clamped = (at: number): number => Math.round(Math.min(Math.max(at, first), last));
  const width = (): number => box.current?.getBoundingClientRect().width ?? 1;
  const secondOf = (event: PointerEvent): number => {
    const left = box.current?.getBoundingClientRect().left ?? 0;
    return clamped(first + ((event.clientX - left) / width()) * long);
  };
  const nearest = (at: number): number =>
    marks.reduce(
      (best, mark, index) => (Math.abs(mark.at - at) < Math.abs((marks[best]?.at ?? 0) - at) ? index : best),
      0,
    );
  const down = (event: PointerEvent): void => {
    const at = secondOf(event);
    const index = nearest(at);
    const away = (Math.abs((marks[index]?.at ?? Number.POSITIVE_INFINITY) - at) / long) * width();
    event.currentTarget.setPointerCapture(event.pointerId);
    if (onAcross === undefined || away <= (event.pointerType === "touch" ? REACH.touch : REACH.fine)) {
      setHeld(index);
      if (onAcross === undefined) onMove(index, at);
    } else setAcross({ from: at, to: at });
  };
  const move = (event: PointerEvent): void => {
    if (held !== null) onMove(held, secondOf(event));
    else if (across !== null) setAcross({ ...across, to: secondOf(event) });
  };
  const up = (): void => {
    if (across !== null && (Math.abs(across.to - across.from) / long) * width() >= LEAST)
      onAcross?.(across.from, across.to);
    setHeld(null);
    setAcross(null);
  };
  const press = (index: number, at: number, event: KeyboardEvent): void => {
    const step = event.shiftKey ? 60 : 1;
    const to = { ArrowLeft: at - step, ArrowRight: at + step, Home: first, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onMove(index, clamped(to));
  };
  const share = (at: number): string => `${(100 * (clamped(at) - first)) / long}%`;
  return (
    <div
      ref={box}
      className="absolute inset-0 cursor-col-resize touch-pan-y"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={() => {
        setHeld(null);
        setAcross(null);
      }}
    >
      {across && (
        <span
          className="absolute inset-y-0 bg-accent/20"
          style={{
            left: share(Math.min(across.from, across.to)),
            width: `${(100 * Math.abs(across.to - across.from)) / long}%`,
          }}
        />
      )}
      {marks.map(({ name, at }, index) => (
        <span
          key={index}
          role="slider"
          tabIndex={0}
          aria-label={t("tools.mark", { what: name })}
          aria-valuemin={first}
          aria-valuemax={last}
          aria-valuenow={clamped(at)}
          aria-valuetext={duration(clamped(at))}
          onKeyDown={(event) => {
            press(index, at, event);
          }}
          className="pointer-events-none absolute inset-y-0 flex w-3 -translate-x-1/2 justify-center rounded"
          style={{ left: share(at) }}
        >
          <span className="h-full w-0.5 bg-ink" aria-hidden />
          <span
            className="absolute top-1/2 h-7 w-3 -translate-y-1/2 rounded-full border-2 border-ink bg-surface"
            aria-hidden
          />
        </span>
      ))}
    </div>
  );
}
