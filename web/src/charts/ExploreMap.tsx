import { useEffect, useRef } from "react";

import type { MapSetting, TileState } from "@/api/types";
import { tileAt, type Box, type Tile } from "@/lib/tiles";
import { t } from "@/lib/text";
import { IconButton } from "@/ui/Button";
import { token } from "@/ui/media";
import { oneShape, tileShapes } from "./tileShapes";
import { boxOf, drawHeat, drawShapes, hasWebGL, lookAt, useMap, type Look } from "./useMap";

/** Edges of tiles are drawn from this zoom on, by the tiles' own; further out they would fill the tiles. */
const EDGES_FROM: Record<number, number> = { 14: 9, 17: 12 };

/** Where the athlete was: heat, tiles, the largest square. Asks no other server unless one is chosen. */
export default function ExploreMap({ setting, imperial, look, heat, drawn, tiles, square, chosen, onChoose, onMove }: {
  setting: MapSetting;
  imperial: boolean;
  look: Look;
  /** The address of heat tiles; null shows none. */
  heat: string | null;
  /** How much is drawn of the heat: with more, its tiles are asked anew. */
  drawn: number;
  tiles: TileState | null;
  square: boolean;
  chosen: Tile | null;
  onChoose: (tile: Tile | null) => void;
  onMove: (box: Box, at: string) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const map = useMap(box, setting, imperial, t("places.label"), look);

  useEffect(() => { if (map) drawHeat(map, heat, "chosen-edge"); }, [map, heat, drawn]);

  useEffect(() => {
    if (!map) return;
    const none = { type: "FeatureCollection" as const, features: [] };
    const from = EDGES_FROM[tiles?.zoom ?? 14] ?? 9;
    drawShapes(map, "tiles", tiles ? tileShapes(tiles) : none, () => [
      { id: "tiles-fill", type: "fill", source: "tiles", paint: { "fill-color": token("accent"), "fill-opacity": ["case", ["==", ["get", "group"], 0], 0.46, 0.24], "fill-antialias": false } },
      { id: "tiles-edge", type: "line", source: "tiles", minzoom: from, paint: { "line-color": token("accent"), "line-opacity": 0.55, "line-width": 0.8 } },
    ], "heat");
    map.setLayerZoomRange("tiles-edge", from, 24);
    const largest = square ? (tiles?.square ?? null) : null;
    drawShapes(map, "square", oneShape(largest, tiles?.zoom ?? 14, largest?.size), () => [
      { id: "square-edge", type: "line", source: "square", layout: { "line-join": "round" }, paint: { "line-color": token("sport-run"), "line-width": 3 } },
    ]);
    drawShapes(map, "chosen", oneShape(chosen, tiles?.zoom ?? 14), () => [
      { id: "chosen-edge", type: "line", source: "chosen", layout: { "line-join": "round" }, paint: { "line-color": token("ink"), "line-width": 2.5 } },
    ]);
  }, [map, tiles, square, chosen]);

  const zoom = tiles?.zoom ?? null;
  useEffect(() => {
    if (!map) return;
    const choose = (lon: number, lat: number): void => { onChoose(zoom === null ? null : tileAt(lon, lat, zoom)); };
    const press = ({ lngLat }: { lngLat: { lng: number; lat: number } }): void => { choose(lngLat.lng, lngLat.lat); };
    const key = (event: KeyboardEvent): void => {
      const middle = map.getCenter();
      if (event.key === "Enter") choose(middle.lng, middle.lat);
      if (event.key === "Escape") onChoose(null);
    };
    const moved = (): void => {
      const { lng, lat } = map.getCenter();
      onMove(boxOf(map), [map.getZoom().toFixed(1), lat.toFixed(4), lng.toFixed(4)].join("/"));
    };
    const canvas = map.getCanvas();
    map.on("click", press);
    map.on("moveend", moved);
    canvas.addEventListener("keydown", key);
    return () => {
      map.off("click", press);
      map.off("moveend", moved);
      canvas.removeEventListener("keydown", key);
    };
  }, [map, zoom, onChoose, onMove]);

  if (!hasWebGL()) return <p className="grid h-full place-items-center p-6 text-center text-ink-2">{t("map.failed")}</p>;
  return (
    <div className="relative h-full">
      <div ref={box} data-testid="places-map" data-heat={heat !== null} className="h-full overflow-hidden rounded-[11px] bg-sunken" />
      {look.box && (
        <IconButton name={t("places.home")} icon="target" className="absolute! top-2 right-2 border border-line bg-surface!" onClick={() => { lookAt(map, look.box); }} />
      )}
    </div>
  );
}
