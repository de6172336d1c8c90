import type { Preferences } from "@/lib/preferences";
import { known, t } from "@/lib/text";
import { scaleOf, scaleOfUnit, type Measure, type Scale } from "@/lib/units";
import { humanise, sportLook } from "./sports";

/** A channel as it is shown: its name, the colour token of its line, and the scale of its numbers. */
export interface ChannelLook {
  key: string;
  label: string;
  colour: string;
  scale: Scale;
  /** Drawn as a filled ground, as a landscape is. */
  filled: boolean;
}

const MEASURES: Record<string, Measure> = {
  altitude_m: "elevation",
  speed_mps: "speed",
  heart_rate_bpm: "heart_rate",
  power_w: "power",
  cadence_rpm: "cadence",
  temperature_c: "temperature",
  distance_m: "distance",
  gap_speed_mps: "speed",
};

/** Keys end in their unit, which is shown beside the number. */
const UNIT_SUFFIX = /_(ms|mm|pct|m|s|w|j|bpm|rpm|mps|c|kpa|v)$/;

/** The channels that are shown first, in the order in which they are stacked. */
export const FIRST = ["altitude_m", "speed_mps", "heart_rate_bpm", "power_w", "cadence_rpm", "temperature_c"];
/** Channels that other parts of the page show: the map and the axis. */
export const NOT_CHARTED = new Set(["latitude", "longitude", "distance_m", "time_s"]);

/** How a channel is shown to this athlete for this sport. */
export function channelLook(key: string, unit: string, wish: Preferences, sport: string): ChannelLook {
  const measure = MEASURES[key];
  const scale = measure === undefined ? unmeasured(unit, wish, sport) : scaleOf(measure, wish, sport);
  const paced = key === "speed_mps" && sportLook(sport).pace !== "speed";
  return {
    key,
    label: paced ? t("channel.pace") : (known("channel", key) ?? humanise(key.replace(UNIT_SUFFIX, ""))),
    colour: FIRST.includes(key) ? `chart-${key.slice(0, key.lastIndexOf("_")).replace("_", "-")}` : "chart-other",
    scale,
    filled: key === "altitude_m",
  };
}

function unmeasured(unit: string, wish: Preferences, sport: string): Scale {
  return unit === "J" ? scaleOfUnit(unit, 0, wish, sport) : { ...scaleOf("plain", wish), unit };
}

/** Every charted channel of an activity: the usual ones first, the others by name. */
export function ordered(keys: string[]): string[] {
  const rank = (key: string): number => FIRST.indexOf(key) + 1 || FIRST.length + 1;
  return keys.filter((key) => !NOT_CHARTED.has(key)).sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}
