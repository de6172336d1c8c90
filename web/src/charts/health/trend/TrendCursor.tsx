import type { KeyboardEvent, ReactNode } from "react";

import { useCursor, type Cursor } from "@/charts/channels/cursor";
import { t } from "@/charts/health/text";
import { LEFT, RIGHT } from "./TrendPlot";

const MONTH = 30;

/** The day under the cursor, moved by keys and opened by Enter. */
export function DaySlider({
  title,
  cursor,
  place,
  last,
  words,
  onOpen,
  children,
}: {
  title: string;
  cursor: Cursor;
  place: number;
  last: number;
  /** All that is shown of the day. */
  words: string;
  onOpen: () => void;
  children: ReactNode;
}) {
  const press = (event: KeyboardEvent): void => {
    const moves: Record<string, number> = {
      ArrowRight: place + 1,
      ArrowUp: place + 1,
      ArrowLeft: place - 1,
      ArrowDown: place - 1,
      PageUp: place + MONTH,
      PageDown: place - MONTH,
      Home: 0,
      End: last,
    };
    if (event.key === "Escape") cursor.set(null);
    if (event.key === "Enter") onOpen();
    const next = moves[event.key];
    if (next === undefined) return;
    event.preventDefault();
    cursor.set(Math.min(last, Math.max(0, next)));
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={t("health_chart.day", { title })}
      onKeyDown={press}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={place}
      aria-valuetext={words}
      className="rounded-md font-semibold"
    >
      {children}
    </div>
  );
}

/** The line of the cursor over a picture of so many days. */
export function CursorLine({ cursor, count }: { cursor: Cursor; count: number }) {
  const at = useCursor(cursor);
  if (at === null) return null;
  return (
    <div className="pointer-events-none absolute inset-y-0" style={{ left: LEFT, right: RIGHT }}>
      <span className="absolute inset-y-0 w-px bg-ink/50" style={{ left: `${(100 * (at + 0.5)) / count}%` }} />
    </div>
  );
}
