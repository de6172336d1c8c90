import { useMemo, useRef, useState, type KeyboardEvent } from "react";

import { usePreferences } from "@/api/session";
import { TableDialog } from "@/charts/frames/TableDialog";
import { t } from "@/charts/text";
import { channelLook, type ChannelLook } from "@/lib/activity/channels";
import { details, nearest, type Range } from "@/lib/activity/series";
import { duration, scaleOf, told } from "@/lib/units";
import { IconButton } from "@/ui/controls/Button";
import { useNarrow } from "@/ui/hooks/media";
import { useCursor, type Cursor } from "./cursor";
import { shown, type Frame, type Marks, type Stretch } from "./frame";
import { Series } from "./Series";

const FAR_S = 60;

/** The channels of an activity, one chart below the other, all over the same axis and under one cursor. */
export function Stack({
  frame,
  channels,
  sport,
  axis,
  smoothing,
  marks,
  stretch,
  cursor,
  onSelect,
}: {
  frame: Frame;
  channels: { key: string; unit: string }[];
  sport: string;
  axis: "time" | "distance";
  smoothing: number;
  marks: Marks;
  stretch: Stretch | null;
  cursor: Cursor;
  onSelect: (stretch: Stretch | null) => void;
}) {
  const wish = usePreferences();
  const narrow = useNarrow();
  const slider = useRef<HTMLDivElement>(null);
  const { time, distance } = frame;
  const scale = scaleOf("distance", wish);
  const x = useMemo(
    () => (axis === "distance" && distance ? distance.map((metres) => scale.of(metres)) : time),
    // The scale follows from the units.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [axis, distance, time, wish.units],
  );
  const range = useMemo<Range>(
    () =>
      stretch ? { from: nearest(time, stretch.from), to: nearest(time, stretch.to) } : { from: 0, to: time.length - 1 },
    [stretch, time],
  );
  return (
    <div onPointerDown={() => slider.current?.focus({ preventScroll: true })}>
      <Position
        slider={slider}
        frame={frame}
        range={range}
        cursor={cursor}
        onReset={() => {
          onSelect(null);
        }}
      />
      {channels.map((channel, at) => (
        <Chart
          key={channel.key}
          column={frame.columns[channel.key] ?? []}
          unit={channel.unit}
          channel={channel.key}
          lastOne={at === channels.length - 1}
          {...{ frame, sport, axis, smoothing, marks, stretch, cursor, onSelect, x, range }}
          height={narrow ? 96 : 112}
          metres={1 / scale.of(1)}
        />
      ))}
    </div>
  );
}

/** Where the cursor stands; with the keyboard it is moved here. */
function Position({
  slider,
  frame,
  range,
  cursor,
  onReset,
}: {
  slider: React.RefObject<HTMLDivElement | null>;
  frame: Frame;
  range: Range;
  cursor: Cursor;
  onReset: () => void;
}) {
  const wish = usePreferences();
  const at = useCursor(cursor);
  const { time, distance } = frame;
  const [first, last] = [time[range.from] ?? 0, time[range.to] ?? 0];
  const place = at === null ? null : nearest(time, at);
  const text =
    place === null
      ? null
      : [duration(time[place] ?? 0), distance ? told("distance", distance[place], wish) : null]
          .filter(Boolean)
          .join(" · ");
  const press = (event: KeyboardEvent): void => {
    const now = place ?? range.from;
    const step = (seconds: number): number => {
      const target = nearest(time, (time[now] ?? 0) + seconds);
      return target === now ? now + Math.sign(seconds) : target;
    };
    const pixel = Math.max(1, (last - first) / 400);
    const moves: Record<string, number> = {
      ArrowRight: step(event.shiftKey ? FAR_S : pixel),
      ArrowUp: step(event.shiftKey ? FAR_S : pixel),
      ArrowLeft: step(event.shiftKey ? -FAR_S : -pixel),
      ArrowDown: step(event.shiftKey ? -FAR_S : -pixel),
      PageUp: step(5 * FAR_S),
      PageDown: step(-5 * FAR_S),
      Home: range.from,
      End: range.to,
    };
    const next = moves[event.key];
    if (event.key === "Escape") onReset();
    if (next === undefined) return;
    event.preventDefault();
    cursor.set(time[Math.min(range.to, Math.max(range.from, next))] ?? null);
  };
  return (
    <div
      ref={slider}
      role="slider"
      tabIndex={0}
      aria-label={t("chart.cursor")}
      onKeyDown={press}
      aria-valuemin={Math.round(first)}
      aria-valuemax={Math.round(last)}
      aria-valuenow={Math.round(at ?? first)}
      aria-valuetext={text ?? duration(first)}
      className="mb-1 flex min-h-8 items-center rounded-md px-2 text-sm"
    >
      {text === null ? (
        <span className="text-ink-3">{t("chart.cursor_hint")}</span>
      ) : (
        <span className="font-semibold">{text}</span>
      )}
    </div>
  );
}

interface ChartProps {
  channel: string;
  unit: string;
  column: readonly (number | null)[];
  frame: Frame;
  sport: string;
  axis: "time" | "distance";
  smoothing: number;
  marks: Marks;
  stretch: Stretch | null;
  cursor: Cursor;
  onSelect: (stretch: Stretch | null) => void;
  x: number[];
  range: Range;
  lastOne: boolean;
  height: number;
  metres: number;
}

function Chart({ channel, unit, column, frame, sport, smoothing, range, cursor, ...rest }: ChartProps) {
  const wish = usePreferences();
  const [table, setTable] = useState(false);
  const look = useMemo(() => channelLook(channel, unit, wish, sport), [channel, unit, wish, sport]);
  const y = useMemo(() => shown(column, look, frame.time, smoothing), [column, look, frame.time, smoothing]);
  const sum = useMemo(() => details(y, frame.time, range), [y, frame.time, range]);
  const say = (value: number): string => look.scale.format(value);
  const spread =
    sum &&
    t("chart.range", { min: say(look.scale.pace ? sum.max : sum.min), max: say(look.scale.pace ? sum.min : sum.max) });
  const mean = useMemo(() => meanOf(column, look, frame.time, range), [column, look, frame.time, range]);
  return (
    <figure data-tone={look.colour} className="border-t border-line pt-1.5 first-of-type:border-t-0">
      <figcaption className="flex items-center gap-2 pl-2 text-sm">
        <span className="size-2 rounded-full bg-(--tone)" aria-hidden="true" />
        <span className="font-medium">{look.label}</span>
        <Reading y={y} frame={frame} look={look} cursor={cursor} />
        <span className="label ml-auto truncate">
          {mean !== null && [`${t("chart.average")} ${say(mean)}`, spread].filter(Boolean).join(" · ")}
          {mean !== null && look.scale.unit !== "" && ` ${look.scale.unit}`}
        </span>
        <IconButton
          name={t("chart.table", { channel: look.label })}
          icon="table"
          className="size-7! text-ink-3"
          onClick={() => {
            setTable(true);
          }}
        />
      </figcaption>
      <Series
        label={[look.label, mean === null ? "" : say(mean), spread, look.scale.unit].join(" ")}
        {...{ look, y, cursor, time: frame.time }}
        {...rest}
      />
      {table && (
        <TableDialog
          look={look}
          y={y}
          frame={frame}
          range={range}
          onClose={() => {
            setTable(false);
          }}
        />
      )}
    </figure>
  );
}

/** The mean in shown units; a mean pace is the pace of the mean speed. */
function meanOf(column: readonly (number | null)[], look: ChannelLook, time: number[], range: Range): number | null {
  const sum = details(column, time, range);
  return sum && (!look.scale.pace || sum.mean > 0) ? look.scale.of(sum.mean) : null;
}

/** The value under the cursor. */
function Reading({
  y,
  frame,
  look,
  cursor,
}: {
  y: (number | null)[];
  frame: Frame;
  look: ChannelLook;
  cursor: Cursor;
}) {
  const at = useCursor(cursor);
  const value = at === null ? null : y[nearest(frame.time, at)];
  if (value === null || value === undefined) return null;
  return (
    <span className="font-semibold text-(--tone)" data-reading={look.key}>
      {look.scale.format(value)} {look.scale.unit}
    </span>
  );
}
