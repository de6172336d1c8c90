import { readDuration, readNumber } from "@/lib/numbers";
import type { Preferences } from "@/lib/preferences";
import { known, t } from "@/lib/text";
import { brief, decimal, duration, joined, quantity, quantityOf, scaleOfUnit, type Scale } from "@/lib/units";
import { sportOfFamily } from "./sports";

/** The methods of heart rate zones, by the number that stands for them. */
export const HEART_METHODS = ["max", "reserve", "coggan", "friel"] as const;

/** What a threshold is called. */
export function thresholdName(key: string, name: string): string {
  return known("threshold", key) ?? name;
}

/** The choices of a threshold that is one of a few; null where it is a number. */
export function thresholdChoices(key: string): { value: number; label: string }[] | null {
  if (key === "sex")
    return [
      { value: 0, label: t("thresholds.male") },
      { value: 1, label: t("thresholds.female") },
    ];
  if (key !== "hr_zones") return null;
  return HEART_METHODS.map((method, value) => ({ value, label: known("method", method) ?? method }));
}

/** The scale on which a threshold is told and typed: speeds as a pace, of the pool where they are of swimming. */
export function thresholdScale(key: string, unit: string, family: string, wish: Preferences): Scale {
  const sport =
    key === "css_mps" ? "swimming" : key === "threshold_speed_mps" && family === "" ? "running" : sportOfFamily(family);
  return scaleOfUnit(unit, 0, wish, sport);
}

/** A threshold in words. */
export function thresholdText(key: string, unit: string, value: number, family: string, wish: Preferences): string {
  const choice = thresholdChoices(key)?.find((one) => one.value === value);
  if (choice) return choice.label;
  if (unit === "") return String(value);
  return joined(quantityOf(thresholdScale(key, unit, family, wish), value));
}

/** A best effort that shows a threshold, in words: "20 min", "10 km". */
export function effortName({ kind, size }: { kind: string; size: number }, wish: Preferences): string {
  return kind === "distance" ? joined(quantity("distance", size, wish)) : brief(size);
}

/** What stands in the field when a threshold is to be changed. */
export function thresholdTyped(scale: Scale, value: number): string {
  const shown = scale.of(value);
  return scale.pace ? duration(shown) : String(Number(shown.toFixed(scale.digits)));
}

/** Read a threshold as it was typed, in SI; null where it is no number. A pace is `4:35`. */
export function readThreshold(typed: string, scale: Scale): number | null {
  if (scale.pace) {
    const seconds = typed.includes(":") ? readDuration(typed) : Number.NaN;
    // A pace's scale is its own inverse: metres per second of seconds per unit.
    return Number.isFinite(seconds) && seconds > 0 ? scale.of(seconds) : null;
  }
  const number = readNumber(typed);
  if (number === null || Number.isNaN(number)) return null;
  const factor = scale.of(1) - scale.of(0);
  return (number - scale.of(0)) / factor;
}

/** The bounds of a threshold, in words: `50 – 600 W`; of a pace the slowest first. */
export function thresholdBounds(
  key: string,
  unit: string,
  low: number,
  high: number,
  family: string,
  wish: Preferences,
): string {
  if (unit === "") return `${low} – ${high}`;
  const scale = thresholdScale(key, unit, family, wish);
  const say = (value: number): string =>
    scale.pace ? duration(scale.of(value)) : decimal(scale.of(value), scale.digits);
  return joined({ value: `${say(low)} – ${say(high)}`, unit: scale.unit });
}
