import { familyName } from "@/lib/charts/frames";
import type { Preferences } from "@/lib/preferences";
import { known, t } from "@/lib/text";
import { brief, decimal, duration, joined, quantityOf, scaleOfUnit, told } from "@/lib/units";
import { humanise, sportOfFamily } from "./sports";

/** Distances (m) that people call by a name. */
const NAMED: [metres: number, name: string][] = [
  [804.672, "half_mile"],
  [1609.344, "mile"],
  [3218.688, "miles_2"],
  [16_093.44, "miles_10"],
  [21_097.5, "half_marathon"],
  [42_195, "marathon"],
  [80_467.2, "miles_50"],
  [160_934.4, "miles_100"],
];
const UNITS: Record<string, string> = {
  power: "W",
  heart_rate: "bpm",
  vam: "m/h",
  speed: "m/s",
  gap: "m/s",
  cadence: "1/min",
};

/** What the size of a best effort is called: a distance in m, else a length of time in s. */
export function sizeName(kind: string, size: number): string {
  if (kind !== "distance") return brief(size);
  const name = NAMED.find(([metres]) => Math.abs(metres - size) < 1)?.[1];
  if (name !== undefined) return known("record", name) ?? name;
  return size < 1000 || size % 500 !== 0
    ? `${decimal(size)} m`
    : `${decimal(size / 1000, size % 1000 === 0 ? 0 : 1)} km`;
}

/** What a quantity is called that may be refused as a record: power, speed, … */
export function quantityName(quantity: string): string {
  return known("refusable", quantity) ?? humanise(quantity);
}

/** The value of a best effort: a time for a distance, else a number in the unit of its kind. */
export function effortValue(kind: string, value: number, wish: Preferences, sport: string): string {
  if (kind === "distance") return duration(value);
  return joined(quantityOf(scaleOfUnit(UNITS[kind] ?? "", 0, wish, sport), value));
}

/** The speed of a best effort over a distance, as its sport tells it; null for other kinds. */
export function effortPace(kind: string, size: number, value: number, wish: Preferences, sport: string): string | null {
  return kind === "distance" && value > 0 ? told("speed", size / value, wish, sport) : null;
}

/** From when to when an effort lasted, in seconds since the start. */
export function effortSpan(kind: string, size: number, value: number, start: number): [number, number] {
  return [start, start + (kind === "distance" ? value : size)];
}

/** What a class of records is called: `ride:indoor` is a `Ride, indoors`. */
export function className(name: string): string {
  const [family = "", place] = name.split(":");
  const sport = familyName(family);
  if (place === "indoor") return t("records.indoors", { sport });
  return place === "virtual" ? t("records.virtual", { sport }) : sport;
}

/** A total of one activity, in the athlete's units. */
export function totalValue(unit: string, value: number, wish: Preferences, family: string): string {
  if (unit === "s") return duration(value);
  return joined(quantityOf(scaleOfUnit(unit, 0, wish, sportOfFamily(family)), value));
}
