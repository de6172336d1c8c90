import { useMemo, type ReactNode } from "react";

import { usePreferences } from "@/api/session";
import type { Frame, Stretch } from "@/charts/channels/frame";
import { channelLook } from "@/lib/activity/channels";
import { details, nearest, upAndDown, weight } from "@/lib/activity/series";
import { sportLook } from "@/lib/activity/sports";
import { duration, told } from "@/lib/units";
import { t } from "@/pages/activity/text";
import { Button } from "@/ui/controls/Button";

/** What a chosen stretch comes to: how long, how far, how high, and the mean and most of every channel. */
export function StretchPanel({
  frame,
  moving,
  channels,
  stretch,
  sport,
  onReset,
  children,
}: {
  frame: Frame;
  moving: number[];
  channels: { key: string; unit: string }[];
  stretch: Stretch;
  sport: string;
  onReset: () => void;
  /** What else can be done with it. */
  children?: ReactNode;
}) {
  const wish = usePreferences();
  const sums = useMemo(() => {
    const { time, distance, columns } = frame;
    const range = { from: nearest(time, stretch.from), to: nearest(time, stretch.to) };
    const metres = distance ? (distance[range.to] ?? 0) - (distance[range.from] ?? 0) : null;
    let moved = 0;
    for (let i = range.from; i < range.to; i++) moved += moving[i] === 0 ? 0 : weight(time, i);
    const height = columns.altitude_m ? upAndDown(columns.altitude_m, time, range) : null;
    const out: [string, string][] = [
      [t("stretch.duration"), duration((time[range.to] ?? 0) - (time[range.from] ?? 0))],
    ];
    if (metres !== null && metres > 0) {
      out.push([t("stretch.distance"), told("distance", metres, wish, sport)]);
      if (moved > 0)
        out.push([
          t(sportLook(sport).pace === "speed" ? "total.speed" : "total.pace"),
          told("speed", metres / moved, wish, sport),
        ]);
    }
    if (height)
      out.push(
        [t("stretch.ascent"), told("elevation", height.up, wish)],
        [t("stretch.descent"), told("elevation", height.down, wish)],
      );
    for (const { key, unit } of channels) {
      if (key === "altitude_m" || key === "speed_mps") continue;
      const found = details(columns[key] ?? [], time, range);
      if (!found) continue;
      const { label: name, scale } = channelLook(key, unit, wish, sport);
      const most = t("total.max", { value: scale.format(scale.of(found.max)) });
      out.push([name, `${scale.format(scale.of(found.mean))} ${scale.unit} (${most})`]);
    }
    return out;
  }, [frame, moving, channels, stretch, sport, wish]);
  return (
    <section
      aria-label={t("chart.stretch")}
      data-testid="stretch"
      className="rise mb-2 rounded-xl bg-accent-soft px-4 py-3"
    >
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-x-4 gap-y-2">
        {sums.map(([name, value]) => (
          <div key={name}>
            <dt className="text-xs text-ink-2">{name}</dt>
            <dd className="text-sm font-semibold">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-3 flex flex-wrap gap-2">
        {children}
        <Button icon="close" onClick={onReset}>
          {t("chart.reset")}
        </Button>
      </div>
    </section>
  );
}
