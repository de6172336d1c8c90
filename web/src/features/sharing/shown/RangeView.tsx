import { useMemo, useState } from "react";

import { usePreferences, useSession } from "@/api/session";
import type { SharedRange, SharedSummary } from "@/api/types";
import { Cursor } from "@/charts/channels/cursor";
import { TrackMap } from "@/charts/map/TrackMap";
import { sportLook, sportName } from "@/lib/activity/sports";
import { clock, day } from "@/lib/dates";
import { decodePolyline } from "@/lib/geo/polyline";
import { trackOf, type Line } from "@/lib/geo/track";
import { duration, told } from "@/lib/units";
import { Notice } from "@/ui/layout/States";
import { SportTag } from "@/ui/pictures/Sport";
import { Figures } from "@/ui/values/Figures";
import { Table, type ColumnOf } from "@/ui/values/Table";
import { many, t } from "@/features/sharing/text";
import { rangeName } from "./rangeName";

type Sum = SharedRange["sums"][number];
/** So many activities are listed at first: before the link is made, and to its readers. */
const FIRST = { brief: 5, whole: 50 };

/** The activities of a range of days as whoever has a link sees them. */
export function RangeView({ shared, brief }: { shared: SharedRange; brief: boolean }) {
  const wish = usePreferences();
  const { items, sums, first, last } = shared;
  const Heading = brief ? "h3" : "h1";
  return (
    <div className="flex flex-col gap-4">
      <Heading className={`font-semibold text-pretty ${brief ? "text-lg" : "text-2xl"}`}>
        {rangeName(first, last, wish)}
      </Heading>
      {items.length === 0 && <Notice>{t("shared.no_activities")}</Notice>}
      {sums.map((sum) => (
        <Totals key={sum.sport} sum={sum} />
      ))}
      <Tracks items={items} brief={brief} />
      {items.length > 0 && <Activities items={items} first={brief ? FIRST.brief : FIRST.whole} />}
    </div>
  );
}

function Totals({ sum: { sport, count, distance_m, moving_s, ascent_m } }: { sum: Sum }) {
  const wish = usePreferences();
  return (
    <section aria-label={sportName(sport)}>
      <p className="mb-1 flex items-center gap-2 text-sm text-ink-2">
        <SportTag sport={sport} /> {many("shared.activities", count)}
      </p>
      <Figures
        figures={[
          { name: t("total.distance"), value: told("distance", distance_m, wish, sport) },
          ...(moving_s === null ? [] : [{ name: t("total.moving"), value: duration(moving_s) }]),
          ...(ascent_m === null ? [] : [{ name: t("total.ascent"), value: told("elevation", ascent_m, wish) }]),
        ]}
      />
    </section>
  );
}

/** Every track on one map. */
function Tracks({ items, brief }: { items: SharedSummary[]; brief: boolean }) {
  const wish = usePreferences();
  const { data: session } = useSession();
  const [cursor] = useState(() => new Cursor());
  const line = useMemo(() => lineOf(items), [items]);
  if (line === null || !session) return null;
  return (
    <section
      aria-label={t("shared.map")}
      className={`card relative min-w-0 overflow-hidden ${brief ? "h-52" : "h-80 xl:h-[34rem]"}`}
    >
      <TrackMap
        line={line}
        tone={`sport-${sportLook(items[0]?.sport ?? "").colour}`}
        setting={session.map}
        stretch={null}
        cursor={cursor}
        imperial={wish.units === "imperial"}
      />
    </section>
  );
}

/** All tracks as one line, parted between them; null without any. */
function lineOf(items: SharedSummary[]): Line | null {
  const [latitude, longitude]: (number | null)[][] = [[], []];
  for (const { track } of items) {
    if (track === null) continue;
    const flat = decodePolyline(track);
    for (let at = 0; at + 1 < flat.length; at += 2) {
      longitude?.push(flat[at] ?? null);
      latitude?.push(flat[at + 1] ?? null);
    }
    longitude?.push(null);
    latitude?.push(null);
  }
  if (!latitude || !longitude || latitude.length < 2) return null;
  return trackOf(
    { latitude, longitude },
    latitude.map((_, at) => at),
  );
}

function Activities({ items, first }: { items: SharedSummary[]; first: number }) {
  const wish = usePreferences();
  const when = ({ day: on, start_local }: SharedSummary): string =>
    day(on, wish) + (start_local === null ? "" : `, ${clock(start_local, wish)}`);
  const has = (field: "moving_s" | "ascent_m"): boolean => items.some((item) => item[field] !== null);
  const columns: ColumnOf<SharedSummary>[] = [
    { head: t("shared.day"), words: true, cell: when },
    { head: t("shared.activity"), words: true, cell: ({ name, sport }) => name ?? sportName(sport) },
    { head: t("total.distance"), cell: ({ distance_m, sport }) => told("distance", distance_m, wish, sport) },
    ...(has("moving_s")
      ? [{ head: t("total.moving"), cell: ({ moving_s }: SharedSummary) => duration(moving_s) }]
      : []),
    ...(has("ascent_m")
      ? [{ head: t("total.ascent"), cell: ({ ascent_m }: SharedSummary) => told("elevation", ascent_m, wish) }]
      : []),
  ];
  return (
    <section>
      <h2 className="mb-2 text-lg font-semibold">{t("shared.list")}</h2>
      <Table
        label={t("shared.list")}
        rows={items}
        columns={columns}
        keyOf={(item) => items.indexOf(item)}
        first={first}
      />
    </section>
  );
}
