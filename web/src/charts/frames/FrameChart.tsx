import { useEffect, useId, useMemo, useState, type KeyboardEvent, type ReactNode } from "react";
import { useNavigate } from "react-router";

import { usePreferences } from "@/api/session";
import { Cursor, useCursor } from "@/charts/channels/cursor";
import { notesOn, type NamedDays } from "@/charts/health/trend/trend";
import { t } from "@/charts/text";
import { isEmpty, restPlace, lineName, placeName, type FrameBody, type FrameLine } from "@/lib/charts/frames";
import { routes } from "@/lib/routes";
import { joined, quantityOf, scaleOfUnit } from "@/lib/units";
import { IconButton } from "@/ui/controls/Button";
import { useMedia, useNarrow } from "@/ui/hooks/media";
import { Icon } from "@/ui/pictures/Icon";
import { DataDialog } from "./DataDialog";
import { Legend } from "./Legend";
import { Panel } from "./Panel";

const NOBODY: readonly string[] = [];
const NO_NOTES: readonly NamedDays[] = [];
/** How tall the plot of a chart is, on a wide screen and on a narrow one. */
const [TALL, TALL_NARROW] = [260, 200];
/** How much of it a second plot below it gets, and what stands above and below plots, in pixels. */
const [BELOW, AROUND] = [0.55, 92];

/** About how tall a chart of so many plots comes to be, so that a page keeps its place while it waits. */
export const roomFor = (plots: number, narrow: boolean, height?: number): number =>
  AROUND + (height ?? (narrow ? TALL_NARROW : TALL)) * (1 + BELOW * (plots - 1));

/** Any frame of the server as a chart: its series with their values under the cursor, its bands, and its table. */
export function FrameChart({
  frame,
  title,
  sport = "generic",
  height,
  hide = NOBODY,
  notes = NO_NOTES,
  empty,
  shared,
}: {
  frame: FrameBody;
  title: string;
  sport?: string;
  height?: number;
  /** Series that are shown only when they are asked for. */
  hide?: readonly string[];
  /** What was noted of its days. */
  notes?: readonly NamedDays[];
  /** What is said, and may be done, where there is nothing to draw. */
  empty?: ReactNode;
  /** The cursor of charts over the same places, which move together. */
  shared?: Cursor;
}) {
  const wish = usePreferences();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const [own] = useState(() => new Cursor());
  const cursor = shared ?? own;
  const places = frame.x.values;
  // A place of other ones means nothing among these.
  useEffect(
    () => () => {
      own.set(null);
    },
    [own, places],
  );
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => new Set(hide));
  const [table, setTable] = useState(false);
  const panels = useMemo(() => panelsOf(frame), [frame]);
  if (isEmpty(frame))
    return <div className="px-2 py-10 text-center text-sm text-ink-2">{empty ?? t("frame.empty")}</div>;
  const tall = height ?? (narrow ? TALL_NARROW : TALL);
  const toggle = (key: string): void => {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    setHidden(next);
  };
  const shown = panels.filter((lines) => lines.some(({ key }) => !hidden.has(key)));
  return (
    <figure data-frame={frame.key}>
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <Position frame={frame} title={title} sport={sport} cursor={cursor} notes={notes} />
        </div>
        <IconButton
          name={t("chart.table", { channel: title })}
          icon="table"
          className="size-8! text-ink-3"
          onClick={() => {
            setTable(true);
          }}
        />
      </div>
      <Legend frame={frame} sport={sport} hidden={hidden} cursor={cursor} onToggle={toggle} />
      {shown.map((lines, at) => (
        <div key={lines[0]?.key}>
          <Units lines={lines.filter(({ key }) => !hidden.has(key))} sport={sport} />
          <Panel
            frame={frame}
            lines={lines}
            hidden={hidden}
            sport={sport}
            cursor={cursor}
            notes={notes}
            withX={at === shown.length - 1}
            height={at === 0 ? tall : Math.round(tall * BELOW)}
            label={`${title}: ${lines
              .filter(({ key }) => !hidden.has(key))
              .map((line) => lineName(line, wish))
              .join(", ")}`}
            onOpen={(activity) => void navigate(routes.activity(activity))}
          />
        </div>
      ))}
      {frame.x.scale === "linear" && frame.x.label !== "" && (
        <p aria-hidden="true" className="label text-center">
          {[frame.x.label, scaleOfUnit(frame.x.unit, 1, wish, sport).unit].filter(Boolean).join(", ")}
        </p>
      )}
      {frame.notes.map((note) => (
        <p key={note} className="mt-1.5 flex items-start gap-1.5 px-2 text-xs text-ink-2">
          <Icon name="info" size={16} className="text-ink-3" />
          {note}
        </p>
      ))}
      {table && (
        <FrameTable
          frame={frame}
          title={title}
          sport={sport}
          onClose={() => {
            setTable(false);
          }}
        />
      )}
    </figure>
  );
}

/** Series of the right axis have a panel of their own where bands give it meaning; else all share one. */
function panelsOf(frame: FrameBody): FrameLine[][] {
  if (!frame.bands.some(({ axis }) => axis === "right")) return [frame.lines];
  const side = (axis: string): FrameLine[] => frame.lines.filter((line) => line.axis === axis);
  return [side("left"), side("right")].filter((lines) => lines.length > 0);
}

/** The units of the axes, above them. */
function Units({ lines, sport }: { lines: FrameLine[]; sport: string }) {
  const wish = usePreferences();
  const unit = (side: "left" | "right"): string => {
    const line = lines.find(({ axis }) => axis === side);
    return line ? scaleOfUnit(line.unit, line.decimals, wish, sport).unit : "";
  };
  const [left, right] = [unit("left"), unit("right")];
  if (left === "" && right === "") return null;
  return (
    <div aria-hidden="true" className="label -mb-1.5 flex justify-between px-2">
      <span>{left}</span>
      <span>{right}</span>
    </div>
  );
}

/** Where the cursor stands; with the keyboard it is moved here. */
function Position({
  frame,
  title,
  sport,
  cursor,
  notes,
}: {
  frame: FrameBody;
  title: string;
  sport: string;
  cursor: Cursor;
  notes: readonly NamedDays[];
}) {
  const wish = usePreferences();
  const navigate = useNavigate();
  const id = useId();
  const coarse = useMedia("(pointer: coarse)");
  const at = useCursor(cursor);
  const end = frame.x.values.length - 1;
  const last = restPlace(frame.lines);
  const place = at ?? last;
  const link = at === null ? null : frame.lines.map((line) => line.links?.[at]).find(Boolean);
  const press = (event: KeyboardEvent): void => {
    const far = Math.max(1, Math.round(end / 12));
    const moves: Record<string, number> = {
      ArrowRight: place + 1,
      ArrowUp: place + 1,
      ArrowLeft: place - 1,
      ArrowDown: place - 1,
      PageUp: place + far,
      PageDown: place - far,
      Home: 0,
      End: end,
    };
    const next = moves[event.key];
    if (event.key === "Escape") cursor.set(null);
    if (event.key === "Enter" && link) void navigate(routes.activity(link));
    if (next === undefined) return;
    event.preventDefault();
    cursor.set(Math.min(end, Math.max(0, next)));
  };
  const noted = frame.x.scale === "date" ? notesOn(notes, String(frame.x.values[place])) : [];
  const text = [placeName(frame.x, place, wish, sport), ...noted].join(" · ");
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-3">
      <div
        role="slider"
        tabIndex={0}
        id={id}
        aria-label={t("frame.cursor", { title })}
        onKeyDown={press}
        aria-valuemin={0}
        aria-valuemax={end}
        aria-valuenow={place}
        aria-valuetext={text}
        className={`rounded-md px-2 text-sm ${at === null ? "text-ink-2" : "font-semibold"}`}
      >
        {at === null ? restName(frame, text, coarse) : text}
      </div>
      {link && (
        <button
          type="button"
          className="touch text-sm text-accent underline-offset-4 hover:underline"
          onClick={() => void navigate(routes.activity(link))}
        >
          {t("frame.open")}
        </button>
      )}
    </div>
  );
}

/** What the legend tells without a cursor: sums of bars, else the newest values. */
function restName(frame: FrameBody, newest: string, coarse: boolean): string {
  if (frame.lines.some(({ stack }) => stack !== null)) return t("frame.total");
  if (frame.x.scale !== "log" && frame.x.scale !== "linear") return newest;
  return t(coarse ? "frame.point_at_touch" : "frame.point_at");
}

function FrameTable({
  frame,
  title,
  sport,
  onClose,
}: {
  frame: FrameBody;
  title: string;
  sport: string;
  onClose: () => void;
}) {
  const wish = usePreferences();
  const scales = frame.lines.map((line) => scaleOfUnit(line.unit, line.decimals, wish, sport));
  const heads = [frame.x.label || t("frame.where"), ...frame.lines.map((line) => lineName(line, wish))];
  const rows = frame.x.values.map((_value, at) => [
    placeName(frame.x, at, wish, sport),
    ...frame.lines.map((line, i) => {
      const scale = scales[i];
      return scale ? joined(quantityOf(scale, line.values[at])) : "";
    }),
  ]);
  // What is newest is what one looks for.
  if (frame.x.scale === "date" || /week|month|year/.test(frame.x.unit)) rows.reverse();
  return (
    <DataDialog
      title={t("chart.table", { channel: title })}
      label={title}
      heads={heads}
      rows={rows}
      onClose={onClose}
    />
  );
}
