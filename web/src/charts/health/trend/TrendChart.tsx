import { useMemo, useRef, useState } from "react";

import { usePreferences } from "@/api/session";
import { Cursor, useCursor } from "@/charts/channels/cursor";
import { DataDialog } from "@/charts/frames/DataDialog";
import { useWidth } from "@/charts/surface";
import { day as dayWords, shifted } from "@/lib/dates";
import { joined, NOTHING, quantityOf } from "@/lib/units";
import { IconButton } from "@/ui/controls/Button";
import { useNarrow } from "@/ui/hooks/media";
import { t } from "@/charts/health/text";
import { newestPlace, notesOn, partsOf, type TrendData } from "./trend";
import { CursorLine, DaySlider } from "./TrendCursor";
import { placeUnder, TrendPlot } from "./TrendPlot";

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
          cursor.set(placeUnder(event, count));
        }}
        onPointerLeave={() => {
          cursor.set(null);
        }}
        onClick={(event) => {
          // A finger reads the values; the day is opened from its line above.
          if (!matchMedia("(pointer: coarse)").matches) onOpen(shifted(data.from, placeUnder(event, count)));
        }}
      >
        {width > 0 && <TrendPlot {...{ data, width, height, stems, title }} />}
        <CursorLine cursor={cursor} count={count} />
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
  const parts = [...partsOf(data, place), ...notesOn(data.notes, day)];
  return (
    <div className="flex flex-wrap items-baseline gap-x-2 px-2 text-sm">
      <DaySlider
        title={title}
        cursor={cursor}
        place={place}
        last={data.values.length - 1}
        words={[dayWords(day, wish), ...parts].join(", ")}
        onOpen={() => {
          onOpen(day);
        }}
      >
        {dayWords(day, wish)}
      </DaySlider>
      {parts.map((part, i) => (
        <span key={part} className={i === 0 ? "font-semibold" : "text-ink-2"}>
          {part}
        </span>
      ))}
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
