import type { Layer } from "@/charts/map/surface";
import { traceLine, windowOf, worldPath, worldsSeen } from "@/lib/geo/mapPath";
import { worldX, worldY, type Camera, type Size } from "@/lib/geo/mercator";
import type { Track } from "@/lib/geo/polyline";
import type { Stroke } from "@/lib/geo/track";

/** A canvas with what is seen on it; `sharp` is how many of the screen's own pixels make one of CSS. */
export interface Sheet {
  pen: CanvasRenderingContext2D;
  camera: Camera;
  size: Size;
  sharp: number;
}

/** A layer that has been taken to the square of the world, ready to be drawn whatever is seen of it. */
export type Painted = (sheet: Sheet) => void;

/** Take a layer to the square of the world once, so that every frame only moves it. */
export function painted(layer: Layer): Painted {
  const paint = painter(layer);
  const { fromZoom = 0, opacity = 1 } = layer;
  return (sheet) => {
    if (sheet.camera.zoom < fromZoom) return;
    sheet.pen.globalAlpha = opacity;
    paint(sheet);
    sheet.pen.globalAlpha = 1;
  };
}

function painter(layer: Layer): Painted {
  switch (layer.kind) {
    case "lines": {
      const groups = byColour(layer.lines);
      return (sheet) => {
        for (const [colour, paths] of groups) strokePaths(sheet, paths, colour, layer.width, layer.dash);
      };
    }
    case "areas": {
      const groups = byColour(layer.areas);
      return (sheet) => {
        for (const [colour, paths] of groups) fillPaths(sheet, paths, colour, layer.edge);
      };
    }
    case "boxes": {
      const boxes = worldBoxes(layer.boxes);
      return (sheet) => {
        fillBoxes(sheet, boxes, layer.colour);
      };
    }
    case "outlines": {
      const boxes = worldBoxes(layer.boxes);
      return (sheet) => {
        strokeBoxes(sheet, boxes, layer.colour, layer.width);
      };
    }
    case "points": {
      const places = layer.points.map(({ lon, lat, colour }) => ({ x: worldX(lon), y: worldY(lat), colour }));
      return (sheet) => {
        for (const place of places) paintDot(sheet, place, layer);
      };
    }
  }
}

interface Path {
  path: Track;
  /** How far it reaches across the world. */
  from: number;
  to: number;
}

/** Paths of one colour are drawn in one go. */
function byColour(strokes: Stroke[]): Map<string, Path[]> {
  const groups = new Map<string, Path[]>();
  for (const { path: track, colour } of strokes) {
    const path = worldPath(track);
    let [from, to] = [Infinity, -Infinity];
    for (let i = 0; i < path.length; i += 2) [from, to] = [Math.min(from, path[i] ?? 0), Math.max(to, path[i] ?? 0)];
    const group = groups.get(colour);
    if (group) group.push({ path, from, to });
    else groups.set(colour, [{ path, from, to }]);
  }
  return groups;
}

function trace({ pen, camera, size }: Sheet, paths: Path[]): void {
  const window = windowOf(camera, size);
  pen.beginPath();
  for (const { path, from, to } of paths) {
    for (const world of worldsSeen(window, from, to)) traceLine(pen, path, window, world);
  }
}

function strokePaths(sheet: Sheet, paths: Path[], colour: string, width: number, dash: readonly number[] = []): void {
  const { pen } = sheet;
  trace(sheet, paths);
  // Round ends would close the space between dashes.
  [pen.lineJoin, pen.lineCap, pen.lineWidth, pen.strokeStyle] = [
    "round",
    dash.length ? "butt" : "round",
    width,
    colour,
  ];
  pen.setLineDash([...dash]);
  pen.stroke();
  pen.setLineDash([]);
}

/** Areas shine through, their edges do not. */
function fillPaths(sheet: Sheet, paths: Path[], colour: string, edge: number): void {
  const { pen, camera, size } = sheet;
  const window = windowOf(camera, size);
  pen.fillStyle = colour;
  for (const { path, from, to } of paths) {
    for (const world of worldsSeen(window, from, to)) {
      pen.beginPath();
      for (let i = 0; i < path.length; i += 2) {
        const [x, y] = [(path[i] ?? 0) + world, path[i + 1] ?? 0];
        pen.lineTo((x - window.left) * window.scale, (y - window.top) * window.scale);
      }
      pen.fill();
    }
  }
  pen.globalAlpha = 1;
  strokePaths(sheet, paths, colour, edge);
}

/** West, north, east and south of each box in the square of the world. */
function worldBoxes(boxes: Float64Array): Float64Array {
  const world = new Float64Array(boxes.length);
  for (let i = 0; i < boxes.length; i += 4) {
    world[i] = worldX(boxes[i] ?? 0);
    world[i + 1] = worldY(boxes[i + 3] ?? 0);
    world[i + 2] = worldX(boxes[i + 2] ?? 0);
    world[i + 3] = worldY(boxes[i + 1] ?? 0);
  }
  return world;
}

type Rectangle = (left: number, top: number, width: number, height: number) => void;

/** Hand over each box that is seen, its edges on whole pixels of the screen: neighbours neither gap nor overlap. */
function eachBox({ camera, size, sharp }: Sheet, boxes: Float64Array, margin: number, take: Rectangle): void {
  const window = windowOf(camera, size);
  const whole = (pixels: number): number => Math.round(pixels * sharp) / sharp;
  for (let i = 0; i < boxes.length; i += 4) {
    const [west, east] = [boxes[i] ?? 0, boxes[i + 2] ?? 0];
    const top = ((boxes[i + 1] ?? 0) - window.top) * window.scale;
    const bottom = ((boxes[i + 3] ?? 0) - window.top) * window.scale;
    if (bottom < -margin || top > size.height + margin) continue;
    for (const world of worldsSeen(window, west, east)) {
      const left = (west + world - window.left) * window.scale;
      const right = (east + world - window.left) * window.scale;
      take(whole(left), whole(top), whole(right) - whole(left), whole(bottom) - whole(top));
    }
  }
}

function fillBoxes(sheet: Sheet, boxes: Float64Array, colour: string): void {
  const { pen, sharp } = sheet;
  const least = 1 / sharp;
  pen.fillStyle = colour;
  // Boxes smaller than a pixel share it; painted twice it would be darker.
  const taken = new Set<number>();
  eachBox(sheet, boxes, 0, (left, top, width, height) => {
    if (width > 0 && height > 0) pen.fillRect(left, top, width, height);
    else if (!taken.has(left * sharp * 65_536 + top * sharp)) {
      taken.add(left * sharp * 65_536 + top * sharp);
      pen.fillRect(left, top, Math.max(width, least), Math.max(height, least));
    }
  });
}

function strokeBoxes(sheet: Sheet, boxes: Float64Array, colour: string, width: number): void {
  const { pen, sharp } = sheet;
  pen.beginPath();
  // In the middle of a pixel, so that a thin edge is not smeared over two.
  const half = 0.5 / sharp;
  eachBox(sheet, boxes, width, (left, top, across, down) => {
    pen.rect(left + half, top + half, across, down);
  });
  [pen.lineJoin, pen.lineWidth, pen.strokeStyle] = ["round", width, colour];
  pen.stroke();
}

type PointsLayer = Extract<Layer, { kind: "points" }>;

interface Spot {
  x: number;
  y: number;
  colour: string;
}

function paintDot({ pen, camera, size }: Sheet, { x, y, colour }: Spot, layer: PointsLayer): void {
  const { radius, edge, edgeColour } = layer;
  const { left, top, scale } = windowOf(camera, size);
  for (const world of worldsSeen(windowOf(camera, size), x, x)) {
    pen.beginPath();
    pen.arc((x + world - left) * scale, (y - top) * scale, radius + edge / 2, 0, 2 * Math.PI);
    [pen.fillStyle, pen.strokeStyle, pen.lineWidth] = [colour, edgeColour, edge];
    pen.fill();
    pen.stroke();
  }
}
