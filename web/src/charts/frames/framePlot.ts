import uPlot from "uplot";

import { AXIS_HEIGHT, AXIS_WIDTH, fraction, PACE_STEPS } from "@/charts/channels/plot";
import type { NamedDays } from "@/charts/health/trend/trend";
import { bandColour, faded, lineColour } from "@/charts/roles";
import {
  bandName,
  dateTicks,
  logTicks,
  positions,
  stacked,
  tickName,
  tickPlaces,
  type FrameBand,
  type FrameBody,
  type FrameLine,
} from "@/lib/charts/frames";
import { wall } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";
import { brief, decimal, duration, scaleOfUnit, type Scale } from "@/lib/units";
import { token } from "@/ui/hooks/media";

const DAY_S = 86_400;
const TICK_PX = 58;
/** Of paces along x there are at most so many ticks; those without room are left out. */
const MOST_TICKS = 24;
/** An axis spans at least so many of the smallest steps in which its values are told. */
const LEAST_TICKS = 4;
/** A ground in the colour of a series, and of bars that stand behind lines. */
const GROUND = 0.16;
const BEHIND = 0.45;
const BROAD = 6;
/** Pixels of a dash and of the gap after it. */
const DASH = [6, 4];

/** One series as it is drawn: its values in the shown unit, in a stack on top of those below. */
export interface Drawn {
  line: FrameLine;
  scale: Scale;
  axis: string;
  values: (number | null)[];
}

/** What a plot is told. */
export interface Wish {
  frame: FrameBody;
  drawn: Drawn[];
  /** How numbers along x are shown. */
  across: Scale;
  width: number;
  height: number;
  withX: boolean;
  /** What was noted of days, for a chart of days. */
  notes: readonly NamedDays[];
  hooks: uPlot.Hooks.Arrays;
}

/** The series that are drawn, from the back to the front: the tops of stacks first, lines over bars. */
export function drawnOf(lines: FrameLine[], hidden: ReadonlySet<string>, wish: Preferences, sport: string): Drawn[] {
  const values = stacked(lines, hidden);
  const made = lines
    .filter(({ key }) => values.has(key))
    .map((line) => {
      const scale = scaleOfUnit(line.unit, line.decimals, wish, sport);
      // A bar of nothing would only hide the axis it stands on.
      const nothing = (value: number): boolean => (line.style === "bar" ? value === 0 : scale.pace && value <= 0);
      const shown = (values.get(line.key) ?? []).map((value) =>
        value === null || nothing(value) ? null : scale.of(value),
      );
      return { line, scale, axis: `${line.axis} ${scale.unit}`, values: shown };
    });
  const back = ({ line }: Drawn): number => {
    if (line.style === "bar") return 0;
    if (line.style === "area" || line.broad) return 1;
    // Where a dashed line runs with another one, both are seen.
    return line.dash?.length ? 3 : 2;
  };
  return made.reverse().sort((a, b) => back(a) - back(b));
}

export function optionsOf(wish: Wish): uPlot.Options {
  const { frame, drawn } = wish;
  const colours = drawn.map(({ line }) => lineColour(line, frame.lines.indexOf(line)));
  const axes = [...new Map(drawn.map((one) => [one.axis, one])).values()];
  const first = (side: "left" | "right"): Drawn | undefined => axes.find(({ line }) => line.axis === side);
  return {
    width: wish.width,
    height: wish.height + (wish.withX ? AXIS_HEIGHT : 0),
    padding: [10, first("right") && first("left") ? 0 : 16, wish.withX ? 0 : 6, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: false, y: false, setScale: false },
      points: {
        size: (_plot: uPlot, at: number) => (drawn[at - 1]?.line.style === "bar" ? 0 : 7),
        width: 2,
        stroke: token("surface"),
        fill: (_plot: uPlot, at: number) => colours[at - 1] ?? "",
      },
    },
    scales: {
      x: xScale(wish),
      ...Object.fromEntries(
        axes.map((one) => [
          one.axis,
          { dir: one.scale.pace ? (-1 as const) : (1 as const), range: (plot: uPlot) => limits(plot, one.axis, wish) },
        ]),
      ),
    },
    axes: [
      xAxis(wish),
      ...(["left", "right"] as const).flatMap((side) => {
        const one = first(side);
        // Alone, the right axis stands on the left, below that of the panel above.
        return one ? [yAxis(one, first("left") ? side : "left", side === "left" || !first("left"))] : [];
      }),
    ],
    series: [{}, ...drawn.map((one, at) => seriesOf(one, drawn, colours[at] ?? ""))],
    hooks: {
      ...wish.hooks,
      drawClear: [
        (plot) => {
          drawBands(plot, wish);
          drawNotes(plot, wish);
        },
      ],
      draw: [
        (plot) => {
          nameBands(plot, wish);
        },
        ...(wish.hooks.draw ?? []),
      ],
    },
  };
}

/** Where the values stand along x: numbers as they are shown, but paces as speeds, since those go up. */
export function placesOf(frame: FrameBody, across: Scale): number[] {
  const places = positions(frame.x);
  return frame.x.scale === "linear" && !across.pace ? places.map(across.of) : places;
}

function xScale({ frame, across }: Wish): uPlot.Scale {
  const places = placesOf(frame, across);
  const [low = 0, high = 1] = [places[0], places.at(-1)];
  switch (frame.x.scale) {
    case "date": {
      // Bars of the first and the last day need half a day of room.
      const room = Math.max(DAY_S / 2, (high - low) / 200);
      return { time: true, range: [low - room, high + room] };
    }
    case "category":
      return { time: false, range: frame.x.unit === "day" ? [low, high] : [low - 0.6, high + 0.6] };
    case "log":
      return { time: false, distr: 3, log: 10, range: [Math.max(low, 1e-6), Math.max(high, low * 1.01)] };
    case "linear": {
      const step = frame.x.step ?? 0;
      const room = (across.pace ? step : across.of(step) - across.of(0)) / 2;
      const air = room || 0.02 * (high - low) || 1;
      return { time: false, range: [low - air, high + air] };
    }
  }
}

const common = (): Partial<uPlot.Axis> => ({
  stroke: token("ink-3"),
  font: "11px system-ui, sans-serif",
  ticks: { show: false },
});

function xAxis({ frame, across, width, withX }: Wish): uPlot.Axis {
  const axis: uPlot.Axis = {
    ...common(),
    show: withX,
    size: AXIS_HEIGHT,
    gap: 4,
    space: TICK_PX,
    grid: { show: false },
  };
  switch (frame.x.scale) {
    case "date":
      return { ...axis, values: (_plot, splits, _axis, _space, step) => dateTicks(splits, step) };
    case "category": {
      const places = tickPlaces(frame.x, Math.floor((width - AXIS_WIDTH) / TICK_PX));
      return { ...axis, splits: () => places, values: (_plot, splits) => splits.map((at) => tickName(frame.x, at)) };
    }
    case "log":
      return {
        ...axis,
        grid: { show: true, stroke: token("line"), width: 1 },
        splits: (plot) => roomy(plot, logTicks(plot.scales.x?.min ?? 1, plot.scales.x?.max ?? 1)),
        filter: (_plot, splits) => splits,
        values: (_plot, splits) => splits.map((at) => (frame.x.unit === "s" ? brief(at) : decimal(at))),
      };
    case "linear":
      if (across.pace)
        return {
          ...axis,
          splits: (plot) => roomy(plot, paceTicks(plot, across)),
          values: (_plot, splits) => splits.map((at) => across.format(across.of(at))),
        };
      return { ...axis, values: (_plot, splits) => splits.map((at) => decimal(at, fraction(splits))) };
  }
}

/** Round paces in sight, as the speeds that they stand at: a pace of a pace is the speed again. */
function paceTicks(plot: uPlot, across: Scale): number[] {
  const slow = across.of(Math.max(plot.scales.x?.min ?? 0, 0.1));
  const fast = across.of(plot.scales.x?.max ?? 1);
  const step = PACE_STEPS.find((seconds) => (slow - fast) / seconds <= MOST_TICKS) ?? 3600;
  const first = Math.ceil(fast / step);
  const count = Math.max(0, Math.floor(slow / step) - first + 1);
  return Array.from({ length: count }, (_, at) => across.of((first + at) * step)).reverse();
}

/** The ticks that stand far enough from the one before. */
function roomy(plot: uPlot, ticks: number[]): number[] {
  let last = -Infinity;
  return ticks.filter((tick) => {
    const at = plot.valToPos(tick, "x");
    if (at - last < 44) return false;
    last = at;
    return true;
  });
}

function yAxis({ axis, scale }: Drawn, side: "left" | "right", grid: boolean): uPlot.Axis {
  return {
    ...common(),
    scale: axis,
    side: side === "left" ? 3 : 1,
    size: side === "left" ? AXIS_WIDTH : AXIS_WIDTH - 8,
    gap: 6,
    space: 28,
    grid: { show: grid, stroke: token("line"), width: 1 },
    ...(scale.pace && { incrs: PACE_STEPS }),
    values: (_plot, splits) => splits.map((at) => (scale.pace ? duration(at) : decimal(at, fraction(splits)))),
  };
}

function seriesOf({ line, axis }: Drawn, drawn: Drawn[], colour: string): uPlot.Series {
  const base: uPlot.Series = {
    scale: axis,
    stroke: colour,
    points: { show: false },
    spanGaps: false,
    width: line.colour === "quiet" ? 1.2 : 2,
  };
  switch (line.style) {
    case "bar": {
      const behind = line.stack === null && drawn.some((other) => other.line.style !== "bar");
      return {
        ...base,
        fill: behind ? faded(colour, BEHIND) : colour,
        width: behind || line.values.length > 120 ? 0 : 1,
        stroke: token("surface"),
        ...(uPlot.paths.bars && { paths: uPlot.paths.bars({ size: [0.86, 56], radius: 0 }) }),
      };
    }
    case "area":
      return { ...base, fill: faded(colour, GROUND) };
    case "points":
      return { ...base, paths: () => null, points: { show: true, size: 6, fill: colour } };
    case "dashed":
      return { ...base, dash: DASH };
    case "step":
      return { ...base, ...(uPlot.paths.stepped && { paths: uPlot.paths.stepped({ align: 1 }) }) };
    case "line":
      if (line.broad) return { ...base, stroke: faded(colour, BEHIND), width: BROAD };
      return line.dash ? { ...base, dash: [...line.dash] } : base;
  }
}

/** From the least to the greatest in sight with some air; bars stand on zero, bands are seen whole. */
function limits(plot: uPlot, axis: string, { frame, drawn }: Wish): [number, number] {
  const mine = drawn.filter((one) => one.axis === axis);
  const [from, to] = plot.series[0]?.idxs ?? [0, 0];
  let [low, high] = [Infinity, -Infinity];
  for (const { values } of mine) {
    for (let i = from; i <= to; i++) {
      const value = values[i];
      if (value === null || value === undefined) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  for (const band of frame.bands.filter((one) => mine.some(({ line }) => line.axis === one.axis))) {
    for (const edge of [band.low, band.high]) {
      if (edge === null) continue;
      low = Math.min(low, edge);
      high = Math.max(high, edge);
    }
  }
  if (low > high) return [0, 1];
  const air = (high - low || Math.abs(high) || 1) * 0.07;
  const bare = ({ style }: FrameLine): boolean => style !== "bar" && style !== "area";
  const onZero = low >= 0 && mine.some(({ line, scale }) => !bare(line) || (!scale.pace && low < 0.5 * high));
  const [bottom, top] = [onZero ? 0 : low - air, high + air];
  // Ticks finer than what is shown of a value would all read the same.
  const digits = Math.min(...mine.map(({ scale }) => scale.digits));
  const short = LEAST_TICKS * 10 ** -digits - (top - bottom);
  if (short <= 0) return [bottom, top];
  return onZero ? [0, top + short] : [bottom - short / 2, top + short / 2];
}

/** Call `act` with each band and its upper and lower edge in pixels, clipped to the plot. */
function eachBand(plot: uPlot, { frame, drawn }: Wish, act: (band: FrameBand, y0: number, y1: number) => void): void {
  const {
    ctx,
    bbox: { left, top, width, height },
  } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  for (const band of frame.bands) {
    const axis = drawn.find(({ line }) => line.axis === band.axis)?.axis;
    if (axis === undefined) continue;
    const place = (edge: number | null, end: number): number => (edge === null ? end : plot.valToPos(edge, axis, true));
    const [y0, y1] = [place(band.high, top), place(band.low, top + height)];
    act(band, Math.min(y0, y1), Math.max(y0, y1));
  }
  ctx.restore();
}

/** Bands behind the lines. */
function drawBands(plot: uPlot, wish: Wish): void {
  const { ctx, bbox } = plot;
  eachBand(plot, wish, (band, y0, y1) => {
    ctx.fillStyle = bandColour(band);
    ctx.fillRect(bbox.left, y0, bbox.width, y1 - y0);
  });
}

/** What each band means, at its upper left where there is room for it: over the lines, in a halo to be read by. */
function nameBands(plot: uPlot, wish: Wish): void {
  const { ctx, bbox } = plot;
  const pixel = devicePixelRatio;
  eachBand(plot, wish, (band, y0, y1) => {
    const [upper, lower] = [Math.max(y0, bbox.top), Math.min(y1, bbox.top + bbox.height)];
    if (lower - upper < 15 * pixel) return;
    const [name, x, y] = [bandName(band.label), bbox.left + 6 * pixel, upper + 3 * pixel];
    ctx.font = `${11 * pixel}px system-ui, sans-serif`;
    ctx.textAlign = "left";
    ctx.textBaseline = "top";
    ctx.lineJoin = "round";
    ctx.lineWidth = 4 * pixel;
    ctx.strokeStyle = token("surface");
    ctx.strokeText(name, x, y);
    ctx.fillStyle = token("ink-2");
    ctx.fillText(name, x, y);
  });
}

/** Noted days as stretches with a foot, behind the lines. */
function drawNotes(plot: uPlot, { frame, notes }: Wish): void {
  if (frame.x.scale !== "date") return;
  const {
    ctx,
    bbox: { left, top, width, height },
  } = plot;
  const foot = 3 * devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  for (const { from, to } of notes) {
    const place = (day: string, half: number): number =>
      plot.valToPos(wall(day).getTime() / 1000 + half * DAY_S, "x", true);
    const [x0, x1] = [place(from, -0.5), place(to, 0.5)];
    ctx.fillStyle = faded(token("warn"), GROUND);
    ctx.fillRect(x0, top, x1 - x0, height);
    ctx.fillStyle = token("warn");
    ctx.fillRect(x0, top + height - foot, x1 - x0, foot);
  }
  ctx.restore();
}
