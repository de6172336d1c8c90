import { useEffect, useMemo, useState } from "react";

import { useStreams } from "@/api/activities/activities";
import { useGap } from "@/api/activities/beside";
import { usePreferences, useSession } from "@/api/session";
import type { ActivityGap, Streams } from "@/api/types";
import { Cursor } from "@/charts/channels/cursor";
import { FrameChart } from "@/charts/frames/FrameChart";
import { TrackMap } from "@/charts/map/TrackMap";
import { TilesHint } from "@/features/TilesHint";
import { channelLook, FIRST } from "@/lib/activity/channels";
import { frameOf, line } from "@/lib/activity/efforts";
import { nearest } from "@/lib/activity/series";
import type { FrameBody } from "@/lib/charts/frames";
import { lineOf, type Line } from "@/lib/geo/track";
import { duration, scaleOf, told } from "@/lib/units";
import { Failure, Notice, Waiting } from "@/ui/layout/States";
import { besideAt, emptyOf, lastGap, laterBy } from "./beside";
import type { Pair } from "./Tables";
import { t } from "./text";

/** The colours of the two, on the map and in charts. */
export const TONES = ["chart-speed", "sport-run"] as const;
/** The units by which charts know an altitude from a distance, and a cadence from other rates. */
const UNITS: Record<string, string> = { altitude_m: "m_up", cadence_rpm: "1/min" };
const ALTITUDE = 120;
const HEIGHT = 150;

/** Two activities over each other: the map, the gap, and what both measured along the way of the first. */
export function Overlay({ one, other, labels }: Pair) {
  const gap = useGap(one.id, other.id);
  const [a, b] = [useStreams(one.id, true), useStreams(other.id, true)];
  const error = gap.error ?? a.error ?? b.error;
  if (error) return <Failure error={error} retry={() => void gap.refetch()} />;
  if (!gap.data || !a.data || !b.data)
    return (
      <Waiting>
        <div className="mt-4 grid gap-4 xl:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
          <div className="skeleton h-80 xl:h-[34rem]" />
          <div className="skeleton h-[34rem]" />
        </div>
      </Waiting>
    );
  return <Pictures one={one} other={other} labels={labels} gap={gap.data} a={a.data} b={b.data} />;
}

interface Shown extends Pair {
  gap: ActivityGap;
  a: Streams;
  b: Streams;
}

function Pictures({ one, other, labels, gap, a, b }: Shown) {
  const wish = usePreferences();
  const { data: session } = useSession();
  const [places, seconds] = useLinked(gap.time_s);
  const lines = useMemo(() => [trackOf(a), trackOf(b)], [a, b]);
  const later = laterBy(gap);
  const second = useMemo(() => (lines[1] ? { line: lines[1], tone: TONES[1], later } : undefined), [lines, later]);
  const charts = useMemo(() => besideAt(FIRST, gap, a, b, [one.sport, other.sport]), [gap, a, b, one, other]);
  const scale = scaleOf("distance", wish, one.sport);
  const x: FrameBody["x"] = {
    scale: "linear",
    unit: scale.unit,
    label: t("chart.distance"),
    values: gap.distance_m.map((metres) => scale.of(metres - (gap.distance_m[0] ?? 0))),
  };
  const [first, behind] = labels;
  return (
    <div className={lines[0] ? "mt-4 grid gap-4 xl:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]" : "mt-4"}>
      {lines[0] && session && (
        <section aria-label={t("beside.map")} className="min-w-0">
          <div className="xl:sticky xl:top-4">
            <div className="card relative h-80 overflow-hidden xl:h-[min(34rem,calc(100dvh-8rem))]">
              <TrackMap
                line={lines[0]}
                tone={TONES[0]}
                setting={session.map}
                stretch={null}
                cursor={seconds}
                imperial={wish.units === "imperial"}
                other={second}
              />
            </div>
            <p className="label mt-1.5">{t("beside.markers")}</p>
            {session.map.kind === "none" && <TilesHint admin={session.account?.is_admin ?? false} />}
          </div>
        </section>
      )}
      <section aria-label={t("beside.along")} className="min-w-0">
        <Notice>
          <span className="min-w-0 flex-1">
            {gap.by === "ground"
              ? t("beside.by_ground", { share: told("percent", 100 * gap.shared, wish) })
              : t("beside.by_distance")}{" "}
            {atEnd(gap, labels)}
          </span>
        </Notice>
        <div className="card mt-3 p-2">
          <FrameChart
            frame={frameOf("gap", t("beside.gap"), x, [
              line("gap", t("beside.gap_of", { first, other: behind }), "gap", gap.gap_s, {
                style: "area",
                decimals: 0,
              }),
            ])}
            title={t("beside.gap")}
            sport={one.sport}
            height={HEIGHT}
            shared={places}
          />
        </div>
        {charts.map((chart) => {
          const { label } = channelLook(chart.key, chart.unit, wish, one.sport);
          const unit = UNITS[chart.key] ?? chart.unit;
          return (
            <div key={chart.key} className="card mt-3 p-2">
              <h2 className="px-2 text-sm font-medium">{label}</h2>
              <FrameChart
                frame={frameOf(chart.key, label, x, [
                  line("first", first, unit, [...chart.first]),
                  line("other", behind, unit, [...chart.second]),
                ])}
                title={label}
                sport={one.sport}
                height={chart.key === "altitude_m" ? ALTITUDE : HEIGHT}
                shared={places}
              />
            </div>
          );
        })}
      </section>
    </div>
  );
}

/** Who was ahead at the last place where both were. */
function atEnd(gap: ActivityGap, [first, other]: [string, string]): string | null {
  const behind = lastGap(gap);
  if (behind === null) return null;
  if (behind === 0) return t("beside.even");
  return t("beside.end", { name: behind > 0 ? other : first, time: duration(Math.abs(behind)) });
}

function trackOf(streams: Streams): Line | null {
  const { latitude, longitude } = streams.channels;
  if (!latitude || !longitude) return null;
  const made = lineOf(longitude.values, latitude.values, streams.time_s, null, emptyOf(streams));
  return made.time.length > 1 ? made : null;
}

/** Two cursors that move each other: one of places along the way, one of seconds of the first activity. */
function useLinked(time: readonly number[]): [Cursor, Cursor] {
  const [places] = useState(() => new Cursor());
  const [seconds] = useState(() => new Cursor());
  useEffect(() => {
    const ends = [
      places.subscribe(() => {
        const at = places.get();
        seconds.set(at === null ? null : (time[at] ?? null));
      }),
      seconds.subscribe(() => {
        const at = seconds.get();
        const place = at === null ? null : nearest(time, at);
        if (place === null || time[place] !== time[places.get() ?? -1]) places.set(place);
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [places, seconds, time]);
  return [places, seconds];
}
