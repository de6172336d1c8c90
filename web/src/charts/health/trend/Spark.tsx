import { rangeOf } from "@/lib/charts/axis";
import { t } from "@/charts/health/text";

const HEIGHT = 32;

/** The last days of a measure as a small line over the band of what is usual; days without a value are left out. */
export function Spark({
  values,
  low,
  high,
  format,
}: {
  values: readonly (number | null)[];
  low: number | null;
  high: number | null;
  format: (value: number) => string;
}) {
  const known = values.filter((value) => value !== null);
  const range = rangeOf([...values, low, high], 0);
  if (!range || known.length === 0) return <div style={{ height: HEIGHT }} />;
  const [bottom, top] = range[0] === range[1] ? [range[0] - 1, range[1] + 1] : range;
  const x = (at: number): number => (100 * (at + 0.5)) / values.length;
  const y = (value: number): number => HEIGHT - (HEIGHT * (value - bottom)) / (top - bottom);
  const points = values.flatMap((value, at) => (value === null ? [] : [`${x(at)},${y(value)}`]));
  const last = points.at(-1) ?? "";
  const stroke = { fill: "none", stroke: "var(--ink-2)", vectorEffect: "non-scaling-stroke" as const };
  return (
    <svg
      role="img"
      aria-label={t("health_chart.spark", {
        count: values.length,
        low: format(Math.min(...known)),
        high: format(Math.max(...known)),
      })}
      viewBox={`0 0 100 ${HEIGHT}`}
      preserveAspectRatio="none"
      className="block w-full overflow-visible"
      style={{ height: HEIGHT }}
    >
      {low !== null && high !== null && (
        <rect width={100} y={y(high)} height={Math.max(1, y(low) - y(high))} fill="var(--accent-soft)" />
      )}
      <polyline points={points.join(" ")} strokeWidth={1.4} strokeLinejoin="round" {...stroke} />
      <path d={`M${last}h0`} strokeWidth={6} strokeLinecap="round" {...stroke} stroke="var(--accent)" />
    </svg>
  );
}
