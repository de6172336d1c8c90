import { sportLook } from "@/lib/activity/sports";
import { ramp } from "@/lib/charts/colour";
import type { FrameBand, FrameLine } from "@/lib/charts/frames";
import { token } from "@/ui/hooks/media";

const ZONES = 7;
/** Colours for series without a role, told apart by colour-blind eyes too. */
const PALETTE = ["chart-speed", "sport-run", "accent", "chart-power", "chart-cadence", "chart-temperature"];
/** Series that are the same wherever they are drawn. */
const KNOWN: Record<string, string> = {
  fitness: "chart-speed",
  fatigue: "chart-power",
  form: "chart-cadence",
  ramp: "chart-temperature",
  load: "chart-quiet",
  fitness_planned: "chart-speed",
  form_planned: "chart-cadence",
  fitness_rest: "chart-speed",
  form_rest: "chart-cadence",
  activity: "accent",
  best: "chart-speed",
  first: "chart-speed",
  other: "sport-run",
  third: "accent",
  fourth: "chart-power",
  fifth: "chart-cadence",
  model: "chart-quiet",
  acwr: "chart-speed",
  monotony: "chart-power",
  strain: "chart-quiet",
};
const FAMILIES: Record<string, string> = {
  ride: "ride",
  run: "run",
  walk: "walk",
  swim: "swim",
  row: "row",
  ski: "snow",
  training: "gym",
  multisport: "multi",
};

/**
 * The colour of a zone, 1 the easiest, in light and dark mode alike: ever lighter, so that no hue is needed to order
 * them.
 */
export function zoneColour(zone: number): string {
  return ramp((zone - 1) / (ZONES - 1), "both");
}

/** The colour of a series as it is in this theme: by its role, by what it is, else by its place among the others. */
export function lineColour(line: FrameLine, at: number): string {
  const role = line.colour;
  if (role === null) return token(KNOWN[line.key] ?? PALETTE[at % PALETTE.length] ?? "chart-other");
  const zone = /^z(\d)$/.exec(role)?.[1];
  if (zone !== undefined) return zoneColour(Number(zone));
  // The further down, the further back.
  if (role === "quiet") return faded(token("chart-quiet"), Math.min(1, Math.max(0.4, 1.2 - 0.2 * at)));
  return token(KNOWN[role] ?? `sport-${FAMILIES[role] ?? sportLook(role).colour}`);
}

/** The tint of a band: by the order of zones, or one that only sets it off. */
export function bandColour(band: FrameBand): string {
  const zone = /^z(\d)$/.exec(band.colour)?.[1];
  return zone === undefined ? token("band") : faded(zoneColour(Number(zone)), 0.16);
}

/** A colour with some of the ground shining through. */
export function faded(colour: string, share: number): string {
  if (share >= 1) return colour;
  const parts = /^rgb\((.*)\)$/.exec(colour)?.[1];
  if (parts !== undefined) return `rgba(${parts}, ${share})`;
  return `${colour.slice(0, 7)}${Math.round(share * 255)
    .toString(16)
    .padStart(2, "0")}`;
}
