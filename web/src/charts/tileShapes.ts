import type { Feature, FeatureCollection, Polygon } from "geojson";

import type { TileState } from "@/api/types";
import { tileBox, type Box, type Tile } from "@/lib/tiles";

/** A box as a shape on the map. */
export function boxShape([west, south, east, north]: Box, properties: Record<string, unknown> = {}): Feature<Polygon> {
  return {
    type: "Feature", properties,
    geometry: { type: "Polygon", coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] },
  };
}

/** Every tile as a shape; property `group` is 0 in the largest cluster, -1 in none. */
export function tileShapes(state: TileState): FeatureCollection<Polygon> {
  const features = state.x.map((x, i) => boxShape(tileBox({ x, y: state.y[i] ?? 0 }, state.zoom), { group: state.group[i] ?? -1 }));
  return { type: "FeatureCollection", features };
}

/** One tile, or nothing. */
export function oneShape(tile: Tile | null, zoom: number, side = 1): FeatureCollection<Polygon> {
  return { type: "FeatureCollection", features: tile ? [boxShape(tileBox(tile, zoom, side))] : [] };
}
