import type { Feature, FeatureCollection, Position } from "geojson";
import type { LayerSpecification } from "maplibre-gl";

import type { Layer } from "@/charts/map/surface";

const colour: ["get", string] = ["get", "c"];
const round = { "line-join": "round", "line-cap": "round" } as const;

/** How MapLibre draws a layer; the first has its name. */
export function stylesOf({ id, opacity = 1, ...layer }: Layer): LayerSpecification[] {
  const source = id;
  switch (layer.kind) {
    case "lines":
    case "outlines": {
      const dash = layer.kind === "lines" ? layer.dash : undefined;
      return [
        {
          id,
          source,
          type: "line",
          // Round ends would close the space between dashes.
          layout: dash ? { ...round, "line-cap": "butt" } : round,
          paint: {
            "line-color": colour,
            "line-width": layer.width,
            "line-opacity": opacity,
            // MapLibre counts in widths of the line.
            ...(dash && { "line-dasharray": dash.map((length) => length / layer.width) }),
          },
        },
      ];
    }
    case "areas":
      return [
        { id, source, type: "fill", paint: { "fill-color": colour, "fill-opacity": opacity } },
        { id: `${id}-line`, source, type: "line", paint: { "line-color": colour, "line-width": layer.edge } },
      ];
    case "boxes":
      return [
        {
          id,
          source,
          type: "fill",
          paint: { "fill-color": colour, "fill-opacity": opacity, "fill-antialias": false },
        },
      ];
    case "points":
      return [
        {
          id,
          source,
          type: "circle",
          paint: {
            "circle-radius": layer.radius,
            "circle-color": colour,
            "circle-stroke-color": layer.edgeColour,
            "circle-stroke-width": layer.edge,
          },
        },
      ];
  }
}

/** The shapes of a layer, each with its colour as `c`. */
export function shapesOf(layer: Layer): FeatureCollection {
  return { type: "FeatureCollection", features: featuresOf(layer) };
}

function featuresOf(layer: Layer): Feature[] {
  switch (layer.kind) {
    case "lines":
      return layer.lines.map(({ path, colour: c }) => feature(c, { type: "LineString", coordinates: positions(path) }));
    case "areas":
      return layer.areas.map(({ path, colour: c }) => feature(c, { type: "Polygon", coordinates: [positions(path)] }));
    case "points":
      return layer.points.map(({ lon, lat, colour: c }) => feature(c, { type: "Point", coordinates: [lon, lat] }));
    case "boxes":
    case "outlines":
      return rings(layer.boxes).map((ring) => feature(layer.colour, { type: "Polygon", coordinates: [ring] }));
  }
}

function feature(c: string, geometry: Feature["geometry"]): Feature {
  return { type: "Feature", properties: { c }, geometry };
}

function positions(path: Float64Array): Position[] {
  return Array.from({ length: path.length / 2 }, (_, i) => [...path.subarray(2 * i, 2 * i + 2)]);
}

function rings(boxes: Float64Array): Position[][] {
  return Array.from({ length: boxes.length / 4 }, (_, i) => {
    const [w = 0, s = 0, e = 0, n = 0] = boxes.subarray(4 * i, 4 * i + 4);
    return [
      [w, s],
      [e, s],
      [e, n],
      [w, n],
      [w, s],
    ];
  });
}
