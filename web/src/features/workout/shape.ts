/** A step as it is drawn: its start and end (seconds), and the heights of its corners in per cent of threshold. */
export interface Bar {
  from: number;
  to: number;
  /** Heights at the start and at the end of what is full, and of what is pale above it. */
  full: [number, number];
  pale: [number, number];
  /** Whether it is hard enough to be what the workout is for. */
  hard: boolean;
  /** Whether it has no target. */
  open: boolean;
}

export interface BarOf {
  kind: string;
  seconds: number;
  low: number | null;
  high: number | null;
  ramp: boolean;
}

/** How high a step without a target is drawn, and from where on a step counts as hard, in per cent. */
const OPEN = 45;
export const HARD = 80;
/** The least that the picture reaches up to. */
const LEAST = 110;

/** The bars of a workout, its seconds, and how high the picture is, in per cent. */
export function drawn(profile: BarOf[]): { bars: Bar[]; seconds: number; top: number } {
  let at = 0;
  const bars = profile.map(({ seconds, low, high, ramp }): Bar => {
    const from = at;
    at += seconds;
    if (low === null || high === null) {
      return { from, to: at, full: [OPEN, OPEN], pale: [OPEN, OPEN], hard: false, open: true };
    }
    const full: [number, number] = ramp ? [low, high] : [Math.min(low, high), Math.min(low, high)];
    const pale: [number, number] = ramp ? full : [Math.max(low, high), Math.max(low, high)];
    return { from, to: at, full, pale, hard: (low + high) / 2 >= HARD, open: false };
  });
  const top = Math.max(LEAST, ...bars.flatMap(({ full, pale }) => [...full, ...pale])) * 1.04;
  return { bars, seconds: at, top };
}
