import { t } from "@/charts/health/text";

/** A group of values: how many, the quartiles, and what stands beside the bar. */
export interface Group {
  name: string;
  count: string;
  low: number;
  middle: number;
  high: number;
}

/** Air at both ends of the axis, as a share of it. */
const AIR = 0.08;

/** Two groups over one axis: a bar from quartile to quartile, with the median; 0 is what is usual. */
export function GroupSpread({ groups, format }: { groups: [Group, Group]; format: (value: number) => string }) {
  const ends = groups.flatMap(({ low, high }) => [low, high]);
  const [bottom, top] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const room = (top - bottom || 1) * AIR;
  const share = (value: number): string => `${(100 * (value - bottom + room)) / (top - bottom + 2 * room || 1)}%`;
  const width = (low: number, high: number): string =>
    `max(3px, ${(100 * (high - low)) / (top - bottom + 2 * room || 1)}%)`;
  return (
    <dl className="flex flex-col gap-1 text-sm">
      {groups.map((group, i) => (
        <div key={group.name} className="grid grid-cols-[7.5rem_minmax(0,1fr)] items-center gap-2">
          <dt className="leading-tight">
            <span className="block truncate text-ink-2">{group.name}</span>
            <span className="label block">{group.count}</span>
          </dt>
          <dd
            role="img"
            aria-label={t("health_chart.spread", {
              group: group.name,
              low: format(group.low),
              middle: format(group.middle),
              high: format(group.high),
            })}
            className="relative h-7"
          >
            <span className="absolute inset-y-0 w-px bg-line-strong" style={{ left: share(0) }} />
            <span
              className={`absolute inset-y-1 rounded-sm ${i === 0 ? "bg-accent/30" : "bg-ink-3/25"}`}
              style={{ left: share(group.low), width: width(group.low, group.high) }}
            />
            <span
              className={`absolute inset-y-0.5 w-1 -translate-x-1/2 rounded-full ${i === 0 ? "bg-accent" : "bg-ink-3"}`}
              style={{ left: share(group.middle) }}
            />
          </dd>
        </div>
      ))}
    </dl>
  );
}
