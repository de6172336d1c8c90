import type { MouseEvent, PointerEvent } from "react";

import { usePreferences } from "@/api/session";
import { dayTicks, rangeOf, roundTicks } from "@/lib/charts/axis";
import { day as dayWords, monthBrief, monthShort } from "@/lib/dates";
import { daysAfter } from "@/lib/health/days";
import type { Preferences } from "@/lib/preferences";
import type { Scale } from "@/lib/units";
import type { NamedDays, TrendData } from "./trend";

/** Room for the ticks at the left and some air at the right, px. */
export const [LEFT, RIGHT] = [64, 12];
const [TOP, BOTTOM] = [22, 22];
const TICK_PX = 62;
const NAME_PX = 90;
/** Of more days, the notes have a foot only: their stretches would cover the picture. */
const MARKED_DAYS = 200;

/** The place of the day under the pointer, of `count` days. */
export function placeUnder(event: PointerEvent | MouseEvent, count: number): number {
  const area = event.currentTarget.getBoundingClientRect();
  const share = (event.clientX - area.left - LEFT) / (area.width - LEFT - RIGHT);
  return Math.min(count - 1, Math.max(0, Math.floor(share * count)));
}

interface Scales {
  x: (at: number) => number;
  y: (si: number) => number;
  width: number;
  height: number;
}

/** The picture of a measure over days. */
export function TrendPlot({
  data,
  width,
  height,
  stems,
  title,
}: {
  data: TrendData;
  width: number;
  height: number;
  stems: boolean;
  title: string;
}) {
  const { scale, values, line, low, high } = data;
  const shown = (column: readonly (number | null)[]): (number | null)[] =>
    column.map((value) => (value === null ? null : scale.of(value)));
  const all = [...shown(values), ...shown(line), ...shown(low), ...shown(high)];
  const [bottom, top] = rangeOf(all, 4 * 10 ** -scale.digits) ?? [0, 1];
  const count = values.length;
  const y = (of: number): number => height - BOTTOM - ((height - TOP - BOTTOM) * (of - bottom)) / (top - bottom);
  const scales: Scales = {
    x: (at) => LEFT + ((width - LEFT - RIGHT) * (at + 0.5)) / count,
    y: (si) => y(scale.of(si)),
    width,
    height,
  };
  return (
    <svg role="img" aria-label={title} width={width} height={height} className="block">
      <Eras data={data} scales={scales} />
      <g className="label" fill="currentColor" aria-hidden="true">
        {roundTicks(bottom, top, 5).map((tick) => (
          <g key={tick}>
            <line x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} stroke="var(--line)" />
            <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end" fontSize={11}>
              {tickText(scale, tick)}
            </text>
          </g>
        ))}
      </g>
      <Days data={data} scales={scales} />
      <Notes notes={data.notes} data={data} scales={scales} />
      <path d={bandPath(low, high, scales)} fill="var(--accent)" opacity={0.16} />
      {stems && <path d={stemPath(values, line, scales)} stroke="var(--line-strong)" fill="none" />}
      <path d={dotPath(values, scales)} {...PEN} stroke="var(--chart-speed)" strokeWidth={count > 400 ? 3 : 6} />
      <path d={linePath(line, scales)} {...PEN} stroke="var(--ink)" strokeWidth={2} />
    </svg>
  );
}

const PEN = { fill: "none", strokeLinecap: "round", strokeLinejoin: "round" } as const;
const at1 = (value: number): string => value.toFixed(1);

function dotPath(values: readonly (number | null)[], { x, y }: Scales): string {
  return values.map((value, at) => (value === null ? "" : `M${at1(x(at))} ${at1(y(value))}h0`)).join("");
}

/** A line through the values that there are. */
function linePath(values: readonly (number | null)[], { x, y }: Scales): string {
  const points = values.flatMap((value, at) => (value === null ? [] : [`${at1(x(at))} ${at1(y(value))}`]));
  return points.length === 0 ? "" : `M${points.join("L")}`;
}

function stemPath(values: readonly (number | null)[], line: readonly (number | null)[], { x, y }: Scales): string {
  return values
    .map((value, at) => {
      const level = line[at];
      return value === null || typeof level !== "number" ? "" : `M${at1(x(at))} ${at1(y(value))}V${at1(y(level))}`;
    })
    .join("");
}

/** What is usual as bands, each a stretch of days without a gap. */
function bandPath(low: readonly (number | null)[], high: readonly (number | null)[], { x, y }: Scales): string {
  const bands: { at: number; low: number; high: number }[][] = [[]];
  low.forEach((bottom, at) => {
    const top = high[at];
    if (bottom === null || typeof top !== "number") bands.push([]);
    else bands.at(-1)?.push({ at, low: bottom, high: top });
  });
  return bands
    .filter((band) => band.length > 0)
    .map((band) => {
      const tops = band.map((one) => `${at1(x(one.at))} ${at1(y(one.high))}`);
      const bottoms = band.map((one) => `${at1(x(one.at))} ${at1(y(one.low))}`).reverse();
      return `M${[...tops, ...bottoms].join("L")}Z`;
    })
    .join("");
}

const edges = ({ from, to }: NamedDays, data: TrendData, { x }: Scales): [left: number, right: number] => {
  const last = data.values.length - 1;
  const place = (day: string): number => Math.min(last, Math.max(0, daysAfter(data.from, day)));
  return [x(place(from) - 0.5), x(place(to) + 0.5)];
};

/** Every other device on a ground of its own, with its name at its top; a lone device has neither. */
function Eras({ data, scales }: { data: TrendData; scales: Scales }) {
  if (data.eras.length < 2) return null;
  return data.eras.map((era, i) => {
    const [left, right] = edges(era, data, scales);
    return (
      <g key={era.from}>
        <rect
          x={left}
          width={Math.max(0, right - left)}
          y={TOP}
          height={scales.height - TOP - BOTTOM}
          fill={i % 2 === 0 ? "none" : "var(--band)"}
        />
        <line x1={left} x2={left} y1={TOP - 14} y2={scales.height - BOTTOM} stroke="var(--line-strong)" />
        {right - left > NAME_PX && (
          <svg x={left} width={right - left} height={TOP}>
            <text x={4} y={TOP - 5} fontSize={11} fill="var(--ink-3)">
              {era.name}
            </text>
          </svg>
        )}
      </g>
    );
  });
}

/** Notes as stretches with a foot; their names are read off with the cursor and in the table. */
function Notes({ notes, data, scales }: { notes: NamedDays[]; data: TrendData; scales: Scales }) {
  const foot = scales.height - BOTTOM;
  return notes.map((note) => {
    const [left, right] = edges(note, data, scales);
    const width = Math.max(2, right - left);
    return (
      <g key={`${note.from} ${note.name}`}>
        <title>{note.name}</title>
        {data.values.length <= MARKED_DAYS && (
          <rect x={left} width={width} y={TOP} height={foot - TOP} fill="var(--warn)" opacity={0.1} />
        )}
        <rect x={left} width={width} y={foot - 4} height={4} fill="var(--warn)" />
        {width > 30 && (
          <text x={left + 3} y={foot - 8} fontSize={11} fill="var(--ink-2)">
            {note.name}
          </text>
        )}
      </g>
    );
  });
}

function Days({ data: { from, to }, scales: { x, width, height } }: { data: TrendData; scales: Scales }) {
  const wish = usePreferences();
  const ticks = dayTicks(from, to, (width - LEFT - RIGHT) / TICK_PX);
  const step = ticks.length > 1 ? daysAfter(ticks[0] ?? from, ticks[1] ?? to) : 1;
  return (
    <g aria-hidden="true" fontSize={11} fill="var(--ink-3)">
      {ticks.map((tick) => (
        <text key={tick} x={Math.min(width - 26, x(daysAfter(from, tick)))} y={height - 6} textAnchor="middle">
          {tickName(tick, step, wish)}
        </text>
      ))}
    </g>
  );
}

/** A value beside the axis; hours need no minutes where they are whole. */
const tickText = (scale: Scale, tick: number): string =>
  scale.spelled ? scale.format(tick).replace(/ 00 min$/, "") : scale.format(tick);

/** Years, months or days, by how close they are; the first month of a year names it. */
function tickName(day: string, step: number, wish: Preferences): string {
  if (step > 300) return day.slice(0, 4);
  if (step < 20) return dayWords(day, wish, "plain").replace(/,? ?\d{4}$/, "");
  return day.slice(5, 7) === "01" ? monthBrief(day.slice(0, 7)) : monthShort(day);
}
