import { useMemo, useState } from "react";

import { usePreferences, useSession } from "@/api/session";
import type { SharedRoute } from "@/api/types";
import { Cursor } from "@/charts/channels/cursor";
import type { Frame } from "@/charts/channels/frame";
import { Stack } from "@/charts/channels/Stack";
import { TrackMap } from "@/charts/map/TrackMap";
import { sportLook } from "@/lib/activity/sports";
import { trackOf } from "@/lib/geo/track";
import { decimal, told } from "@/lib/units";
import { SportTag } from "@/ui/pictures/Sport";
import { Figures } from "@/ui/values/Figures";
import { Table, type ColumnOf } from "@/ui/values/Table";
import { t } from "@/features/sharing/text";

/** The sport that a route is drawn as. */
const SPORTS = { ride: "cycling", run: "running", hike: "hiking" } as const;
const KINDS = {
  climb: "shared.climb",
  up: "shared.uphill",
  flat: "shared.flat",
  down: "shared.downhill",
  unknown: "shared.section",
} as const;
const NO_MARKS = { laps: [], pauses: [] };
type Section = SharedRoute["sections"][number];

/** A planned route as whoever has a link sees it. */
export function RouteView({ shared, brief }: { shared: SharedRoute; brief: boolean }) {
  const wish = usePreferences();
  const { name, length_m, gain_m } = shared;
  const Heading = brief ? "h3" : "h1";
  return (
    <div className="flex flex-col gap-4">
      <header>
        <Heading className={`font-semibold text-pretty ${brief ? "text-lg" : "text-2xl"}`}>
          {name ?? t("shared.route")}
        </Heading>
        <p className="mt-1 text-sm text-ink-2">
          <SportTag sport={SPORTS[shared.sport]} />
        </p>
      </header>
      <Figures
        figures={[
          { name: t("total.distance"), value: told("distance", length_m, wish) },
          ...(gain_m === null ? [] : [{ name: t("total.ascent"), value: told("elevation", gain_m, wish) }]),
        ]}
      />
      <Picture shared={shared} brief={brief} />
      {!brief && <Sections sections={shared.sections} />}
    </div>
  );
}

/** The map and the heights, with one cursor: metres from the start. */
function Picture({ shared: { profile, sport }, brief }: { shared: SharedRoute; brief: boolean }) {
  const wish = usePreferences();
  const { data: session } = useSession();
  const [cursor] = useState(() => new Cursor());
  const frame = useMemo<Frame | null>(() => {
    if (profile === null) return null;
    const { distance_m, latitude, longitude, altitude_m } = profile;
    const columns: Frame["columns"] = { latitude, longitude };
    if (altitude_m !== null) columns.altitude_m = altitude_m;
    return { time: distance_m, distance: distance_m, columns };
  }, [profile]);
  const line = useMemo(() => (frame === null ? null : trackOf(frame.columns, frame.time)), [frame]);
  const look = SPORTS[sport];
  return (
    <>
      {line && session && (
        <section
          aria-label={t("shared.map")}
          className={`card relative min-w-0 overflow-hidden ${brief ? "h-52" : "h-80 xl:h-[34rem]"}`}
        >
          <TrackMap
            line={line}
            tone={`sport-${sportLook(look).colour}`}
            setting={session.map}
            stretch={null}
            cursor={cursor}
            imperial={wish.units === "imperial"}
          />
        </section>
      )}
      {frame?.columns.altitude_m && (
        <section aria-label={t("shared.charts")} className="card min-w-0 p-2">
          <Stack
            frame={frame}
            channels={[{ key: "altitude_m", unit: "m" }]}
            sport={look}
            axis="distance"
            smoothing={0}
            marks={NO_MARKS}
            stretch={null}
            cursor={cursor}
            onSelect={() => undefined}
          />
        </section>
      )}
    </>
  );
}

function Sections({ sections }: { sections: Section[] }) {
  const wish = usePreferences();
  if (sections.length < 2) return null;
  const grade = (value: number | null): string => (value === null ? "" : `${decimal(value)} %`);
  const columns: ColumnOf<Section>[] = [
    {
      head: t("shared.section"),
      words: true,
      cell: ({ kind, category }) => (category === null ? t(KINDS[kind]) : `${t(KINDS[kind])} ${category}`),
    },
    { head: t("shared.from"), cell: ({ start_m }) => told("distance", start_m, wish) },
    { head: t("total.distance"), cell: ({ length_m }) => told("distance", length_m, wish) },
    { head: t("total.ascent"), cell: ({ gain_m }) => told("elevation", gain_m, wish) },
    { head: t("shared.grade"), cell: ({ grade_pct }) => grade(grade_pct) },
    { head: t("shared.steepest"), cell: ({ steepest_pct }) => grade(steepest_pct) },
  ];
  return (
    <section>
      <h2 className="mb-2 text-lg font-semibold">{t("shared.sections")}</h2>
      <Table
        label={t("shared.sections")}
        rows={sections}
        columns={columns}
        keyOf={({ start_m }) => start_m}
        first={20}
      />
    </section>
  );
}
