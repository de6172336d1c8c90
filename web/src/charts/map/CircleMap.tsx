import { useEffect, useMemo } from "react";

import type { MapSetting } from "@/api/types";
import { t } from "@/charts/text";
import type { Box } from "@/lib/geo/box";
import { ring } from "@/lib/geo/tiles";
import { token, useGround } from "@/ui/hooks/media";
import { MapFrame } from "./MapFrame";
import { useSurface } from "./useSurface";

export interface Circle {
  lon: number;
  lat: number;
  radius: number;
  /** Whether it is the one that is being placed. */
  active: boolean;
}

const FIT = { pad: 24, maxZoom: 15 };
const FIT_ONE = { pad: 24, maxZoom: 14 };

/** Circles over the heat map, by which one finds one's own places; a press says where one is to be. */
export function CircleMap({
  setting,
  imperial,
  home,
  heat,
  circles,
  onPick,
}: {
  setting: MapSetting;
  imperial: boolean;
  home: Box | null;
  heat: string;
  circles: Circle[];
  /** Takes the place that was pressed, or null where none is wanted. */
  onPick: ((lon: number, lat: number) => void) | null;
}) {
  const ground = useGround();
  const look = { box: around(circles) ?? home, middle: null };
  const map = useSurface(setting, { label: t("privacy.map"), look, fit: FIT, gentle: true, imperial });
  const { surface } = map;
  useEffect(() => {
    surface?.heat(heat);
  }, [surface, heat]);
  useEffect(() => {
    const areas = circles.map(({ lon, lat, radius, active }) => ({
      path: Float64Array.from(ring(lon, lat, radius).flat()),
      colour: token(active ? "sport-run" : "accent"),
    }));
    surface?.draw({ id: "circles", kind: "areas", areas, opacity: 0.22, edge: 2 });
  }, [surface, ground, circles]);

  const active = circles.find((circle) => circle.active);
  const [lon, lat, radius] = [active?.lon, active?.lat, active?.radius];
  const area = useMemo(() => {
    if (lon === undefined || lat === undefined || radius === undefined) return null;
    return around([{ lon, lat, radius, active: true }]);
  }, [lon, lat, radius]);
  useEffect(() => {
    if (surface && area && !within(area, surface.box())) surface.fit(area, FIT_ONE);
  }, [surface, area]);

  useEffect(() => {
    if (!surface || !onPick) return;
    const stop = surface.on("press", onPick);
    surface.aim(true);
    return () => {
      stop();
      surface.aim(false);
    };
  }, [surface, onPick]);
  return <MapFrame place={map} testId="privacy-map" imperial={imperial} home={null} />;
}

function around(circles: Circle[]): Box | null {
  const corners = circles.flatMap(({ lon, lat, radius }) => ring(lon, lat, 2 * radius, 4));
  if (corners.length === 0) return null;
  const [lons, lats] = [corners.map(([lon]) => lon), corners.map(([, lat]) => lat)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

function within([west, south, east, north]: Box, [left, bottom, right, top]: Box): boolean {
  return west >= left && south >= bottom && east <= right && north <= top;
}
