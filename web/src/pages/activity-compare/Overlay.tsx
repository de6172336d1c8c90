import { useEffect, useMemo, useState } from "react";

import { useStreamsOf } from "@/api/activities/activities";
import { useGaps } from "@/api/activities/beside";
import { mayPass, settled } from "@/api/activities/several";
import { reason } from "@/api/client";
import { usePreferences, useSession } from "@/api/session";
import type { ActivityGap, Streams } from "@/api/types";
import { Cursor } from "@/charts/channels/cursor";
import { FrameChart } from "@/charts/frames/FrameChart";
import { TrackMap } from "@/charts/map/TrackMap";
import { TilesHint } from "@/features/TilesHint";
import { channelLook, FIRST } from "@/lib/activity/channels";
import { frameOf, line } from "@/lib/activity/efforts";
import { columnsOf, nearest, type Column } from "@/lib/activity/series";
import type { FrameBody, FrameLine } from "@/lib/charts/frames";
import { trackOf } from "@/lib/geo/track";
import { duration, scaleOf, told } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { Segmented } from "@/ui/controls/Field";
import { useAddress } from "@/ui/hooks/address";
import { Failure, Notice, Waiting } from "@/ui/layout/States";
import { besideAt, clockOf, during, gapsDuring, lastGap, laterBy } from "./beside";
import { LOOKS, markOf } from "./looks";
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
  if (!settled(gaps) || !settled(streams))
    return (
      <Waiting>
        <div className="mt-4 grid gap-4 xl:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
          <div className="skeleton h-80 xl:h-[34rem]" />
          <div className="skeleton h-[34rem]" />
        </div>
      </Waiting>
    );
  const retry = (): void => {
    gaps.refetch();
    streams.refetch();
  };
  const [first] = streams.errors;
  if (first) return <Failure error={first} retry={retry} />;
  const lost = ids.flatMap((_id, i): string[] => {
    const name = labels[i] ?? "";
    const [undrawn, apart] = [streams.errors[i] ?? null, gaps.errors[i - 1] ?? null];
    if (undrawn) return [t("beside.not_drawn", { name, why: reason(undrawn) })];
    return apart ? [t("beside.time_only", { name, why: reason(apart) })] : [];
  });
  return (
    <>
      {lost.length > 0 && (
        <div className="mt-3">
          <Notice tone="warn">
            <ul className="min-w-0 flex-1 space-y-1">
              {lost.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
            {[...streams.errors, ...gaps.errors].some((error) => error && mayPass(error)) && (
              <Button onClick={retry}>{t("app.retry")}</Button>
            )}
          </Notice>
        </div>
      )}
      <Pictures all={all} labels={labels} gaps={gaps.data} streams={streams.data} />
    </>
  );
}

interface Shown extends Group {
  /** How far each but the first was behind it; undefined where that can't be said. */
  gaps: (ActivityGap | undefined)[];
  /** Those of each; undefined of one that can't be drawn, which is never the first. */
  streams: (Streams | undefined)[];
}

function Pictures({ all, labels, gaps, streams }: Shown) {
  const { data: session } = useSession();
  const wish = usePreferences();
  const [{ by }, change] = useAddress({ by: "distance" });
  const along = gaps.some((gap) => gap !== undefined);
  const overTime = by === "time" || !along;
  const read = useRead(streams, gaps, overTime);
  const [places, seconds] = useLinked(read.clock);
  const lines = useMemo(
    () => streams.map((one) => (one ? trackOf(columnsOf(one.channels), one.time_s) : null)),
    [streams],
  );
  const others = useMemo(
    () =>
      lines.slice(1).flatMap((way, i) => {
        const [look, gap] = [LOOKS[i + 1], gaps[i]];
        const later = overTime || !gap ? 0 : laterBy(gap);
        return way && look ? [{ line: way, tone: look.tone, dash: look.dash, mark: markOf(i + 1), later }] : [];
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
                mark={markOf(0)}
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
        {along && (
          <>
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
          </>
        )}
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
  gaps: (Column | null)[];
}

function useRead(streams: Shown["streams"], gaps: Shown["gaps"], overTime: boolean): Read {
  return useMemo(() => {
    // All are read at the same places of the first.
    const along = gaps.find((gap) => gap !== undefined);
    if (overTime || !along) {
      const drawn = streams.filter((one) => one !== undefined);
      const clock = clockOf(drawn, PLACES);
      const seconds = streams.map((one) => (one ? during(clock, one) : []));
      const behind = gaps.map((gap) => (gap ? gapsDuring(gap, seconds[0] ?? []) : null));
      return { metres: null, clock, seconds, gaps: behind };
    }
    return {
      metres: along.distance_m,
      clock: along.time_s,
      seconds: [along.time_s, ...gaps.map((gap) => gap?.other_time_s ?? [])],
      gaps: gaps.map((gap) => gap?.gap_s ?? null),
    };
  }, [streams, gaps, overTime]);
}

/** The gaps and every channel, over the same places. */
function Charts({
  all,
  labels,
  streams,
  read,
  cursor,
}: Group & { streams: Shown["streams"]; read: Read; cursor: Cursor }) {
  const wish = usePreferences();
  const sport = all[0]?.sport ?? "generic";
  const channels = useMemo(
    () =>
      besideAt(
        FIRST,
        streams.map((one, i) =>
          one ? { streams: one, sport: all[i]?.sport ?? "generic", seconds: read.seconds[i] ?? [] } : null,
        ),
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
  const gapLines = read.gaps.flatMap((values, i): FrameLine[] => {
    if (!values) return [];
    const label = t("beside.gap_of", { first, other: labels[i + 1] ?? "" });
    return [
      all.length === 2
        ? line("gap", label, "gap", [...values], { style: "area" })
        : lineFor(i + 1, label, "gap", values),
    ];
  });
  return (
    <>
      {gapLines.length > 0 && (
        <div className="card mt-3 p-2">
          <FrameChart
            frame={frameOf("gap", t("beside.gap"), x, gapLines)}
            title={t("beside.gap")}
            sport={sport}
            height={HEIGHT}
            shared={cursor}
          />
        </div>
      )}
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
function Ends({ gaps, labels: [first = "", ...others] }: Pick<Shown, "gaps" | "labels">) {
  const wish = usePreferences();
  const texts = gaps.flatMap((gap, i): [string, string][] => {
    if (!gap) return [];
    const how =
      gap.by === "ground"
        ? t("beside.by_ground", { share: told("percent", 100 * gap.shared, wish) })
        : t("beside.by_distance");
    const name = others[i] ?? "";
    return [[name, [how, atEnd(gap, first, name)].filter(Boolean).join(" ")]];
  });
  return (
    <Notice>
      {others.length === 1 ? (
        <span className="min-w-0 flex-1">{texts[0]?.[1]}</span>
      ) : (
        <ul className="min-w-0 flex-1 space-y-1">
          {texts.map(([name, text]) => (
            <li key={name}>{t("beside.compared", { name, text })}</li>
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

/** Two cursors that move each other: one of places along the way, one of seconds of the first activity. */
function useLinked(time: readonly number[]): [Cursor, Cursor] {
  const [places] = useState(() => new Cursor());
  const [seconds] = useState(() => new Cursor());
  useEffect(() => {
    // The moment stays while the places change.
    const moment = seconds.get();
    places.set(moment === null ? null : nearest(time, moment), seconds.holder());
    const ends = [
      places.subscribe(() => {
        const at = places.get();
        seconds.set(at === null ? null : (time[at] ?? null), places.holder());
      }),
      seconds.subscribe(() => {
        const at = seconds.get();
        const place = at === null ? null : nearest(time, at);
        if (place === null || time[place] !== time[places.get() ?? -1]) places.set(place, seconds.holder());
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [places, seconds, time]);
  return [places, seconds];
}
