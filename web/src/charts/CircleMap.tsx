import { useEffect, useRef } from "react";

import type { MapSetting } from "@/api/types";
import { ring, type Box } from "@/lib/tiles";
import { t } from "@/lib/text";
import { token } from "@/ui/media";
import { drawHeat, drawShapes, hasWebGL, lookAt, useMap } from "./useMap";

export interface Circle {
  lon: number;
  lat: number;
  radius: number;
  /** Whether it is the one that is being placed. */
  active: boolean;
}

/** Circles over the heat map, by which one finds one's own places; a press says where one is to be. */
export default function CircleMap({ setting, imperial, home, heat, circles, onPick }: {
  setting: MapSetting;
  imperial: boolean;
  home: Box | null;
  heat: string;
  circles: Circle[];
  /** Takes the place that was pressed, or null where none is wanted. */
  onPick: ((lon: number, lat: number) => void) | null;
}) {
  const box = useRef<HTMLDivElement>(null);
  const map = useMap(box, setting, imperial, t("privacy.map"), { box: around(circles) ?? home, middle: null }, true);
  useEffect(() => { if (map) drawHeat(map, heat, "circles-fill"); }, [map, heat]);
  useEffect(() => {
    if (!map) return;
    const features = circles.map(({ lon, lat, radius, active }) => ({
      type: "Feature" as const, properties: { active }, geometry: { type: "Polygon" as const, coordinates: [ring(lon, lat, radius)] },
    }));
    const colour = (): ["case", ["get", string], string, string] => ["case", ["get", "active"], token("sport-run"), token("accent")];
    drawShapes(map, "circles", { type: "FeatureCollection", features }, () => [
      { id: "circles-fill", type: "fill", source: "circles", paint: { "fill-color": colour(), "fill-opacity": 0.22 } },
      { id: "circles-edge", type: "line", source: "circles", paint: { "line-color": colour(), "line-width": 2 } },
    ]);
  }, [map, circles]);
  const active = circles.find((circle) => circle.active);
  const [lon, lat, radius] = [active?.lon, active?.lat, active?.radius];
  useEffect(() => {
    if (!map || lon === undefined || lat === undefined || radius === undefined) return;
    const area = around([{ lon, lat, radius, active: true }]);
    const seen = map.getBounds();
    if (area && !(seen.contains([area[0], area[1]]) && seen.contains([area[2], area[3]]))) lookAt(map, area, 14);
  }, [map, lon, lat, radius]);
  useEffect(() => {
    if (!map || !onPick) return;
    const press = ({ lngLat }: { lngLat: { lng: number; lat: number } }): void => { onPick(lngLat.lng, lngLat.lat); };
    const canvas = map.getCanvas();
    const key = (event: KeyboardEvent): void => {
      const middle = map.getCenter();
      if (event.key === "Enter") onPick(middle.lng, middle.lat);
    };
    map.on("click", press);
    canvas.addEventListener("keydown", key);
    canvas.style.cursor = "crosshair";
    return () => {
      map.off("click", press);
      canvas.removeEventListener("keydown", key);
      canvas.style.cursor = "";
    };
  }, [map, onPick]);
  if (!hasWebGL()) return <p className="grid h-full place-items-center p-6 text-center text-ink-2">{t("map.failed")}</p>;
  return <div ref={box} data-testid="privacy-map" className="h-full overflow-hidden rounded-[11px] bg-sunken" />;
}

function around(circles: Circle[]): Box | null {
  const corners = circles.flatMap(({ lon, lat, radius }) => ring(lon, lat, 2 * radius, 4));
  if (corners.length === 0) return null;
  const [lons, lats] = [corners.map(([lon]) => lon), corners.map(([, lat]) => lat)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
