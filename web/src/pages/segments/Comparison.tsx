import { useMemo, useState } from "react";

import { useStreams } from "@/api/activities/activities";
import { usePreferences } from "@/api/session";
import type { SegmentEffort, SegmentWhole, Streams } from "@/api/types";
import { FrameChart } from "@/charts/frames/FrameChart";
import { along, frameOf, gap, line, type Along } from "@/lib/activity/efforts";
import { smooth } from "@/lib/activity/series";
import { sportLook } from "@/lib/activity/sports";
import type { FrameBody, FrameLine } from "@/lib/charts/frames";
import { day } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";
import { known } from "@/lib/text";
import { duration, scaleOf, told } from "@/lib/units";
import { Pick, Segmented } from "@/ui/controls/Field";
import { Section } from "@/ui/layout/Page";
import { Waiting } from "@/ui/layout/States";
import { Table, type ColumnOf } from "@/ui/values/Table";
import { keyOf } from "./Efforts";
import { t } from "./text";

const PLACES = 200;
const SMOOTH_S = 5;
const UNITS: Record<string, string> = { speed_mps: "m/s", heart_rate_bpm: "bpm", power_w: "W" };

interface Chosen {
  segment: SegmentWhole;
  chosen: SegmentEffort[];
  sport: string;
}

/** Some times side by side; two of them laid over each other along the segment. */
export function Comparison({ segment, chosen, sport }: Chosen) {
  const wish = usePreferences();
  const [pair, setPair] = useState([0, 1]);
  const [first, other] = pair.map((at) => chosen[at]);
  const reference = chosen[0]?.elapsed_s ?? 0;
  const some = (field: "avg_power_w" | "avg_hr_bpm"): boolean => chosen.some((effort) => effort[field] !== null);
  const columns: ColumnOf<SegmentEffort>[] = [
    { head: t("segments.date"), words: true, cell: (effort) => nameOf(effort, wish) },
    { head: t("segments.time"), cell: ({ elapsed_s }) => <span className="font-semibold">{duration(elapsed_s)}</span> },
    {
      head: t("segments.gap_first"),
      cell: (effort) => (effort === chosen[0] ? "" : signed(effort.elapsed_s - reference)),
    },
    {
      head: t(sportLook(sport).pace === "speed" ? "total.speed" : "total.pace"),
      cell: ({ elapsed_s }) => told("speed", segment.length_m / elapsed_s, wish, sport),
    },
    ...(some("avg_power_w")
      ? [{ head: t("total.power"), cell: ({ avg_power_w }: SegmentEffort) => told("power", avg_power_w, wish) }]
      : []),
    ...(some("avg_hr_bpm")
      ? [{ head: t("total.heart_rate"), cell: ({ avg_hr_bpm }: SegmentEffort) => told("heart_rate", avg_hr_bpm, wish) }]
      : []),
  ];
  const pick = (place: 0 | 1, name: string) => (
    <Pick
      name={name}
      value={pair[place]}
      onChange={(event) => {
        setPair(pair.map((at, i) => (i === place ? Number(event.target.value) : at)));
      }}
    >
      {chosen.map((effort, at) => (
        <option
          key={keyOf(effort)}
          value={at}
          disabled={at === pair[1 - place]}
        >{`${nameOf(effort, wish)}, ${duration(effort.elapsed_s)}`}</option>
      ))}
    </Pick>
  );
  return (
    <Section
      title={t("segments.compare")}
      actions={
        chosen.length > 2 && (
          <div className="flex flex-wrap items-center gap-2">
            {pick(0, t("segments.first"))}
            <span className="label">{t("segments.against")}</span>
            {pick(1, t("segments.against"))}
          </div>
        )
      }
    >
      <Table label={t("segments.compare")} rows={chosen} columns={columns} keyOf={keyOf} />
      {first && other && <Overlay segment={segment} first={first} other={other} sport={sport} />}
    </Section>
  );
}

const signed = (seconds: number): string => (seconds < 0 ? `−${duration(-seconds)}` : `+${duration(seconds)}`);
const nameOf = (effort: SegmentEffort, wish: Preferences): string => day(effort.day, wish, "plain");

/** Two efforts along the segment: how far one is behind, and what each measured. */
function Overlay({
  segment,
  first,
  other,
  sport,
}: {
  segment: SegmentWhole;
  first: SegmentEffort;
  other: SegmentEffort;
  sport: string;
}) {
  const wish = usePreferences();
  const [what, setWhat] = useState("gap");
  const [a, b] = [useStreams(first.activity, true), useStreams(other.activity, true)];
  const ready = a.data && b.data && !a.refining && !b.refining;
  const both = useMemo(
    () => (ready && a.data && b.data ? [laidOut(first, a.data), laidOut(other, b.data)] : null),
    [ready, a.data, b.data, first, other],
  );
  if (both === null)
    return (
      <div className="mt-3">
        <Waiting>
          <div className="skeleton h-72" />
        </Waiting>
      </div>
    );
  const [one, two] = both;
  if (!one || !two) return <p className="card mt-3 px-4 py-6 text-center text-ink-2">{t("segments.cannot_compare")}</p>;
  const there = Object.keys(UNITS).filter((key) =>
    [one, two].every(({ columns }) => columns[key]?.some((value) => value !== null)),
  );
  const shown = what === "gap" || there.includes(what) ? what : "gap";
  const names = [first, other].map((effort) => `${nameOf(effort, wish)}, ${duration(effort.elapsed_s)}`) as [
    string,
    string,
  ];
  const title = t("segments.along");
  return (
    <div className="card mt-3 p-2">
      <div className="mb-1 max-w-full overflow-x-auto px-1 pt-1">
        <Segmented
          name={title}
          hideName
          value={shown}
          onChange={setWhat}
          options={[
            { value: "gap", label: t("segments.gap") },
            ...there.map((key) => ({ value: key, label: channelName(key, sport) })),
          ]}
        />
      </div>
      <FrameChart
        key={shown}
        frame={frameFor(
          shown,
          title,
          one,
          two,
          shown === "gap" ? [nameOf(first, wish), nameOf(other, wish)] : names,
          segment.length_m,
          wish,
        )}
        title={title}
        sport={sport}
      />
    </div>
  );
}

function channelName(key: string, sport: string): string {
  return key === "speed_mps" && sportLook(sport).pace !== "speed" ? t("channel.pace") : (known("channel", key) ?? key);
}

function laidOut({ start_s, elapsed_s }: SegmentEffort, streams: Streams): Along | null {
  const columns = Object.fromEntries(
    Object.keys(UNITS).flatMap((key) => {
      const values = streams.channels[key]?.values;
      return values ? [[key, smooth(values, streams.time_s, SMOOTH_S)]] : [];
    }),
  );
  return streams.distance_m === null
    ? null
    : along(
        { start: start_s, elapsed: elapsed_s, time: streams.time_s, distance: streams.distance_m, columns },
        PLACES,
      );
}

function frameFor(
  what: string,
  title: string,
  one: Along,
  two: Along,
  [first, other]: [string, string],
  metres: number,
  wish: Preferences,
): FrameBody {
  const scale = scaleOf("distance", wish);
  const x: FrameBody["x"] = {
    scale: "linear",
    unit: scale.unit,
    label: t("chart.distance"),
    values: Array.from({ length: PLACES + 1 }, (_, i) => scale.of((metres * i) / PLACES)),
  };
  const lines: FrameLine[] =
    what === "gap"
      ? [line("gap", t("segments.gap_of", { first, other }), "gap", gap(one, two), { style: "area", decimals: 1 })]
      : [one, two].map(({ columns }, at) =>
          line(at === 0 ? "first" : "other", at === 0 ? first : other, UNITS[what] ?? "", columns[what] ?? []),
        );
  return frameOf("comparison", title, x, lines);
}
