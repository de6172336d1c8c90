import { useEffect, useMemo, useState } from "react";

import { useStreams } from "@/api/activities/activities";
import { usePreferences, useSession } from "@/api/session";
import type { MapSetting, MatchQuestion, QuestionSide, Streams } from "@/api/types";
import { FrameChart } from "@/charts/frames/FrameChart";
import { MapFrame } from "@/charts/map/MapFrame";
import type { MapSurface } from "@/charts/map/surface";
import { useSurface } from "@/charts/map/useSurface";
import { frameOf, line } from "@/lib/activity/efforts";
import { columnsOf } from "@/lib/activity/series";
import { sportLook } from "@/lib/activity/sports";
import type { FrameBody } from "@/lib/charts/frames";
import { bounds } from "@/lib/geo/polyline";
import { pieces, trackOf, type Line } from "@/lib/geo/track";
import { known } from "@/lib/text";
import { Segmented } from "@/ui/controls/Field";
import { token, useGround } from "@/ui/hooks/media";
import { Section } from "@/ui/layout/Page";
import { Waiting } from "@/ui/layout/States";
import { t } from "./text";
import { common, laidOver, type Recorded } from "./together";

/** What says soonest whether it was one workout. */
const WANTED = ["heart_rate_bpm", "power_w", "speed_mps", "altitude_m", "cadence_rpm"];
const FIT = { pad: 28, maxZoom: 16 };
/** The colours of the two, in the chart and on the map. */
const TONES = ["chart-speed", "sport-run"] as const;

/** Both recordings laid over each other: on one map, and by one clock. */
export function Overlay({ question }: { question: MatchQuestion }) {
  const { a, b } = question;
  const drawn = !a.date_only && !b.date_only && a.activity.id !== b.activity.id;
  const [first, second] = [useStreams(a.activity.id, drawn, false), useStreams(b.activity.id, drawn, false)];
  if (!drawn || first.error || second.error) return null;
  if (!first.data || !second.data)
    return (
      <div className="mt-3 md:mt-4">
        <Waiting>
          <div className="skeleton h-72" />
        </Waiting>
      </div>
    );
  return <Drawn question={question} streams={[first.data, second.data]} />;
}

function Drawn({
  question: { a, b, details },
  streams: [one, two],
}: {
  question: MatchQuestion;
  streams: [Streams, Streams];
}) {
  const wish = usePreferences();
  const { data: session } = useSession();
  const lines = useMemo(
    () => [one, two].map(({ channels, time_s }) => trackOf(columnsOf(channels), time_s)),
    [one, two],
  );
  // A clock that may be hours wrong is set right, so that the courses can be held against each other.
  const ahead = details.shift_s ?? 0;
  const apart = (Date.parse(b.activity.start) - Date.parse(a.activity.start)) / 1000 - ahead;
  const there = common(recordedOf(one, 0), recordedOf(two, 0), WANTED);
  const [what, setWhat] = useState<string | null>(null);
  const shown = there.find((key) => key === what) ?? there[0] ?? "";
  const mapped = lines.some((line) => line !== null);
  if (!mapped && shown === "") return null;
  return (
    <Section title={t("duplicates.overlay")}>
      <div className={mapped && shown !== "" ? "grid gap-3 md:gap-4 xl:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]" : ""}>
        {mapped && session && (
          <div className="card relative h-72 min-w-0 overflow-hidden">
            <BothTracks lines={lines} setting={session.map} imperial={wish.units === "imperial"} />
          </div>
        )}
        {shown !== "" && (
          <div className="card min-w-0 p-2">
            <div className="mb-1 max-w-full overflow-x-auto px-1 pt-1">
              <Segmented
                name={t("duplicates.overlay")}
                hideName
                value={shown}
                onChange={setWhat}
                options={there.map((key) => ({ value: key, label: channelName(key, a) }))}
              />
            </div>
            <Courses
              key={shown}
              channel={shown}
              one={one}
              two={two}
              apart={apart}
              title={channelName(shown, a)}
              sport={a.sport}
            />
          </div>
        )}
      </div>
      {ahead !== 0 && <p className="label mt-2">{t("duplicates.overlay_shifted")}</p>}
    </Section>
  );
}

const channelName = (key: string, { sport }: QuestionSide): string =>
  key === "speed_mps" && sportLook(sport).pace !== "speed" ? t("channel.pace") : (known("channel", key) ?? key);

const recordedOf = ({ channels, time_s }: Streams, after: number): Recorded => ({
  after,
  time: time_s,
  columns: Object.fromEntries(WANTED.flatMap((key) => (channels[key] ? [[key, channels[key].values]] : []))),
});

/** One channel of both over the time since the first of them began. */
function Courses({
  channel,
  one,
  two,
  apart,
  title,
  sport,
}: {
  channel: string;
  one: Streams;
  two: Streams;
  apart: number;
  title: string;
  sport: string;
}) {
  const frame = useMemo(() => frameFor(channel, one, two, apart), [channel, one, two, apart]);
  return <FrameChart frame={frame} title={title} sport={sport} />;
}

function frameFor(key: string, one: Streams, two: Streams, apart: number): FrameBody {
  const unit = (one.channels[key] ?? two.channels[key])?.unit ?? "";
  const both = laidOver(recordedOf(one, Math.max(0, -apart)), recordedOf(two, Math.max(0, apart)));
  return frameOf(
    "overlay",
    t("duplicates.overlay"),
    { scale: "linear", unit: "min", label: t("chart.time"), values: both.seconds.map((at) => at / 60) },
    [
      line("first", t("duplicates.first"), unit, both.first[key] ?? [], { broad: true }),
      line("other", t("duplicates.second"), unit, both.second[key] ?? []),
    ],
  );
}

/** Two tracks on one map: the first one broad, so that the second one is seen where both went. */
function BothTracks({ lines, setting, imperial }: { lines: (Line | null)[]; setting: MapSetting; imperial: boolean }) {
  const [look] = useState(() => ({
    box: bounds(Float64Array.from(lines.flatMap((line) => (line ? [...line.track] : [])))),
    middle: null,
  }));
  const map = useSurface(setting, { label: t("duplicates.map"), look, fit: FIT, gentle: true, imperial });
  const { surface } = map;
  useTracks(surface, lines);
  return (
    <MapFrame
      place={map}
      testId="overlay-map"
      imperial={imperial}
      home={{
        name: t("map.fit"),
        icon: "fit",
        go: () => {
          surface?.fit(look.box, FIT);
        },
      }}
    />
  );
}

function useTracks(surface: MapSurface | null, lines: (Line | null)[]): void {
  const ground = useGround();
  useEffect(() => {
    if (!surface) return;
    const strokes = lines.map((line, at) =>
      line ? pieces(line, { plain: token(TONES[at] ?? TONES[0]), unknown: token("ink-3"), ground }) : [],
    );
    surface.draw({ id: "whole", kind: "lines", lines: strokes[0] ?? [], width: 7, opacity: 0.65 });
    surface.draw({ id: "track", kind: "lines", lines: strokes[1] ?? [], width: 2.5 });
  }, [surface, lines, ground]);
}
