import { useMemo, useState } from "react";

import { usePreferences, useSession } from "@/api/session";
import type { SharedActivity, SharedLap, Streams } from "@/api/types";
import { Cursor } from "@/charts/channels/cursor";
import { filled, type Frame, type Stretch } from "@/charts/channels/frame";
import { Stack } from "@/charts/channels/Stack";
import { TrackMap } from "@/charts/map/TrackMap";
import { ordered } from "@/lib/activity/channels";
import { steps } from "@/lib/activity/series";
import { kindName, sportLook, sportName } from "@/lib/activity/sports";
import { clock, day } from "@/lib/dates";
import { decodePolyline } from "@/lib/geo/polyline";
import { bareLine, trackOf, type Line } from "@/lib/geo/track";
import { locale } from "@/lib/language";
import type { Preferences } from "@/lib/preferences";
import { duration, told, type Measure } from "@/lib/units";
import { Notice } from "@/ui/layout/States";
import { SportTag } from "@/ui/pictures/Sport";
import { Figures, type Figure } from "@/ui/values/Figures";
import { Table, type ColumnOf } from "@/ui/values/Table";
import { t } from "@/features/sharing/text";

const SMOOTHING_S = 5;

/** An activity as whoever has a link sees it; `brief` as it is seen before the link is made. */
export function ActivityView({ shared, brief = false }: { shared: SharedActivity; brief?: boolean }) {
  const figures = useFigures(shared);
  return (
    <div className="flex flex-col gap-4">
      <Head shared={shared} brief={brief} />
      <Figures figures={figures} />
      <Picture shared={shared} brief={brief} />
      {!brief && <Laps shared={shared} />}
      {!brief && <Splits shared={shared} />}
    </div>
  );
}

function Head({ shared, brief }: { shared: SharedActivity; brief: boolean }) {
  const wish = usePreferences();
  const kind = kindName(shared.sub_sport);
  const words = [
    kind,
    day(shared.day, wish) + (shared.start_local === null ? "" : `, ${clock(shared.start_local, wish)}`),
    shared.gear,
    shared.rpe === null ? null : t("shared.felt", { rpe: shared.rpe }),
    shared.device === null ? null : t("shared.device", { device: shared.device }),
  ].filter((word) => word !== null);
  const Heading = brief ? "h3" : "h1";
  return (
    <header>
      <Heading className={`font-semibold text-pretty ${brief ? "text-lg" : "text-2xl"}`}>
        {shared.name ?? sportName(shared.sport)}
      </Heading>
      <p className="mt-1 flex flex-wrap items-center gap-x-2 text-sm text-ink-2">
        <SportTag sport={shared.sport} />
        {words.map((word) => (
          <span key={word}>· {word}</span>
        ))}
      </p>
      {shared.description !== null && <p className="mt-2 max-w-prose whitespace-pre-line">{shared.description}</p>}
      {shared.tags.length > 0 && <p className="mt-1 text-sm text-ink-2">{shared.tags.join(", ")}</p>}
    </header>
  );
}

/** The figures that are shown, with a second one below where there is one. */
function useFigures(shared: SharedActivity): Figure[] {
  const wish = usePreferences();
  const { sport, metrics } = shared;
  const number = (name: string, measure: Measure, value: number | null | undefined, hint?: string): Figure[] =>
    value === null || value === undefined
      ? []
      : [{ name, value: told(measure, value, wish, sport), ...(hint === undefined ? {} : { hint }) }];
  const max = (measure: Measure, value: number | null): string | undefined =>
    value === null ? undefined : t("shared.max", { value: told(measure, value, wish, sport) });
  const paced = sportLook(sport).pace !== "speed";
  return [
    ...number(t("total.distance"), "distance", shared.distance_m),
    ...timed(shared),
    ...number(
      t(paced ? "total.pace" : "total.speed"),
      "speed",
      shared.avg_speed_mps,
      max("speed", shared.max_speed_mps),
    ),
    ...number(t("shared.gap"), "speed", paced ? metrics.gap_speed : null),
    ...number(t("total.ascent"), "elevation", shared.ascent_m, down(shared, wish)),
    ...number(t("total.heart_rate"), "heart_rate", shared.avg_hr_bpm, max("heart_rate", shared.max_hr_bpm)),
    ...number(t("total.power"), "power", shared.avg_power_w, max("power", shared.max_power_w)),
    ...number(t("shared.weighted_power"), "power", metrics.weighted_power),
    ...(metrics.work === undefined
      ? []
      : [{ name: t("shared.work"), value: `${Math.round(metrics.work).toLocaleString(locale)} kJ` }]),
    ...number(t("shared.cadence"), "cadence", shared.avg_cadence_rpm),
    ...number(t("shared.calories"), "energy", shared.calories_kcal),
  ];
}

function timed({ moving_s, elapsed_s }: SharedActivity): Figure[] {
  if (moving_s === null) return [];
  const hint = elapsed_s === null ? {} : { hint: t("shared.total", { value: duration(elapsed_s) }) };
  return [{ name: t("total.moving"), value: duration(moving_s), ...hint }];
}

const down = ({ descent_m }: SharedActivity, wish: Preferences): string | undefined =>
  descent_m === null ? undefined : t("shared.down", { value: told("elevation", descent_m, wish) });

/** The map and the charts, with one cursor. */
function Picture({ shared, brief }: { shared: SharedActivity; brief: boolean }) {
  const wish = usePreferences();
  const { data: session } = useSession();
  const [cursor] = useState(() => new Cursor());
  const [stretch, setStretch] = useState<Stretch | null>(null);
  const { streams, sport, track } = shared;
  const frame = useMemo(() => (streams === null ? null : frameOf(streams, sport)), [streams, sport]);
  const line = useMemo(() => lineOfShared(frame, track), [frame, track]);
  const channels = ordered(Object.keys(streams?.channels ?? {}))
    .filter((key) => streams?.channels[key]?.values.some((value) => value !== null))
    .map((key) => ({ key, unit: streams?.channels[key]?.unit ?? "" }));
  const marks = { laps: shared.laps.slice(1).map((lap) => lap.start_s), pauses: [] };
  const beside = line !== null && !brief && channels.length > 0;
  return (
    <div className={beside ? "grid gap-4 xl:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]" : "grid gap-4"}>
      {line && session && (
        <section
          aria-label={t("shared.map")}
          className={`card relative min-w-0 overflow-hidden ${brief ? "h-52" : "h-80 xl:h-[34rem]"}`}
        >
          <TrackMap
            line={line}
            tone={`sport-${sportLook(sport).colour}`}
            setting={session.map}
            stretch={stretch}
            cursor={cursor}
            imperial={wish.units === "imperial"}
          />
        </section>
      )}
      {frame && channels.length > 0 && (
        <section aria-label={t("shared.charts")} className="card min-w-0 self-start p-2">
          <Stack
            frame={frame}
            channels={channels}
            sport={sport}
            axis={frame.distance ? "distance" : "time"}
            smoothing={SMOOTHING_S}
            marks={marks}
            stretch={stretch}
            cursor={cursor}
            onSelect={setStretch}
          />
        </section>
      )}
      {!line && channels.length === 0 && <Notice>{t("shared.no_samples")}</Notice>}
    </div>
  );
}

function frameOf(streams: Streams, sport: string): Frame {
  const columns = Object.entries(streams.channels).map(([key, { values }]) => [
    key,
    key === "cadence_rpm" ? steps(values, sportLook(sport).colour) : values,
  ]);
  return {
    time: streams.time_s,
    distance: filled(streams.distance_m),
    columns: Object.fromEntries(columns) as Frame["columns"],
  };
}

/** The way by its samples, or without these by its line alone. */
function lineOfShared(frame: Frame | null, track: string | null): Line | null {
  if (frame?.columns.latitude && frame.columns.longitude) return trackOf(frame.columns, frame.time);
  const bare = track === null ? null : bareLine(decodePolyline(track));
  return bare !== null && bare.time.length > 1 ? bare : null;
}

function Laps({ shared: { laps, sport } }: { shared: SharedActivity }) {
  const wish = usePreferences();
  if (laps.length < 2) return null;
  const number = (head: string, field: keyof SharedLap, measure: Measure): ColumnOf<SharedLap>[] =>
    laps.some((lap) => lap[field] !== null) ? [{ head, cell: (lap) => told(measure, lap[field], wish, sport) }] : [];
  const columns: ColumnOf<SharedLap>[] = [
    { head: t("shared.lap"), words: true, cell: (lap) => laps.indexOf(lap) + 1 },
    { head: t("shared.time"), cell: (lap) => duration(lap.timer_s ?? lap.elapsed_s) },
    ...number(t("total.distance"), "distance_m", "distance"),
    ...number(t(sportLook(sport).pace === "speed" ? "total.speed" : "total.pace"), "avg_speed_mps", "speed"),
    ...number(t("total.ascent"), "ascent_m", "elevation"),
    ...number(t("total.heart_rate"), "avg_hr_bpm", "heart_rate"),
    ...number(t("total.power"), "avg_power_w", "power"),
  ];
  return (
    <section>
      <h2 className="mb-2 text-lg font-semibold">{t("shared.laps")}</h2>
      <Table label={t("shared.laps")} rows={laps} columns={columns} keyOf={(lap) => lap.start_s} first={20} />
    </section>
  );
}

type Split = SharedActivity["splits"][number];

function Splits({ shared: { splits, sport } }: { shared: SharedActivity }) {
  const wish = usePreferences();
  if (splits.length < 2) return null;
  const number = (head: string, field: keyof Split, measure: Measure): ColumnOf<Split>[] =>
    splits.some((split) => split[field] !== null)
      ? [{ head, cell: (split) => told(measure, split[field], wish, sport) }]
      : [];
  const columns: ColumnOf<Split>[] = [
    { head: t("shared.split"), words: true, cell: (split) => splits.indexOf(split) + 1 },
    { head: t("shared.time"), cell: (split) => duration(split.moving_s) },
    ...number(t("total.distance"), "distance_m", "distance"),
    ...number(t(sportLook(sport).pace === "speed" ? "total.speed" : "total.pace"), "speed_mps", "speed"),
    ...number(t("total.ascent"), "ascent_m", "elevation"),
    ...number(t("total.heart_rate"), "avg_hr_bpm", "heart_rate"),
    ...number(t("total.power"), "avg_power_w", "power"),
  ];
  return (
    <section>
      <h2 className="mb-2 text-lg font-semibold">{t("shared.splits")}</h2>
      <Table label={t("shared.splits")} rows={splits} columns={columns} keyOf={(split) => split.start_s} first={20} />
    </section>
  );
}
