import { useMemo, useState, type ReactNode } from "react";

import type { Tagged } from "@/api/activities/activities";
import { useMayEdit, usePreferences, useSession } from "@/api/session";
import type { Streams } from "@/api/types";
import { Cursor } from "@/charts/channels/cursor";
import { filled, type Frame, type Marks } from "@/charts/channels/frame";
import { Stack } from "@/charts/channels/Stack";
import type { Pin } from "@/charts/map/Pins";
import { TrackMap } from "@/charts/map/TrackMap";
import { TilesHint } from "@/features/TilesHint";
import { FIRST, ordered } from "@/lib/activity/channels";
import { smooth, steps } from "@/lib/activity/series";
import { FAMILIES, familyOf, sportLook } from "@/lib/activity/sports";
import { trackOf } from "@/lib/geo/track";
import { Part } from "@/pages/activity/sections/Part";
import { t } from "@/pages/activity/text";
import { Notice } from "@/ui/layout/States";
import { ChartBar } from "./ChartBar";
import { MakeSegment } from "./MakeSegment";
import { MapBar } from "./MapBar";
import { StretchPanel } from "./StretchPanel";
import type { View } from "./view";

const MAP_SMOOTHING_S = 10;

/** The activity in pictures: the map and the charts, one cursor and one chosen stretch. */
export function Picture({
  activity,
  streams,
  view,
  change,
  refining,
  pins,
  onPin,
  children,
}: {
  activity: Tagged;
  streams: Streams;
  view: View;
  change: (changed: Partial<View>) => void;
  refining: boolean;
  /** Photos on the map. */
  pins: readonly Pin[];
  onPin: (id: string) => void;
  /** What stands beside the map, above the charts. */
  children?: ReactNode;
}) {
  const wish = usePreferences();
  const { data: session } = useSession();
  const mayEdit = useMayEdit();
  const [cursor] = useState(() => new Cursor());
  const frame = useMemo<Frame>(
    () => ({
      time: streams.time_s,
      distance: filled(streams.distance_m),
      columns: Object.fromEntries(
        Object.entries(streams.channels).map(([key, { values }]) => [
          key,
          key === "cadence_rpm" ? steps(values, sportLook(activity.sport).colour) : values,
        ]),
      ),
    }),
    [streams, activity.sport],
  );
  const channels = useMemo(() => {
    const recorded = Object.keys(streams.channels).filter((key) =>
      streams.channels[key]?.values.some((value) => value !== null),
    );
    return ordered(recorded).map((key) => ({ key, unit: streams.channels[key]?.unit ?? "" }));
  }, [streams]);
  const drawn = channels.filter(({ key }) => (view.channels ? view.channels.includes(key) : FIRST.includes(key)));
  const marks = useMemo<Marks>(
    () => ({ laps: activity.laps.slice(1).map((lap) => lap.start_s), pauses: activity.pauses }),
    [activity.laps, activity.pauses],
  );
  const colour = view.colour ?? "plain";
  const line = useMemo(() => {
    const column = frame.columns[colour];
    const values = column ? smooth(column, frame.time, MAP_SMOOTHING_S) : null;
    return trackOf(frame.columns, frame.time, values);
  }, [frame, colour]);
  const axis = frame.distance ? view.axis : "time";
  const select = (stretch: View["stretch"]): void => {
    change({ stretch });
  };
  return (
    <div className={line ? "mt-4 grid gap-4 xl:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]" : "mt-4"}>
      {line && session && (
        <section aria-label={t("map.title")} className="min-w-0">
          <div className="xl:sticky xl:top-16">
            <div className="card relative h-80 overflow-hidden xl:h-[min(34rem,calc(100dvh-11rem))]">
              <TrackMap
                line={line}
                tone={`sport-${sportLook(activity.sport).colour}`}
                setting={session.map}
                stretch={view.stretch}
                cursor={cursor}
                imperial={wish.units === "imperial"}
                pins={pins}
                onPin={onPin}
              />
            </div>
            <MapBar line={line} channels={channels} colour={colour} sport={activity.sport} change={change} />
            {session.map.kind === "none" && <TilesHint admin={session.account?.is_admin ?? false} />}
          </div>
        </section>
      )}
      <div className="min-w-0">
        {children}
        <Part of="charts" first>
          <ChartBar
            channels={channels}
            drawn={drawn.map(({ key }) => key)}
            view={{ ...view, axis }}
            byDistance={frame.distance !== null}
            change={change}
            refining={refining}
            sport={activity.sport}
          />
          {view.stretch && (
            <StretchPanel
              frame={frame}
              moving={streams.moving}
              channels={channels}
              stretch={view.stretch}
              sport={activity.sport}
              onReset={() => {
                select(null);
              }}
            >
              {mayEdit &&
                line &&
                !activity.deleted &&
                FAMILIES.some((family) => family === familyOf(activity.sport)) && (
                  <MakeSegment activity={activity.id} stretch={view.stretch} />
                )}
            </StretchPanel>
          )}
          <div className="card p-2">
            {drawn.length === 0 ? (
              <Notice>{t("chart.none_chosen")}</Notice>
            ) : (
              <Stack
                frame={frame}
                channels={drawn}
                sport={activity.sport}
                axis={axis}
                smoothing={view.smoothing}
                marks={marks}
                stretch={view.stretch}
                cursor={cursor}
                onSelect={select}
              />
            )}
          </div>
        </Part>
      </div>
    </div>
  );
}
