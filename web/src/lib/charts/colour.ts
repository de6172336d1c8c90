/** Colours read along a ramp that stays in order for colour-blind eyes (lightness only rises: matplotlib's plasma). */
const PLASMA = [
  [13, 8, 135],
  [65, 4, 157],
  [106, 0, 168],
  [143, 13, 164],
  [177, 42, 144],
  [204, 71, 120],
  [225, 100, 98],
  [242, 132, 75],
  [252, 166, 54],
  [252, 206, 37],
  [240, 249, 33],
] as const;

/** The part of the ramp that stands out from a light or a dark ground, and from both. */
const REACH = { light: [0, 0.82], dark: [0.3, 1], both: [0.3, 0.82] } as const;
export type Ground = "light" | "dark";

/** The colour at `share` (0 low to 1 high) of the ramp, as `rgb(r, g, b)`. */
export function ramp(share: number, ground: keyof typeof REACH): string {
  const [from, to] = REACH[ground];
  const at = (from + Math.min(1, Math.max(0, share)) * (to - from)) * (PLASMA.length - 1);
  const low = PLASMA[Math.floor(at)] ?? PLASMA[0];
  const high = PLASMA[Math.min(PLASMA.length - 1, Math.floor(at) + 1)] ?? low;
  const mix = (i: 0 | 1 | 2): number => Math.round(low[i] + (high[i] - low[i]) * (at - Math.floor(at)));
  return `rgb(${mix(0)}, ${mix(1)}, ${mix(2)})`;
}

/** The values below which `share` of the finite numbers lie, for each share, without being led astray by a spike. */
export function quantiles(values: ArrayLike<number | null>, shares: number[]): number[] {
  const finite: number[] = [];
  const step = Math.max(1, Math.floor(values.length / 20_000));
  for (let i = 0; i < values.length; i += step) {
    const value = values[i];
    if (value !== null && value !== undefined && Number.isFinite(value)) finite.push(value);
  }
  finite.sort((a, b) => a - b);
  return shares.map((share) => finite[Math.round(share * (finite.length - 1))] ?? Number.NaN);
}
