import "maplibre-gl/dist/maplibre-gl.css";

import * as maplibre from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { useEffect, useRef, useState, type RefObject } from "react";

import type { MapSetting } from "@/api/types";
import type { Box } from "@/lib/tiles";
import { token, useGround } from "@/ui/media";
import { controls, styleOf, WORDS } from "./mapStyle";
import { gridOf } from "./track";

maplibre.setWorkerUrl(workerUrl);

/** Where a map looks at first: a box, or a middle with a zoom. */
export interface Look {
  box: Box | null;
  middle: { lon: number; lat: number; zoom: number } | null;
}

const EVERYWHERE: Box = [-10, 35, 30, 60];

/** A map in a box, once it can be drawn on; made anew when what lies under it changes, but looking at the same place.
 *
 * A `gentle` one leaves the wheel and a single finger to the page.
 */
export function useMap(box: RefObject<HTMLDivElement | null>, setting: MapSetting, imperial: boolean, label: string, look: Look, gentle = false): maplibre.Map | null {
  const ground = useGround();
  const [map, setMap] = useState<maplibre.Map | null>(null);
  const at = useRef(look);
  useEffect(() => {
    const container = box.current;
    if (!container || !hasWebGL()) return;
    const { box: area, middle } = at.current;
    const made = new maplibre.Map({
      container, style: styleOf(setting), locale: { ...WORDS(), "Map.Title": label },
      ...(middle ? { center: [middle.lon, middle.lat], zoom: middle.zoom } : { bounds: area ?? EVERYWHERE, fitBoundsOptions: { padding: 24, maxZoom: 15 } }),
      attributionControl: setting.kind === "none" ? false : { compact: true },
      cooperativeGestures: gentle, maxPitch: 0, dragRotate: false, pitchWithRotate: false, canvasContextAttributes: { antialias: true },
    });
    made.touchZoomRotate.disableRotation();
    controls(made, imperial);
    made.once("load", () => {
      if (setting.kind === "none") addGrid(made, area ?? boxOf(made));
      setMap(made);
    });
    made.once("idle", () => { container.dataset.ready = "true"; });
    return () => {
      const { lng, lat } = made.getCenter();
      at.current = { box: area, middle: { lon: lng, lat, zoom: made.getZoom() } };
      setMap(null);
      delete container.dataset.ready;
      made.remove();
    };
  }, [box, setting, ground, imperial, label, gentle]);
  return map;
}

let drawable: boolean | undefined;

/** Whether maps can be drawn here; tried once, for browsers hold only so many drawing contexts. */
export function hasWebGL(): boolean {
  if (drawable === undefined) {
    const context = document.createElement("canvas").getContext("webgl2");
    drawable = context !== null;
    context?.getExtension("WEBGL_lose_context")?.loseContext();
  }
  return drawable;
}

export function boxOf(map: maplibre.Map): Box {
  const bounds = map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
}

/** Look at a box, gliding there unless motion is not wished for. */
export function lookAt(map: maplibre.Map | null, box: Box | null, maxZoom = 15): void {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (box) map?.fitBounds(box, { padding: 24, animate: !still, duration: 450, maxZoom });
}

/** A grid for a sense of size where there is no map. */
function addGrid(map: maplibre.Map, area: Box): void {
  map.addSource("grid", { type: "geojson", data: gridOf(area).lines });
  map.addLayer({ id: "grid", type: "line", source: "grid", paint: { "line-color": token("line"), "line-width": 1 } });
}

/** Put a source and its layers on the map, or new data where they are there. */
export function drawShapes(map: maplibre.Map, id: string, data: GeoJSON.FeatureCollection, layers: () => maplibre.LayerSpecification[], before?: string): void {
  const source = map.getSource<maplibre.GeoJSONSource>(id);
  if (source) {
    source.setData(data);
    return;
  }
  map.addSource(id, { type: "geojson", data });
  for (const layer of layers()) map.addLayer(layer, before !== undefined && map.getLayer(before) ? before : undefined);
}

/** The heat map on the map, below `before`; without an address there is none. */
export function drawHeat(map: maplibre.Map, address: string | null, before?: string): void {
  if (map.getLayer("heat")) map.removeLayer("heat");
  if (map.getSource("heat")) map.removeSource("heat");
  if (address === null) return;
  map.addSource("heat", { type: "raster", tiles: [address], tileSize: 256, maxzoom: 19 });
  map.addLayer({ id: "heat", type: "raster", source: "heat", paint: { "raster-fade-duration": 0 } }, before !== undefined && map.getLayer(before) ? before : undefined);
}
