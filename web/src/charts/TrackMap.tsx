import "maplibre-gl/dist/maplibre-gl.css";

import * as maplibre from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { useEffect, useRef, useState } from "react";

import { trackPath } from "@/lib/polyline";
import type { MapSetting } from "@/api/types";
import { t } from "@/lib/text";
import { IconButton } from "@/ui/Button";
import { token, useGround } from "@/ui/media";
import type { Cursor } from "./cursor";
import type { Stretch } from "./frame";
import { addLayers, controls, styleOf, WORDS } from "./mapStyle";
import { boxOf, nearestPoint, pieces, place, type Line } from "./track";
import { hasWebGL } from "./useMap";

// The worker is a file of ours: the content security policy allows no other.
maplibre.setWorkerUrl(workerUrl);

const NEAR_PX = 28;

/** The track on a map: coloured by a channel, its cursor shared with the charts. Asks no server unless one is chosen. */
export default function TrackMap({ line, tone, setting, stretch, cursor, imperial }: {
  line: Line;
  tone: string;
  setting: MapSetting;
  stretch: Stretch | null;
  cursor: Cursor;
  imperial: boolean;
}) {
  const box = useRef<HTMLDivElement>(null);
  const ground = useGround();
  const [map, setMap] = useState<maplibre.Map | null>(null);
  const first = useRef(line);

  useEffect(() => {
    const container = box.current;
    if (!container) return;
    const area = boxOf(first.current);
    const made = new maplibre.Map({
      container, style: styleOf(setting), bounds: area ?? [-10, 35, 30, 60], fitBoundsOptions: { padding: 36, maxZoom: 17 },
      attributionControl: setting.kind === "none" ? false : { compact: true }, cooperativeGestures: true,
      locale: WORDS(), maxPitch: 0, dragRotate: false, pitchWithRotate: false, canvasContextAttributes: { antialias: true },
    });
    made.touchZoomRotate.disableRotation();
    controls(made, imperial);
    made.once("load", () => {
      addLayers(made, area, setting.kind === "none");
      setMap(made);
    });
    made.once("idle", () => { container.dataset.ready = "true"; });
    return () => {
      setMap(null);
      delete container.dataset.ready;
      made.remove();
    };
  }, [setting, ground, imperial]);

  useTrack(map, line, tone, ground, stretch);
  useLinkedCursor(map, line, cursor);

  if (!hasWebGL()) return <PlainTrack line={line} />;
  return (
    <div className="relative h-full">
      <div ref={box} data-testid="map" className="h-full overflow-hidden rounded-[11px] bg-sunken" />
      <IconButton
        name={t("map.fit")} icon="fit" className="absolute! top-2 right-2 border border-line bg-surface!"
        onClick={() => { fit(map, line, null); }}
      />
    </div>
  );
}

function fit(map: maplibre.Map | null, line: Line, stretch: Stretch | null): void {
  const area = boxOf(line, stretch?.from, stretch?.to);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (area) map?.fitBounds(area, { padding: 36, animate: !still, duration: 450, maxZoom: 17 });
}

/** Draws the line, the chosen stretch above a fainter whole, and where it starts and ends. */
function useTrack(map: maplibre.Map | null, line: Line, tone: string, ground: "light" | "dark", stretch: Stretch | null): void {
  const chosen = useRef(stretch);
  useEffect(() => {
    if (!map) return;
    const colours = { plain: token(tone), unknown: token("ink-3"), ground };
    const source = (id: string) => map.getSource<maplibre.GeoJSONSource>(id);
    source("whole")?.setData(pieces({ ...line, values: null }, { ...colours, plain: colours.unknown }));
    source("track")?.setData(pieces(line, colours, stretch?.from, stretch?.to));
    const end = (index: number, c: string) => ({
      type: "Feature" as const, properties: { c }, geometry: { type: "Point" as const, coordinates: place(line.track, index) },
    });
    source("ends")?.setData({
      type: "FeatureCollection",
      features: [end(line.time.length - 1, token("ink")), end(0, token("accent"))],
    });
    if (chosen.current !== stretch) fit(map, line, stretch);
    chosen.current = stretch;
  }, [map, line, tone, ground, stretch]);
}

/** Hovering the map moves the charts' cursor, and theirs moves the dot on the map. */
function useLinkedCursor(map: maplibre.Map | null, line: Line, cursor: Cursor): void {
  useEffect(() => {
    if (!map) return;
    const element = document.createElement("div");
    element.className = "size-4 rounded-full border-[3px] border-surface bg-ink shadow-float";
    element.dataset.testid = "map-cursor";
    const dot = new maplibre.Marker({ element });
    const follow = (): void => {
      const at = cursor.get();
      if (at === null) {
        dot.remove();
        return;
      }
      const index = line.time.findIndex((time) => time >= at);
      dot.setLngLat(place(line.track, index < 0 ? line.time.length - 1 : index)).addTo(map);
    };
    const hover = (event: maplibre.MapMouseEvent): void => {
      const { index } = nearestPoint(line.track, event.lngLat.lng, event.lngLat.lat);
      const near = map.project(place(line.track, index)).dist(event.point) <= NEAR_PX;
      cursor.set(near ? (line.time[index] ?? null) : null);
    };
    const leave = (): void => { cursor.set(null); };
    const stop = cursor.subscribe(follow);
    map.on("mousemove", hover);
    map.on("mouseout", leave);
    follow();
    return () => {
      stop();
      map.off("mousemove", hover);
      map.off("mouseout", leave);
      dot.remove();
    };
  }, [map, line, cursor]);
}

/** The track without a map, where the browser has no WebGL. */
function PlainTrack({ line }: { line: Line }) {
  return (
    <figure className="flex h-full flex-col items-center justify-center gap-2 p-4 text-ink-2" data-testid="map" data-ready="true">
      <svg viewBox="0 0 400 300" className="min-h-0 flex-1" fill="none" aria-hidden="true">
        <path d={trackPath(line.track, 400, 300, 8)} stroke="var(--accent)" strokeWidth={2} strokeLinejoin="round" />
      </svg>
      <figcaption className="label">{t("map.failed")}</figcaption>
    </figure>
  );
}
