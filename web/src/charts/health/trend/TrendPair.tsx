import { useMemo, useRef, useState } from "react";

import { usePreferences } from "@/api/session";
import { Cursor, useCursor } from "@/charts/channels/cursor";
import { DataDialog } from "@/charts/frames/DataDialog";
import { t } from "@/charts/health/text";
import { useWidth } from "@/charts/surface";
import { day as dayWords, shifted } from "@/lib/dates";
import { joined, NOTHING, quantityOf } from "@/lib/units";
import { IconButton } from "@/ui/controls/Button";
import { useNarrow } from "@/ui/hooks/media";
import { newestPlace, notesOn, partsOf, type TrendData } from "./trend";
import { CursorLine, DaySlider } from "./TrendCursor";
import { placeUnder, TrendPlot } from "./TrendPlot";

const [TALL, TALL_NARROW] = [240, 190];

/** A measure with its name. */
export interface Titled {
  title: string;
  data: TrendData;
}

/** Two measures over the same days, one above the other under one cursor; a day opens by Enter or a click. */
export function TrendPair({
  pair,
  title,
  tableName,
  onOpen,
}: {
  pair: [Titled, Titled];
  title: string;
  tableName: string;
  onOpen: (day: string) => void;
}) {
  const [cursor] = useState(() => new Cursor());
  const [table, setTable] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const height = useNarrow() ? TALL_NARROW : TALL;
  const [{ data: first }] = pair;
  const count = first.values.length;
  return (
    <figure data-trend={title}>
      <div className="mb-1 flex min-h-9 items-start justify-between gap-2">
        <Position {...{ pair, title, cursor, onOpen }} />
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
        onPointerMove={(event) => {
          cursor.set(placeUnder(event, count));
        }}
        onPointerLeave={() => {
          cursor.set(null);
        }}
        onClick={(event) => {
          // A finger reads the values; the day is opened from its line above.
          if (!matchMedia("(pointer: coarse)").matches) onOpen(shifted(first.from, placeUnder(event, count)));
        }}
      >
        {pair.map(({ title: name, data }) => (
          <div key={name}>
            <p className="px-2 pt-1 text-sm font-semibold text-ink-2">{name}</p>
            <div style={{ height }}>
              {width > 0 && <TrendPlot {...{ data, width, height, title: name }} stems={false} />}
            </div>
          </div>
        ))}
        <CursorLine cursor={cursor} count={count} />
      </div>
      {table && (
        <PairTable
          pair={pair}
          title={tableName}
          onClose={() => {
            setTable(false);
          }}
        />
      )}
    </figure>
  );
}

/** The day under the cursor, else the newest one with a value, and what is known of both measures on it. */
function Position({
  pair,
  title,
  cursor,
  onOpen,
}: {
  pair: [Titled, Titled];
  title: string;
  cursor: Cursor;
  onOpen: (day: string) => void;
}) {
  const wish = usePreferences();
  const at = useCursor(cursor);
  const [{ data: first }, { data: second }] = pair;
  const place = at ?? Math.max(newestPlace(first.values), newestPlace(second.values));
  const day = shifted(first.from, place);
  const notes = notesOn(first.notes, day);
  const lines = pair.map(({ title: name, data }) => ({ name, parts: partsOf(data, place) }));
  const words = lines.map(({ name, parts }) => `${name} ${parts.join(", ")}`);
  return (
    <div className="min-w-0 px-2 text-sm">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <DaySlider
          title={title}
          cursor={cursor}
          place={place}
          last={first.values.length - 1}
          words={[dayWords(day, wish), ...words, ...notes].join(", ")}
          onOpen={() => {
            onOpen(day);
          }}
        >
          {dayWords(day, wish)}
        </DaySlider>
        {notes.length > 0 && <span className="text-ink-2">{notes.join(", ")}</span>}
      </div>
      {lines.map(({ name, parts: [value, ...others] }) => (
        <p key={name} className="text-ink-2">
          {name} <span className="font-semibold text-ink">{value}</span> {others.join(" · ")}
        </p>
      ))}
    </div>
  );
}

function PairTable({ pair, title, onClose }: { pair: [Titled, Titled]; title: string; onClose: () => void }) {
  const wish = usePreferences();
  const rows = useMemo(() => {
    const [{ data: first }, { data: second }] = pair;
    const cells = ({ scale, values, low, high }: TrendData, at: number): string[] => {
      const cell = (value: number | null | undefined): string =>
        typeof value === "number" ? joined(quantityOf(scale, value)) : NOTHING;
      return [cell(values[at]), typeof low[at] === "number" ? `${cell(low[at])} – ${cell(high[at])}` : NOTHING];
    };
    const there = first.values.flatMap((value, at) => (value === null && second.values[at] === null ? [] : [at]));
    // What is newest is what one looks for.
    return there.reverse().map((at) => {
      const day = shifted(first.from, at);
      return [dayWords(day, wish), ...cells(first, at), ...cells(second, at), notesOn(first.notes, day).join(", ")];
    });
  }, [pair, wish]);
  const heads = [
    t("health_chart.date"),
    ...pair.flatMap(({ title: name }) => [name, t("health_chart.usual_of", { measure: name })]),
    t("health_chart.note"),
  ];
  return <DataDialog title={title} label={title} heads={heads} rows={rows} onClose={onClose} />;
}
