import type uPlot from "uplot";

import type { ChannelLook } from "@/lib/activity/channels";
import { paused } from "@/lib/activity/series";
import { quantiles } from "@/lib/charts/colour";
import { decimal, duration } from "@/lib/units";
import { token } from "@/ui/hooks/media";
import type { Marks } from "./frame";

export const PACE_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 3600];
const TIME_STEPS = [10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400];
/** Metres of altitude, or seconds of pace, that a chart spans at least; other channels, a share of their level. */
const LEAST_SPAN = 20;
const LEAST_SHARE = 0.25;
export const AXIS_WIDTH = 52;
export const AXIS_HEIGHT = 26;

/** What a chart is told apart from its numbers. */
export interface PlotWish {
  look: ChannelLook;
  width: number;
  height: number;
  axis: "time" | "distance";
  /** Metres per shown unit of distance. */
  metres: number;
  lastOne: boolean;
  time: number[];
  x: number[];
  marks: Marks;
  hooks: uPlot.Hooks.Arrays;
}

/** uPlot's options for one channel: quiet axes, marks behind the line, gaps where the clock stood still. */
export function plotOptions(wish: PlotWish): uPlot.Options {
  const { look, axis, lastOne } = wish;
  const colour = token(look.colour);
  const grid = { stroke: token("line"), width: 1 };
  const common = { stroke: token("ink-3"), font: "11px system-ui, sans-serif", ticks: { show: false } };
  return {
    width: wish.width,
    height: wish.height + (lastOne ? AXIS_HEIGHT : 0),
    padding: [8, 20, lastOne ? 0 : 6, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false },
      points: { size: 7, width: 2, stroke: token("surface"), fill: colour },
    },
    scales: {
      x: { time: false },
      y: { dir: look.scale.pace ? -1 : 1, range: (plot) => limits(plot, look) },
    },
    axes: [
      {
        ...common,
        show: lastOne,
        size: AXIS_HEIGHT,
        gap: 4,
        grid: { ...grid, show: false },
        space: 64,
        ...(axis === "time" && { incrs: TIME_STEPS }),
        values: (_plot, splits) => splits.map((at) => (axis === "time" ? duration(at) : decimal(at, fraction(splits)))),
      },
      {
        ...common,
        size: AXIS_WIDTH,
        gap: 6,
        grid,
        space: 24,
        ...(look.scale.pace && { incrs: PACE_STEPS }),
        values: (_plot, splits) => splits.map((at) => (look.scale.pace ? duration(at) : decimal(at, fraction(splits)))),
      },
    ],
    series: [
      {},
      {
        stroke: colour,
        width: 1.4,
        spanGaps: false,
        points: { show: false },
        ...(look.filled && { fill: `${colour}33` }),
        gaps: (plot, _series, from, to, gaps) => withPauses(plot, wish.time, from, to, gaps),
      },
    ],
    hooks: {
      ...wish.hooks,
      drawClear: [
        (plot) => {
          drawMarks(plot, wish);
        },
      ],
    },
  };
}

/** As many decimals as the ticks have. */
export function fraction(splits: number[]): number {
  const exact = (digits: number): boolean => splits.every((at) => Math.abs(at - Number(at.toFixed(digits))) < 1e-9);
  return [0, 1, 2, 3].find(exact) ?? 4;
}

/** The range of what is in sight: paces without their rarest extremes, the rest whole, and noise not blown up. */
function limits(plot: uPlot, look: ChannelLook): [number, number] {
  const [from, to] = plot.series[0]?.idxs ?? [0, 0];
  const values = (plot.data[1] ?? []).slice(from, to + 1) as (number | null)[];
  const [low = 0, high = 1] = quantiles(values, look.scale.pace ? [0.01, 0.97] : [0, 1]);
  if (!Number.isFinite(low)) return [0, 1];
  const middle = (low + high) / 2;
  const least = look.filled || look.scale.pace ? LEAST_SPAN : Math.max(LEAST_SHARE * Math.abs(middle), 2);
  const half = Math.max((high - low) * 0.58, least / 2);
  const bottom = middle - half;
  return [low >= 0 && bottom < 0 ? 0 : bottom, middle + half];
}

function withPauses(
  plot: uPlot,
  time: number[],
  from: number,
  to: number,
  gaps: [number, number][],
): [number, number][] {
  const x = plot.data[0];
  const at = (i: number): number => Math.round(plot.valToPos(x[i] ?? 0, "x", true));
  const out = [...gaps];
  for (let i = from; i < to; i++) if (paused(time, i)) out.push([at(i), at(i + 1)]);
  return out.sort((a, b) => a[0] - b[0]);
}

/** Pauses as bands, laps as thin lines. On the axis of distance a pause has no width. */
function drawMarks(plot: uPlot, { time, x, marks, axis }: PlotWish): void {
  const { ctx } = plot;
  const { left, top, width, height } = plot.bbox;
  const place = (seconds: number): number => plot.valToPos(valueAt(time, x, seconds), "x", true);
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  ctx.fillStyle = token("band");
  if (axis === "time") {
    for (const { start_s, end_s } of marks.pauses)
      ctx.fillRect(place(start_s), top, place(end_s) - place(start_s), height);
  }
  ctx.strokeStyle = token("line-strong");
  ctx.setLineDash([2, 4]);
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  for (const lap of marks.laps) {
    const at = Math.round(place(lap)) + 0.5;
    ctx.moveTo(at, top);
    ctx.lineTo(at, top + height);
  }
  ctx.stroke();
  ctx.restore();
}

/** The axis' value at a moment, between the samples where there is none. */
export function valueAt(time: number[], x: number[], seconds: number): number {
  let [low, high] = [0, time.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((time[middle] ?? 0) < seconds) low = middle + 1;
    else high = middle;
  }
  const [t0, t1] = [time[low - 1] ?? 0, time[low] ?? 0];
  const [x0, x1] = [x[low - 1] ?? x[low] ?? 0, x[low] ?? 0];
  if (t1 <= t0 || low === 0) return x1;
  return x0 + (x1 - x0) * Math.min(1, Math.max(0, (seconds - t0) / (t1 - t0)));
}
