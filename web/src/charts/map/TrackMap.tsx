import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";

import type { MapSetting } from "@/api/types";
import { useCursor, type Cursor } from "@/charts/channels/cursor";
import type { Stretch } from "@/charts/channels/frame";
import { t } from "@/charts/text";
import { nearest } from "@/lib/activity/series";
import { boxOf, nearestPoint, pieces, place, type Line } from "@/lib/geo/track";
import { token, useGround } from "@/ui/hooks/media";
import { MapFrame } from "./MapFrame";
import { Pins, type Pin } from "./Pins";
import type { MapSurface } from "./surface";
import { useSurface } from "./useSurface";

const NEAR_PX = 28;
const FIT = { pad: 36, maxZoom: 17 };
/** The layers of other tracks, and how broad they are (px): ever broader, so that all are seen on the same road. */
const OTHERS = [
  ["other-1", 9],
  ["other-2", 13],
  ["other-3", 17],
  ["other-4", 21],
] as const;
const NO_OTHERS: readonly OtherTrack[] = [];
const DOT =
  "pointer-events-none absolute -top-2 -left-2 size-4 rounded-full border-[3px] border-surface bg-ink shadow-float";

const MARKED =
  "pointer-events-none absolute -top-2.5 -left-2.5 grid size-5 place-items-center rounded-full border-2 " +
  "border-surface bg-ink text-[11px] leading-none font-semibold text-surface shadow-float";

/** Another track on the same map: where it was so many seconds later on its own clock, and what marks it (px, text). */
export interface OtherTrack {
  line: Line;
  tone: string;
  dash: readonly number[];
  mark: string;
  later: number;
}

/** The track on a map: coloured by a channel, its cursor shared with the charts. Asks no other server by itself. */
export function TrackMap({
  line,
  tone,
  mark,
  setting,
  stretch,
  cursor,
  imperial,
  others = NO_OTHERS,
  pins = [],
  onPin,
}: {
  line: Line;
  tone: string;
  /** What marks the cursor on it among those on other tracks. */
  mark?: string;
  setting: MapSetting;
  stretch: Stretch | null;
  cursor: Cursor;
  imperial: boolean;
  /** At most four, which lie below the track. */
  others?: readonly OtherTrack[];
  pins?: readonly Pin[];
  onPin?: (id: string) => void;
}) {
  const [look] = useState(() => ({ box: around(line, others), middle: null }));
  const map = useSurface(setting, { label: t("map.label"), look, fit: FIT, gentle: true, imperial });
  const { surface } = map;
  useOthers(surface, others);
  useTrack(surface, line, tone, stretch);
  useHover(surface, line, cursor);
  return (
    <MapFrame
      place={map}
      testId="map"
      imperial={imperial}
      home={{
        name: t("map.fit"),
        icon: "fit",
        go: () => {
          const area = around(line, others);
          if (area) surface?.fit(area, FIT);
        },
      }}
    >
      {surface &&
        others.map(({ line: way, later, mark }, i) => (
          <CursorDot key={i} {...{ surface, cursor, later, mark }} line={way} name={`other-${i + 1}`} />
        ))}
      {surface && onPin && <Pins surface={surface} pins={pins} onPin={onPin} />}
      {surface && <CursorDot {...{ surface, cursor, line, mark }} />}
    </MapFrame>
  );
}

function fit(surface: MapSurface | null, line: Line, stretch: Stretch | null): void {
  const area = boxOf(line, stretch?.from, stretch?.to);
  if (area) surface?.fit(area, FIT);
}

/** Draws the line with its edge, the chosen stretch above a fainter whole, and where it starts and ends. */
function useTrack(surface: MapSurface | null, line: Line, tone: string, stretch: Stretch | null): void {
  const ground = useGround();
  const chosen = useRef(stretch);
  useEffect(() => {
    if (!surface) return;
    const colours = { plain: token(tone), unknown: token("ink-3"), ground };
    const bare = { ...line, values: null };
    const [from, to] = [stretch?.from, stretch?.to];
    const whole = stretch ? pieces(bare, { ...colours, plain: colours.unknown }) : [];
    const edge = pieces(bare, { ...colours, plain: token("surface") }, from, to);
    surface.draw({ id: "whole", kind: "lines", lines: whole, width: 2, opacity: 0.5 });
    surface.draw({ id: "edge", kind: "lines", lines: edge, width: 6.5, opacity: 0.9 });
    surface.draw({ id: "track", kind: "lines", lines: pieces(line, colours, from, to), width: 3.5 });
    const end = (index: number, colour: string) => {
      const [lon, lat] = place(line.track, index);
      return { lon, lat, colour };
    };
    surface.draw({
      id: "ends",
      kind: "points",
      radius: 6,
      edge: 2.5,
      edgeColour: token("surface"),
      points: [end(line.time.length - 1, token("ink")), end(0, token("accent"))],
    });
    if (chosen.current !== stretch) fit(surface, line, stretch);
    chosen.current = stretch;
  }, [surface, line, tone, ground, stretch]);
}

/** Hovering near the line moves the cursor that the charts share. */
function useHover(surface: MapSurface | null, line: Line, cursor: Cursor): void {
  useEffect(
    () =>
      surface?.on("hover", (hover) => {
        if (!hover) {
          cursor.release(surface);
          return;
        }
        const { index } = nearestPoint(line.track, hover.lon, hover.lat);
        const [x, y] = surface.project(...place(line.track, index));
        const near = Math.hypot(x - hover.at[0], y - hover.at[1]) <= NEAR_PX;
        if (near) cursor.set(line.time[index] ?? null, surface);
        else cursor.release(surface);
      }),
    [surface, line, cursor],
  );
}

/** Draws other tracks below the first, broad enough to be seen on both sides where they are the same. */
function useOthers(surface: MapSurface | null, others: readonly OtherTrack[]): void {
  const ground = useGround();
  useEffect(() => {
    if (!surface) return;
    OTHERS.forEach(([id, width], i) => {
      const other = others[i];
      if (!other) return;
      const colours = { plain: token(other.tone), unknown: token("ink-3"), ground };
      surface.draw({ id, kind: "lines", lines: pieces(other.line, colours), width, dash: other.dash });
    });
  }, [surface, others, ground]);
}

type Box = ReturnType<typeof boxOf>;

const around = (line: Line, others: readonly OtherTrack[]): Box =>
  others.map((other) => boxOf(other.line)).reduce(joined, boxOf(line));

/** The box around two. */
function joined(one: Box, other: Box): Box {
  if (!one || !other) return one ?? other;
  const [west, south, east, north] = other;
  return [Math.min(one[0], west), Math.min(one[1], south), Math.max(one[2], east), Math.max(one[3], north)];
}

/** Where the shared cursor is on the track, or where another one was then. */
function CursorDot({
  surface,
  line,
  cursor,
  later = 0,
  mark,
  name,
}: {
  surface: MapSurface;
  line: Line;
  cursor: Cursor;
  later?: number;
  mark?: string | undefined;
  name?: string;
}) {
  const at = useCursor(cursor);
  const spot = useMemo(
    () => (at === null ? null : place(line.track, nearest(line.time, at + later))),
    [at, line, later],
  );
  const where = useCallback(() => {
    const [x, y] = spot ? surface.project(...spot) : [];
    return x === undefined || y === undefined ? null : `${x.toFixed(1)}px ${y.toFixed(1)}px`;
  }, [surface, spot]);
  const moved = useCallback((listener: () => void) => surface.on("move", listener), [surface]);
  const translate = useSyncExternalStore(moved, where);
  if (translate === null) return null;
  return (
    <div
      data-testid={name === undefined ? "map-cursor" : `map-cursor-${name}`}
      style={{ translate }}
      className={mark === undefined ? DOT : MARKED}
    >
      {mark}
    </div>
  );
}
