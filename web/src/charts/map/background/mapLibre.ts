import "maplibre-gl/dist/maplibre-gl.css";

import * as maplibre from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";

import type { MapSetting } from "@/api/types";
import { Signals } from "@/charts/map/signals";
import {
  EVERYWHERE,
  LAYERS,
  still,
  type Layer,
  type MapEvents,
  type MapSurface,
  type Middle,
  type SurfaceOptions,
} from "@/charts/map/surface";
import type { Box } from "@/lib/geo/box";
import type { Fit, Point } from "@/lib/geo/mercator";
import { token, type Ground } from "@/ui/hooks/media";
import { shapesOf, stylesOf } from "./mapLibreLayers";

// The worker is a file of ours: the content security policy allows no other.
maplibre.setWorkerUrl(workerUrl);

const LETTERS = ["a", "b", "c"];
const GLIDE_MS = 450;
const FINEST_HEAT = 19;

/** Open the chosen background map; where it cannot be loaded, or `signal` ends it, nothing is left behind. */
export async function openMapLibre(
  host: HTMLElement,
  setting: MapSetting,
  ground: Ground,
  options: SurfaceOptions,
  signal: AbortSignal,
): Promise<MapSurface> {
  const style = await styleOf(setting, ground);
  signal.throwIfAborted();
  const { middle, box } = options.look;
  const map = new maplibre.Map({
    container: host,
    style,
    locale: { "Map.Title": options.label },
    ...(middle
      ? { center: [middle.lon, middle.lat], zoom: middle.zoom }
      : { bounds: box ?? EVERYWHERE, fitBoundsOptions: padding(options.fit) }),
    transformRequest: named,
    attributionControl: { compact: true },
    cooperativeGestures: options.gentle,
    maxPitch: 0,
    dragRotate: false,
    pitchWithRotate: false,
    canvasContextAttributes: { antialias: true },
  });
  map.touchZoomRotate.disableRotation();
  return new Promise((resolve, reject) => {
    const settled = (): void => {
      signal.removeEventListener("abort", giveUp);
      map.off("error", giveUp);
    };
    // Before its style is there, only the style itself can fail.
    const giveUp = (): void => {
      settled();
      map.remove();
      reject(new Error("the background map was not loaded"));
    };
    signal.addEventListener("abort", giveUp);
    map.on("error", giveUp);
    map.once("style.load", () => {
      settled();
      resolve(new MapLibreSurface(map));
    });
  });
}

/** Providers such as OpenStreetMap serve only who says from which site it is; where on the site stays here. */
function named(url: string): maplibre.RequestParameters {
  const { origin } = new URL(url, location.href);
  return origin === location.origin ? { url } : { url, referrerPolicy: "origin" };
}

const padding = ({ pad, maxZoom }: Fit): { padding: number; maxZoom: number } => ({ padding: pad, maxZoom });

/** What lies under everything: the tiles, the style or the file that the setting names. */
async function styleOf(
  { kind, url, attribution }: MapSetting,
  ground: Ground,
): Promise<maplibre.StyleSpecification | string> {
  if (kind === "style") return url ?? "";
  if (kind === "pmtiles") {
    const { styleOfFile } = await import("./ownMap");
    return styleOfFile(url ?? "", attribution ?? "", ground);
  }
  const address = url ?? "";
  const tiles = address.includes("{s}") ? LETTERS.map((letter) => address.replace("{s}", letter)) : [address];
  return {
    version: 8,
    sources: { background: { type: "raster", tiles, tileSize: 256, attribution: attribution ?? "" } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": token("sunken") } },
      { id: "background", type: "raster", source: "background" },
    ],
  };
}

/** The map with a background: MapLibre, which needs WebGL. */
class MapLibreSurface implements MapSurface {
  private readonly signals = new Signals<MapEvents>();
  readonly on = this.signals.on;

  constructor(private readonly map: maplibre.Map) {
    map.on("move", () => {
      this.signals.send("move");
    });
    map.on("moveend", () => {
      this.signals.send("rest");
    });
    map.once("idle", () => {
      this.signals.send("ready");
    });
    map.on("click", ({ lngLat }) => {
      this.signals.send("press", lngLat.lng, lngLat.lat);
    });
    map.on("mousemove", ({ point: { x, y }, lngLat: { lng: lon, lat } }) => {
      this.signals.send("hover", { at: [x, y], lon, lat });
    });
    map.on("mouseout", () => {
      this.signals.send("hover", null);
    });
    map.on("cooperativegestureprevented", ({ gestureType }) => {
      this.signals.send("blocked", gestureType === "wheel_zoom" ? "wheel" : "finger");
    });
    map.getCanvas().addEventListener("keydown", ({ key }) => {
      const { lon, lat } = this.middle();
      if (key === "Enter") this.signals.send("press", lon, lat);
      if (key === "Escape") this.signals.send("escape");
    });
  }

  draw(layer: Layer): void {
    const source = this.map.getSource<maplibre.GeoJSONSource>(layer.id);
    if (source) source.setData(shapesOf(layer));
    else {
      this.map.addSource(layer.id, { type: "geojson", data: shapesOf(layer) });
      for (const style of stylesOf(layer)) this.map.addLayer(style, this.above(layer.id));
    }
    for (const { id } of stylesOf(layer)) this.map.setLayerZoomRange(id, layer.fromZoom ?? 0, 24);
  }

  heat(address: string | null): void {
    if (this.map.getLayer("heat")) this.map.removeLayer("heat");
    if (this.map.getSource("heat")) this.map.removeSource("heat");
    if (address === null) return;
    this.map.addSource("heat", { type: "raster", tiles: [address], tileSize: 256, maxzoom: FINEST_HEAT });
    const paint = { "raster-fade-duration": 0 };
    this.map.addLayer({ id: "heat", type: "raster", source: "heat", paint }, this.above("heat"));
  }

  middle(): Middle {
    const { lng, lat } = this.map.getCenter();
    return { lon: lng, lat, zoom: this.map.getZoom() };
  }

  box(): Box {
    const bounds = this.map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  }

  project(lon: number, lat: number): Point {
    const { x, y } = this.map.project([lon, lat]);
    return [x, y];
  }

  fit(box: Box, fit: Fit): void {
    this.map.fitBounds(box, { ...padding(fit), animate: !still(), duration: GLIDE_MS });
  }

  zoomBy(steps: number): void {
    this.map.easeTo({ zoom: this.map.getZoom() + steps, animate: !still(), duration: GLIDE_MS });
  }

  aim(aiming: boolean): void {
    this.map.getCanvas().style.cursor = aiming ? "crosshair" : "";
  }

  close(): void {
    this.map.remove();
  }

  /** The first layer that lies above this one, if any is there. */
  private above(id: (typeof LAYERS)[number]): string | undefined {
    return LAYERS.slice(LAYERS.indexOf(id) + 1).find((higher) => this.map.getLayer(higher));
  }
}
