/** A track as flat coordinates: longitude, latitude, longitude, latitude, … in degrees. */
export type Track = Float64Array;

/** A track within some metres is a place, not a shape. */
const SMALLEST_DEG = 5e-5;

/** Decode Google's encoded polyline (precision 5): base-64 varints of zig-zag deltas, latitude first. */
export function decodePolyline(encoded: string, precision = 5): Track {
  const scale = 10 ** precision;
  const out: number[] = [];
  let at = 0;
  let lat = 0;
  let lon = 0;
  const next = (): number => {
    let bits = 0;
    let shift = 0;
    let byte = 32;
    while (byte >= 32 && at < encoded.length) {
      byte = encoded.charCodeAt(at++) - 63;
      // Multiplied, not shifted: five chunks of five bits leave 32-bit integers.
      bits += (byte & 31) * 2 ** shift;
      shift += 5;
    }
    return bits % 2 === 1 ? -(bits + 1) / 2 : bits / 2;
  };
  while (at < encoded.length) {
    lat += next();
    lon += next();
    out.push(lon / scale, lat / scale);
  }
  return Float64Array.from(out);
}

/** An SVG path of the track within a box, in a projection true to shape, with `pad` on each side. */
export function trackPath(track: Track, width: number, height: number, pad = 3): string {
  const n = track.length / 2;
  if (n < 2) return "";
  const [west, south, east, north] = bounds(track);
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const [spanX, spanY] = [(east - west) * squeeze, north - south];
  if (Math.max(spanX, spanY) < SMALLEST_DEG) return "";
  const scale = Math.min((width - 2 * pad) / (spanX || SMALLEST_DEG), (height - 2 * pad) / (spanY || SMALLEST_DEG));
  const left = (width - spanX * scale) / 2;
  const top = (height - spanY * scale) / 2;
  let path = "";
  for (let i = 0; i < n; i++) {
    const x = left + ((track[2 * i] ?? 0) - west) * squeeze * scale;
    const y = top + (north - (track[2 * i + 1] ?? 0)) * scale;
    path += `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
  }
  return path;
}

/** West, south, east and north of a track, in degrees. */
export function bounds(track: Track): [number, number, number, number] {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (let i = 0; i + 1 < track.length; i += 2) {
    const lon = track[i] ?? 0;
    const lat = track[i + 1] ?? 0;
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return [west, south, east, north];
}
