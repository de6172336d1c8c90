import { useEffect } from "react";

import type { MapSetting, TileState } from "@/api/types";
import { t } from "@/charts/text";
import type { Box } from "@/lib/geo/box";
import { tileAt, tileBox, tileBoxes, type Tile } from "@/lib/geo/tiles";
import { token, useGround } from "@/ui/hooks/media";
import { MapFrame } from "./MapFrame";
import type { Look, MapSurface } from "./surface";
import { useSurface } from "./useSurface";

/** Edges of tiles are drawn from this zoom on, by the tiles' own; further out they would fill the tiles. */
const EDGES_FROM: Record<number, number> = { 14: 9, 17: 12 };
const FIT = { pad: 24, maxZoom: 15 };
const NONE = new Float64Array();

/** Where the athlete was: heat, tiles, the largest square. Asks no other server unless one is chosen. */
export function ExploreMap({
  setting,
  imperial,
  look,
  heat,
  drawn,
  tiles,
  square,
  chosen,
  onChoose,
  onMove,
}: {
  setting: MapSetting;
  imperial: boolean;
  look: Look;
  /** The address of heat tiles; null shows none. */
  heat: string | null;
  /** How much is drawn of the heat: with more, its tiles are fetched again. */
  drawn: number;
  tiles: TileState | null;
  square: boolean;
  chosen: Tile | null;
  onChoose: (tile: Tile | null) => void;
  onMove: (box: Box, at: string) => void;
}) {
  const map = useSurface(setting, { label: t("places.label"), look, fit: FIT, gentle: false, imperial });
  const { surface } = map;
  useEffect(() => {
    surface?.heat(heat);
  }, [surface, heat, drawn]);
  useTiles(surface, tiles, square, chosen);

  const zoom = tiles?.zoom ?? null;
  useEffect(
    () =>
      surface?.on("press", (lon, lat) => {
        onChoose(zoom === null ? null : tileAt(lon, lat, zoom));
      }),
    [surface, zoom, onChoose],
  );
  useEffect(
    () =>
      surface?.on("escape", () => {
        onChoose(null);
      }),
    [surface, onChoose],
  );
  useEffect(
    () =>
      surface?.on("rest", () => {
        const middle = surface.middle();
        onMove(surface.box(), [middle.zoom.toFixed(1), middle.lat.toFixed(4), middle.lon.toFixed(4)].join("/"));
      }),
    [surface, onMove],
  );

  const { box } = look;
  const home = box && {
    name: t("places.home"),
    icon: "target",
    go: () => {
      surface?.fit(box, FIT);
    },
  };
  return <MapFrame place={map} testId="places-map" data-heat={heat !== null} imperial={imperial} home={home} />;
}

/** Draws the tiles that were visited, the largest square, and the tile that is chosen. */
function useTiles(surface: MapSurface | null, tiles: TileState | null, square: boolean, chosen: Tile | null): void {
  const ground = useGround();
  useEffect(() => {
    if (!surface) return;
    const colour = token("accent");
    const [others, clustered] = tiles ? [tileBoxes(tiles, false), tileBoxes(tiles, true)] : [NONE, NONE];
    const all = Float64Array.from([...others, ...clustered]);
    surface.draw({ id: "tiles", kind: "boxes", boxes: others, colour, opacity: 0.24 });
    surface.draw({ id: "tiles-cluster", kind: "boxes", boxes: clustered, colour, opacity: 0.46 });
    const fromZoom = EDGES_FROM[tiles?.zoom ?? 14] ?? 9;
    surface.draw({ id: "tiles-edge", kind: "outlines", boxes: all, colour, opacity: 0.55, width: 0.8, fromZoom });
  }, [surface, ground, tiles]);
  useEffect(() => {
    if (!surface) return;
    const zoom = tiles?.zoom ?? 14;
    const boxes = (tile: Tile, side?: number): Float64Array => Float64Array.from(tileBox(tile, zoom, side));
    const largest = square && tiles?.square ? boxes(tiles.square, tiles.square.size) : NONE;
    const pressed = chosen ? boxes(chosen) : NONE;
    surface.draw({ id: "square", kind: "outlines", boxes: largest, colour: token("sport-run"), width: 3 });
    surface.draw({ id: "chosen", kind: "outlines", boxes: pressed, colour: token("ink"), width: 2.5 });
  }, [surface, ground, tiles, square, chosen]);
}
