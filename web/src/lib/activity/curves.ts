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
