import { NavigationControl, ScaleControl, type Map as MapLibre, type StyleSpecification } from "maplibre-gl";

import type { MapSetting } from "@/api/types";
import { t } from "@/lib/text";
import { token } from "@/ui/media";
import { gridOf } from "./track";

const EMPTY = { type: "FeatureCollection" as const, features: [] };
const LETTERS = ["a", "b", "c"];

/** What lies under the track: a plain ground, or what the setting names. */
export function styleOf(setting: MapSetting): StyleSpecification | string {
  if (setting.kind === "style" && setting.url) return setting.url;
  const ground = { id: "ground", type: "background" as const, paint: { "background-color": token("sunken") } };
  if (setting.kind !== "raster" || !setting.url) return { version: 8, sources: {}, layers: [ground] };
  const { url } = setting;
  const tiles = url.includes("{s}") ? LETTERS.map((letter) => url.replace("{s}", letter)) : [url];
  return {
    version: 8,
    sources: { tiles: { type: "raster", tiles, tileSize: 256, attribution: setting.attribution ?? "" } },
    layers: [ground, { id: "tiles", type: "raster", source: "tiles" }],
  };
}

/** The layers of a track: a grid on plain ground, the whole in grey, the line with its edge, its ends. */
export function addLayers(map: MapLibre, area: [number, number, number, number] | null, plain: boolean): void {
  for (const id of ["whole", "track", "ends"]) map.addSource(id, { type: "geojson", data: EMPTY });
  if (plain && area) {
    map.addSource("grid", { type: "geojson", data: gridOf(area).lines });
    map.addLayer({ id: "grid", type: "line", source: "grid", paint: { "line-color": token("line"), "line-width": 1 } });
  }
  const round = { "line-join": "round" as const, "line-cap": "round" as const };
  map.addLayer({ id: "whole", type: "line", source: "whole", layout: round, paint: { "line-color": ["get", "c"], "line-width": 2, "line-opacity": 0.5 } });
  map.addLayer({ id: "edge", type: "line", source: "track", layout: round, paint: { "line-color": token("surface"), "line-width": 6.5, "line-opacity": 0.9 } });
  map.addLayer({ id: "track", type: "line", source: "track", layout: round, paint: { "line-color": ["get", "c"], "line-width": 3.5 } });
  map.addLayer({
    id: "ends", type: "circle", source: "ends",
    paint: { "circle-radius": 6, "circle-color": ["get", "c"], "circle-stroke-color": token("surface"), "circle-stroke-width": 2.5 },
  });
}

export function controls(map: MapLibre, imperial: boolean): void {
  map.addControl(new NavigationControl({ showCompass: false }), "bottom-right");
  map.addControl(new ScaleControl({ unit: imperial ? "imperial" : "metric", maxWidth: 90 }), "bottom-left");
}

/** MapLibre's own words, from our catalogue. */
export const WORDS = (): Record<string, string> => ({
  "Map.Title": t("map.label"),
  "NavigationControl.ZoomIn": t("map.zoom_in"),
  "NavigationControl.ZoomOut": t("map.zoom_out"),
  "CooperativeGesturesHandler.WindowsHelpText": t("map.help_windows"),
  "CooperativeGesturesHandler.MacHelpText": t("map.help_mac"),
  "CooperativeGesturesHandler.MobileHelpText": t("map.help_mobile"),
});
