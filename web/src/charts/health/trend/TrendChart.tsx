import { useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";

import { usePreferences } from "@/api/session";
import { Cursor, useCursor } from "@/charts/channels/cursor";
import { DataDialog } from "@/charts/frames/DataDialog";
import { useWidth } from "@/charts/surface";
import { day as dayWords, shifted } from "@/lib/dates";
import { joined, NOTHING, quantityOf } from "@/lib/units";
import { IconButton } from "@/ui/controls/Button";
import { useNarrow } from "@/ui/hooks/media";
import { t } from "@/charts/health/text";
import { newestPlace, notesOn, type TrendData } from "./trend";
import { LEFT, RIGHT, TrendPlot } from "./TrendPlot";

const [TALL, TALL_NARROW] = [280, 220];

/** A measure over days: dots, a line, what is usual, devices and notes; a day opens by Enter or a click. */
export function TrendChart({
  data,
  title,
  tableName,
  stems = false,
  onOpen,
}: {
  data: TrendData;
  title: string;
  tableName: string;
  /** Whether each value is joined to the line. */
  stems?: boolean;
  onOpen: (day: string) => void;
}) {
  const [cursor] = useState(() => new Cursor());
  const [table, setTable] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const height = useNarrow() ? TALL_NARROW : TALL;
  const count = data.values.length;
  const placeOf = (event: PointerEvent | React.MouseEvent): number => {
    const area = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - area.left - LEFT) / (area.width - LEFT - RIGHT);
    return Math.min(count - 1, Math.max(0, Math.floor(share * count)));
  };
  return (
    <figure data-trend={title}>
      <div className="mb-1 flex min-h-9 items-start justify-between gap-2">
        <Position {...{ data, title, cursor, onOpen }} />
        <IconButton
          name={tableName}
          icon="table"
          className="size-8! text-ink-3"
          onClick={() => {
            setTable(true);
          }}
        />
      </div>
      <div
        ref={box}
        className="relative cursor-pointer touch-pan-y overflow-hidden"
        style={{ height }}
        onPointerMove={(event) => {
          cursor.set(placeOf(event));
        }}
        onPointerLeave={() => {
          cursor.set(null);
        }}
        onClick={(event) => {
          // A finger reads the values; the day is opened from its line above.
          if (!matchMedia("(pointer: coarse)").matches) onOpen(shifted(data.from, placeOf(event)));
        }}
      >
        {width > 0 && <TrendPlot {...{ data, width, height, stems, title }} />}
        <Line cursor={cursor} count={count} />
      </div>
      {table && (
        <TrendTable
          data={data}
          title={tableName}
          onClose={() => {
            setTable(false);
          }}
        />
      )}
    </figure>
  );
}

/** The day under the cursor, else the newest one with a value, and all that is shown of it. */
function Position({
  data,
  title,
  cursor,
  onOpen,
}: {
  data: TrendData;
  title: string;
  cursor: Cursor;
  onOpen: (day: string) => void;
}) {
  const wish = usePreferences();
  const at = useCursor(cursor);
  const place = at ?? newestPlace(data.values);
  const day = shifted(data.from, place);
  const parts = partsOf(data, place);
  const last = data.values.length - 1;
  const press = (event: KeyboardEvent): void => {
    const moves: Record<string, number> = {
      ArrowRight: place + 1,
      ArrowUp: place + 1,
      ArrowLeft: place - 1,
      ArrowDown: place - 1,
      PageUp: place + 30,
      PageDown: place - 30,
      Home: 0,
      End: last,
    };
    if (event.key === "Escape") cursor.set(null);
    if (event.key === "Enter") onOpen(day);
    const next = moves[event.key];
    if (next === undefined) return;
    event.preventDefault();
    cursor.set(Math.min(last, Math.max(0, next)));
  };
  return (
    <div className="flex flex-wrap items-baseline gap-x-2 px-2 text-sm">
      <div
        role="slider"
        tabIndex={0}
        aria-label={t("health_chart.day", { title })}
        onKeyDown={press}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={place}
        aria-valuetext={[dayWords(day, wish), ...parts].join(", ")}
        className="rounded-md font-semibold"
      >
        {dayWords(day, wish)}
      </div>
      {parts.map((part, i) => (
        <span key={part} className={i === 0 ? "font-semibold" : "text-ink-2"}>
          {part}
        </span>
      ))}
    </div>
  );
}

/** What is read off at a place: the value, the line, what is usual, who measured it, and notes. */
function partsOf(data: TrendData, place: number): string[] {
  const { scale, values, line, lineName, low, high, origins, from } = data;
  const shown = (value: number | null | undefined): string => joined(quantityOf(scale, value));
  const format = (value: number): string => scale.format(scale.of(value));
  const [value, mean, bottom, top] = [values[place], line[place], low[place], high[place]];
  const parts = [typeof value === "number" ? shown(value) : t("health_chart.no_value")];
  if (typeof mean === "number") parts.push(`${lineName} ${shown(mean)}`);
  if (typeof bottom === "number" && typeof top === "number")
    parts.push(t("health_chart.band", { low: format(bottom), high: format(top) }));
  if (origins[place]) parts.push(origins[place]);
  return [...parts, ...notesOn(data.notes, shifted(from, place))];
}

function Line({ cursor, count }: { cursor: Cursor; count: number }) {
  const at = useCursor(cursor);
  if (at === null) return null;
  return (
    <div className="pointer-events-none absolute inset-y-0" style={{ left: LEFT, right: RIGHT }}>
      <span className="absolute inset-y-0 w-px bg-ink/50" style={{ left: `${(100 * (at + 0.5)) / count}%` }} />
    </div>
  );
}

function TrendTable({ data, title, onClose }: { data: TrendData; title: string; onClose: () => void }) {
  const wish = usePreferences();
  const rows = useMemo(() => {
    const { scale, values, line, low, high, origins, from } = data;
    const cell = (value: number | null | undefined): string =>
      typeof value === "number" ? joined(quantityOf(scale, value)) : NOTHING;
    const rowOf = (at: number): string[] => {
      const day = shifted(from, at);
      const band = typeof low[at] === "number" ? `${cell(low[at])} – ${cell(high[at])}` : NOTHING;
      return [
        dayWords(day, wish),
        cell(values[at]),
        cell(line[at]),
        band,
        origins[at] ?? "",
        notesOn(data.notes, day).join(", "),
      ];
    };
    const there = values.flatMap((value, at) => (value === null ? [] : [at]));
    // What is newest is what one looks for.
    return there.reverse().map(rowOf);
  }, [data, wish]);
  const heads = [
    t("health_chart.date"),
    title,
    data.lineName,
    t("health_chart.usual"),
    t("sources.provenance"),
    t("health_chart.note"),
  ];
  return <DataDialog title={title} label={title} heads={heads} rows={rows} onClose={onClose} />;
}
