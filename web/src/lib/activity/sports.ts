import { known } from "@/lib/text";

/** How a sport is drawn and told: its icon, the colour token of its family, and how its speed is said. */
export interface SportLook {
  icon: string;
  colour: string;
  pace: "speed" | "pace" | "swim" | "row";
}

const look = (icon: string, colour: string, pace: SportLook["pace"] = "speed"): SportLook => ({ icon, colour, pace });

const LOOKS: Record<string, SportLook> = {
  cycling: look("ride", "ride"),
  e_biking: look("ride", "ride"),
  running: look("run", "run", "pace"),
  walking: look("walk", "walk", "pace"),
  hiking: look("hike", "walk", "pace"),
  mountaineering: look("hike", "walk", "pace"),
  snowshoeing: look("hike", "walk", "pace"),
  swimming: look("swim", "swim", "swim"),
  rowing: look("row", "row", "row"),
  kayaking: look("row", "row"),
  paddling: look("row", "row"),
  stand_up_paddleboarding: look("row", "row"),
  sailing: look("row", "row"),
  cross_country_skiing: look("ski", "snow", "pace"),
  alpine_skiing: look("ski", "snow"),
  snowboarding: look("ski", "snow"),
  training: look("strength", "gym"),
  fitness_equipment: look("strength", "gym"),
  multisport: look("multi", "multi"),
  transition: look("multi", "multi", "pace"),
};

/** Sports that a person may choose when adding or correcting an activity, most used first. */
export const CHOICES = [
  "running",
  "cycling",
  "walking",
  "hiking",
  "swimming",
  "training",
  "rowing",
  "cross_country_skiing",
  "alpine_skiing",
  "snowboarding",
  "snowshoeing",
  "mountaineering",
  "kayaking",
  "paddling",
  "sailing",
  "stand_up_paddleboarding",
  "e_biking",
  "inline_skating",
  "rock_climbing",
  "fitness_equipment",
  "generic",
] as const;

export function sportLook(sport: string): SportLook {
  return LOOKS[sport] ?? look("other", "other");
}

/** What a sport is called; one that the catalogue does not know yet is told by its own name. */
export function sportName(sport: string): string {
  return known("sport", sport) ?? humanise(sport);
}

/** The kind of a sport (`trail`, `virtual_activity`), where it says more than the sport does. */
export function kindName(kind: string | null): string | null {
  return kind === null || kind === "generic" ? null : (known("kind", kind) ?? humanise(kind));
}

/** A maker and product as people write them: `garmin edge_840` is a `Garmin Edge 840`. */
export function deviceName(name: string): string {
  return name
    .replaceAll("_", " ")
    .split(" ")
    .map((word) => (word === word.toLowerCase() ? humanise(word) : word))
    .join(" ");
}

/** Turn `cross_country_skiing` into `Cross country skiing`. */
export function humanise(key: string): string {
  const words = key.replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Which sports are ranked and summed together; any other is a family alone. */
const FAMILY_OF: Record<string, string> = {
  cycling: "ride",
  e_biking: "ride",
  running: "run",
  walking: "walk",
  hiking: "walk",
  mountaineering: "walk",
  snowshoeing: "walk",
  swimming: "swim",
  rowing: "row",
  cross_country_skiing: "ski",
  alpine_skiing: "ski",
  snowboarding: "ski",
};

export const familyOf = (sport: string): string => FAMILY_OF[sport] ?? sport;

/** A sport whose numbers are told as its family's are. */
const OF_FAMILY: Record<string, string> = {
  ride: "cycling",
  run: "running",
  walk: "walking",
  swim: "swimming",
  row: "rowing",
  ski: "cross_country_skiing",
};

/** The sport that stands for a family of sports (or a class such as `ride:indoor`), for units and colours. */
export function sportOfFamily(family: string): string {
  const key = family.split(":")[0] ?? family;
  return OF_FAMILY[key] ?? key;
}

/** The families that segments are for, most used first. */
export const FAMILIES = ["ride", "run", "walk", "swim", "row", "ski"] as const;
