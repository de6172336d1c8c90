import { useEffect, useMemo, useState } from "react";

import { useStreamsOf } from "@/api/activities/activities";
import { useGaps } from "@/api/activities/beside";
import { usePreferences, useSession } from "@/api/session";
import type { ActivityGap, Streams } from "@/api/types";
import { Cursor } from "@/charts/channels/cursor";
import { FrameChart } from "@/charts/frames/FrameChart";
import { TrackMap } from "@/charts/map/TrackMap";
import { TilesHint } from "@/features/TilesHint";
import { channelLook, FIRST } from "@/lib/activity/channels";
import { frameOf, line } from "@/lib/activity/efforts";
import { nearest, type Column } from "@/lib/activity/series";
import type { FrameBody, FrameLine } from "@/lib/charts/frames";
import { lineOf, type Line } from "@/lib/geo/track";
import { duration, scaleOf, told } from "@/lib/units";
import { Segmented } from "@/ui/controls/Field";
import { useAddress } from "@/ui/hooks/address";
import { Failure, Notice, Waiting } from "@/ui/layout/States";
import { besideAt, clockOf, during, emptyOf, gapsDuring, lastGap, laterBy } from "./beside";
import { LOOKS } from "./looks";
import type { Group } from "./Tables";
import { t } from "./text";

/** The units by which charts know an altitude from a distance, and a cadence from other rates. */
const UNITS: Record<string, string> = { altitude_m: "m_up", cadence_rpm: "1/min" };
const ALTITUDE = 120;
const HEIGHT = 150;
/** At how many places charts over time read, as many as the server compares along the way. */
const PLACES = 300;

/** Activities over each other: the map, the gaps, and what all measured along the way of the first, or over time. */
export function Overlay({ all, labels }: Group) {
  const ids = all.map(({ id }) => id);
  const gaps = useGaps(ids[0] ?? "", ids.slice(1));
  const streams = useStreamsOf(ids);
  const error = gaps.error ?? streams.error;
  if (error)
    return (
      <Failure
        error={error}
        retry={() => {
          gaps.refetch();
          streams.refetch();
        }}
      />
    );
  const [theGaps, theStreams] = [complete(gaps.data), complete(streams.data)];
  if (!theGaps || !theStreams)
    return (
      <Waiting>
        <div className="mt-4 grid gap-4 xl:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
          <div className="skeleton h-80 xl:h-[34rem]" />
          <div className="skeleton h-[34rem]" />
        </div>
      </Waiting>
    );
  return <Pictures all={all} labels={labels} gaps={theGaps} streams={theStreams} />;
}

/** All of them, once all have come. */
const complete = <T,>(some: (T | undefined)[]): T[] | null =>
  some.every((one) => one !== undefined) ? (some as T[]) : null;

interface Shown extends Group {
  /** How far each but the first was behind it. */
  gaps: ActivityGap[];
  streams: Streams[];
}

function Pictures({ all, labels, gaps, streams }: Shown) {
  const { data: session } = useSession();
  const wish = usePreferences();
  const [{ by }, change] = useAddress({ by: "distance" });
  const overTime = by === "time";
  const read = useRead(streams, gaps, overTime);
  const [places, seconds] = useLinked(read.clock);
  const lines = useMemo(() => streams.map(trackOf), [streams]);
  const others = useMemo(
    () =>
      lines.slice(1).flatMap((way, i) => {
        const [look, gap] = [LOOKS[i + 1], gaps[i]];
        return way && look && gap ? [{ line: way, tone: look.tone, later: overTime ? 0 : laterBy(gap) }] : [];
      }),
    [lines, gaps, overTime],
  );
  const track = lines[0];
  return (
    <div className={track ? "mt-4 grid gap-4 xl:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]" : "mt-4"}>
      {track && session && (
        <section aria-label={t("beside.map")} className="min-w-0">
          <div className="xl:sticky xl:top-4">
            <div className="card relative h-80 overflow-hidden xl:h-[min(34rem,calc(100dvh-8rem))]">
              <TrackMap
                line={track}
                tone={LOOKS[0].tone}
                setting={session.map}
                stretch={null}
                cursor={seconds}
                imperial={wish.units === "imperial"}
                others={others}
              />
            </div>
            <p className="label mt-1.5">{t("beside.markers")}</p>
            {session.map.kind === "none" && <TilesHint admin={session.account?.is_admin ?? false} />}
          </div>
        </section>
      )}
      <section aria-label={t("beside.along")} className="min-w-0">
        <Ends gaps={gaps} labels={labels} />
        <div className="mt-3">
          <Segmented
            name={t("beside.over")}
            hideName
            value={overTime ? "time" : "distance"}
            onChange={(chosen) => {
              change({ by: chosen });
            }}
            options={[
              { value: "distance", label: t("chart.distance") },
              { value: "time", label: t("chart.time") },
            ]}
          />
        </div>
        <Charts all={all} labels={labels} streams={streams} read={read} cursor={places} />
      </section>
    </div>
  );
}

/** Where charts read: the clock of the first at each place, when each was there, and the gaps. */
interface Read {
  /** Metres of the first at each place; null where charts stand over time. */
  metres: number[] | null;
  clock: number[];
  seconds: (readonly (number | null)[])[];
  gaps: Column[];
}

function useRead(streams: Streams[], gaps: ActivityGap[], overTime: boolean): Read {
  return useMemo(() => {
    const [first] = gaps;
    if (overTime || !first) {
      const clock = clockOf(streams, PLACES);
      const seconds = streams.map((one) => during(clock, one));
      return { metres: null, clock, seconds, gaps: gaps.map((gap) => gapsDuring(gap, seconds[0] ?? [])) };
    }
    return {
      metres: first.distance_m,
      clock: first.time_s,
      seconds: [first.time_s, ...gaps.map((gap) => gap.other_time_s)],
      gaps: gaps.map((gap) => gap.gap_s),
    };
  }, [streams, gaps, overTime]);
}

/** The gaps and every channel, over the same places. */
function Charts({ all, labels, streams, read, cursor }: Group & { streams: Streams[]; read: Read; cursor: Cursor }) {
  const wish = usePreferences();
  const sport = all[0]?.sport ?? "generic";
  const channels = useMemo(
    () =>
      besideAt(
        FIRST,
        streams.map((one, i) => ({ streams: one, sport: all[i]?.sport ?? "generic", seconds: read.seconds[i] ?? [] })),
      ),
    [streams, read, all],
  );
  const scale = scaleOf("distance", wish, sport);
  const { metres, clock } = read;
  const x: FrameBody["x"] = metres
    ? {
        scale: "linear",
        unit: scale.unit,
        label: t("chart.distance"),
        values: metres.map((at) => scale.of(at - (metres[0] ?? 0))),
      }
    : { scale: "linear", unit: "min", label: t("chart.time"), values: clock.map((at) => at / 60) };
  const [first = ""] = labels;
  const gapLine = (values: Column, i: number): FrameLine => {
    const label = t("beside.gap_of", { first, other: labels[i + 1] ?? "" });
    return all.length === 2
      ? line("gap", label, "gap", [...values], { style: "area" })
      : lineFor(i + 1, label, "gap", values);
  };
  return (
    <>
      <div className="card mt-3 p-2">
        <FrameChart
          frame={frameOf("gap", t("beside.gap"), x, read.gaps.map(gapLine))}
          title={t("beside.gap")}
          sport={sport}
          height={HEIGHT}
          shared={cursor}
        />
      </div>
      {channels.map(({ key, unit, values }) => {
        const { label } = channelLook(key, unit, wish, sport);
        const drawn = values.flatMap((column, i) =>
          column ? [lineFor(i, labels[i] ?? "", UNITS[key] ?? unit, column)] : [],
        );
        return (
          <div key={key} className="card mt-3 p-2">
            <h2 className="px-2 text-sm font-medium">{label}</h2>
            <FrameChart
              frame={frameOf(key, label, x, drawn)}
              title={label}
              sport={sport}
              height={key === "altitude_m" ? ALTITUDE : HEIGHT}
              shared={cursor}
            />
          </div>
        );
      })}
    </>
  );
}

/** The line of one of them in its colour, and with its dashes. */
function lineFor(at: number, label: string, unit: string, values: Column): FrameLine {
  const { key, dash } = LOOKS[at] ?? LOOKS[0];
  return line(key, label, unit, [...values], { dash });
}

/** How each was compared with the first, and who was ahead at the end. */
function Ends({ gaps, labels: [first = "", ...others] }: { gaps: ActivityGap[]; labels: string[] }) {
  const wish = usePreferences();
  const texts = gaps.map((gap, i) => {
    const how =
      gap.by === "ground"
        ? t("beside.by_ground", { share: told("percent", 100 * gap.shared, wish) })
        : t("beside.by_distance");
    return [how, atEnd(gap, first, others[i] ?? "")].filter(Boolean).join(" ");
  });
  return (
    <Notice>
      {texts.length === 1 ? (
        <span className="min-w-0 flex-1">{texts[0]}</span>
      ) : (
        <ul className="min-w-0 flex-1 space-y-1">
          {texts.map((text, i) => (
            <li key={i}>{t("beside.compared", { name: others[i] ?? "", text })}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

/** Who was ahead at the last place where both were. */
function atEnd(gap: ActivityGap, first: string, other: string): string | null {
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
    // The moment stays while the places change.
    const moment = seconds.get();
    places.set(moment === null ? null : nearest(time, moment));
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
