import type { Track } from "./polyline";

/** The parts of TopoJSON that an outline needs: arcs in steps on a grid, and which of them make the rings of what. */
export interface Topology {
  transform: { scale: [number, number]; translate: [number, number] };
  arcs: [number, number][][];
  objects: { land: { geometries: { type: string; arcs: number[][][] }[] } };
}

/** The rings of all land, each as longitude and latitude by turns.
 *
 * As TopoJSON's specification has it: an arc's points are steps from the one before; an arc of which the complement
 * (~i) is named is gone backwards; arcs that follow each other share a point.
 */
export function ringsOf({
  transform: {
    scale: [kx, ky],
    translate: [dx, dy],
  },
  arcs,
  objects,
}: Topology): Track[] {
  const lines = arcs.map((steps) => {
    let [x, y] = [0, 0];
    return steps.map(([right, up]): [number, number] => {
      [x, y] = [x + right, y + up];
      return [x * kx + dx, y * ky + dy];
    });
  });
  const line = (index: number): [number, number][] =>
    index < 0 ? [...(lines[~index] ?? [])].reverse() : (lines[index] ?? []);
  const ring = (indices: number[]): Track =>
    unrolled(indices.flatMap((index, at) => line(index).slice(at === 0 ? 0 : 1)));
  return objects.land.geometries.flatMap(({ arcs: polygons }) => polygons.flat()).map(ring);
}

/**
 * A ring on the globe as a ring on the plane: it continues beyond ±180°, and a ring around the south pole reaches it.
 */
function unrolled(ring: [number, number][]): Track {
  let [turns, before] = [0, ring[0]?.[0] ?? 0];
  const flat = ring.flatMap(([lon, lat]) => {
    turns -= Math.round((lon - before) / 360);
    before = lon;
    return [lon + 360 * turns, lat];
  });
  const [first = 0, south = 0] = flat;
  return Float64Array.from(turns === 0 ? flat : [...flat, first + 360 * turns, -90, first, -90, first, south]);
}
