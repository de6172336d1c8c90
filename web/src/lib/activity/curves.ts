const KINDS: Record<string, readonly string[]> = {
  ride: ["power", "heart_rate", "speed", "cadence", "vam"],
  run: ["speed", "gap", "heart_rate", "power", "cadence", "vam"],
};
const OTHERS = ["heart_rate", "speed", "gap", "power", "cadence", "vam"];

/** The kinds of curve that are worth a look in a family of sports, the telling one first. */
export function curveKinds(family: string): readonly string[] {
  return KINDS[family] ?? OTHERS;
}

/** The channel without which an activity has no curve of a kind. */
const CHANNEL: Record<string, string> = {
  power: "power_w",
  heart_rate: "heart_rate_bpm",
  speed: "speed_mps",
  gap: "altitude_m",
  cadence: "cadence_rpm",
  vam: "altitude_m",
};

/** The kinds of curve that an activity with these channels can have. */
export function recordedKinds(family: string, channels: readonly string[]): readonly string[] {
  return curveKinds(family).filter((kind) => channels.includes(CHANNEL[kind] ?? ""));
}

/** The channels without which a chart of one activity has nothing to show, by chart and kind. */
const NEEDED: Record<string, Record<string, readonly string[]>> = {
  histogram: {
    heart_rate: ["heart_rate_bpm"],
    power: ["power_w"],
    pace: ["speed_mps"],
    speed: ["speed_mps"],
    cadence: ["cadence_rpm"],
    grade: ["altitude_m"],
  },
  heart_relation: { power: ["heart_rate_bpm", "power_w"], pace: ["heart_rate_bpm", "speed_mps"] },
};

/** The kinds of a chart that an activity can have; it has a pace, or a speed where that is told in km/h. */
export function ownKinds(
  chart: string,
  kinds: readonly string[],
  pace: "pace" | "swim" | "row" | "speed",
  channels: readonly string[],
): readonly string[] {
  const other = pace === "speed" ? "pace" : "speed";
  return kinds.filter(
    (kind) => kind !== other && (NEEDED[chart]?.[kind] ?? []).every((channel) => channels.includes(channel)),
  );
}
