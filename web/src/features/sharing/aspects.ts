import type { Aspect, Subject } from "@/api/types";
import type { Plain } from "./text";

/** What a link may show, in the order of the choice. */
export const ASPECTS = [
  "start",
  "map",
  "places",
  "elevation",
  "speed",
  "laps",
  "heart_rate",
  "power",
  "cadence",
  "calories",
  "gear",
  "notes",
  "device",
] as const satisfies readonly Aspect[];

/** Those that there are of what is shared, in the same order. */
export const ASPECTS_OF: Record<Subject["kind"], readonly Aspect[]> = {
  activity: ASPECTS,
  route: ["map", "places", "elevation"],
  range: ["start", "map", "places", "elevation", "speed"],
};

/** What an aspect is called. */
export const NAMES = {
  start: "aspect.start",
  map: "aspect.map",
  places: "aspect.places",
  elevation: "aspect.elevation",
  speed: "aspect.speed",
  laps: "aspect.laps",
  heart_rate: "aspect.heart_rate",
  power: "aspect.power",
  cadence: "aspect.cadence",
  calories: "aspect.calories",
  gear: "aspect.gear",
  notes: "aspect.notes",
  device: "aspect.device",
} as const satisfies Record<Aspect, Plain>;

/** What goes with an aspect that is hidden, as the server has it (model/sharing.py); each has what takes it. */
const TAKEN_BY: Partial<Record<Aspect, Aspect[]>> = {
  places: ["map"],
  elevation: ["map"],
  laps: ["speed"],
  calories: ["heart_rate", "power"],
};

/** The hidden aspect that an aspect goes with, or null where it may be chosen. */
export const takenBy = (aspect: Aspect, hidden: readonly Aspect[]): Aspect | null =>
  TAKEN_BY[aspect]?.find((other) => hidden.includes(other)) ?? null;

/** Hide an aspect, or show it. */
export const toggled = (hidden: readonly Aspect[], aspect: Aspect): Aspect[] =>
  ASPECTS.filter((one) => (one === aspect ? !hidden.includes(one) : hidden.includes(one)));
