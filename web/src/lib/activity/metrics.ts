import type { Preferences } from "@/lib/preferences";
import { known } from "@/lib/text";
import { duration, NOTHING, quantityOf, scaleOfUnit, type Quantity } from "@/lib/units";
import { humanise } from "./sports";

interface Described {
  unit: string;
  decimals: number;
}

/** A number of an activity as value and unit; a named choice in words, a time as a clock shows it. */
export function metricQuantity(
  { unit, decimals }: Described,
  value: number | string | null,
  wish: Preferences,
  sport: string,
): Quantity {
  if (value === null) return { value: NOTHING, unit: "" };
  if (typeof value === "string") return { value: known("source", value) ?? humanise(value), unit: "" };
  if (unit === "s") return { value: duration(value), unit: "" };
  return quantityOf(scaleOfUnit(unit, unit === "m" ? Math.max(1, decimals) : decimals, wish, sport), value);
}

/** The groups in which numbers stand, the most asked for first; others follow by name. */
const GROUPS = [
  "load",
  "power",
  "critical",
  "heart",
  "pace",
  "race",
  "swim",
  "climbing",
  "endurance",
  "polarisation",
  "form",
  "vo2",
];

export function byGroup(a: string, b: string): number {
  const rank = (group: string): number => GROUPS.indexOf(group) + 1 || GROUPS.length + 1;
  return rank(a) - rank(b) || a.localeCompare(b);
}

export function groupName(group: string): string {
  return known("group", group) ?? humanise(group);
}
