import { drawn, type Bar, type BarOf } from "./shape";
import { t } from "./text";

const HEIGHT = 100;

/**
 * A workout drawn as bars: as wide as a step is long, as high as it is hard. What is hard is dark, a range is paler
 * above its lower end, and a step without a target is an outline; so it can be read without colours.
 */
export function WorkoutProfile({
  profile,
  text,
  chosen = null,
  className = "h-16",
}: {
  profile: BarOf[];
  /** The workout in words, for those who hear the page; without it the picture is decoration. */
  text?: string;
  /** The bar to point out, by its place. */
  chosen?: number | null;
  className?: string;
}) {
  const { bars, seconds, top } = drawn(profile);
  const wide = Math.max(seconds, 1);
  const y = (pct: number): number => HEIGHT - (pct / top) * HEIGHT;
  const gap = Math.min(wide / 400, wide / Math.max(bars.length, 1) / 4);
  return (
    <svg
      viewBox={`0 0 ${wide} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={`block w-full ${className}`}
      {...(text === undefined
        ? { "aria-hidden": true }
        : { role: "img", "aria-label": t("workout.profile", { text }) })}
    >
      {bars.map((bar, index) => (
        <g key={index} className={index === chosen ? "opacity-100" : chosen === null ? "" : "opacity-50"}>
          <Shape bar={bar} y={y} gap={gap} />
        </g>
      ))}
      <line
        x1={0}
        x2={wide}
        y1={y(100)}
        y2={y(100)}
        className="stroke-ink-3"
        strokeDasharray="3 4"
        vectorEffect="non-scaling-stroke"
      />
      <line x1={0} x2={wide} y1={HEIGHT} y2={HEIGHT} className="stroke-line-strong" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

function Shape({ bar, y, gap }: { bar: Bar; y: (pct: number) => number; gap: number }) {
  const [from, to] = [bar.from, Math.max(bar.to - gap, bar.from)];
  const corners = ([start, end]: [number, number]): string =>
    `${from},${HEIGHT} ${from},${y(start)} ${to},${y(end)} ${to},${HEIGHT}`;
  if (bar.open) {
    return (
      <polygon
        points={corners(bar.full)}
        className="fill-sunken stroke-line-strong"
        strokeDasharray="3 3"
        vectorEffect="non-scaling-stroke"
      />
    );
  }
  const fill = bar.hard ? "fill-accent" : "fill-(--chart-quiet)";
  return (
    <>
      <polygon points={corners(bar.pale)} className={fill} fillOpacity={0.45} />
      <polygon points={corners(bar.full)} className={fill} />
    </>
  );
}
