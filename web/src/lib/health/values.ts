import { humanise } from "@/lib/activity/sports";
import { clock } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";
import { decimal, joined, quantityOf, scaleOf, scaleOfUnit, span, type Quantity, type Scale } from "@/lib/units";

/** Decimals of numbers in a unit; in any other there are none. */
const DIGITS: Record<string, number> = {
  brpm: 1,
  "kg/m²": 1,
  cm: 1,
  "mmol/l": 1,
  "ml/kg/min": 1,
  SD: 1,
};
/** Decimals of measures whose unit says too little. */
const DIGITS_OF: Record<string, number> = {
  training_load_ratio: 2,
  body_fat_pct: 1,
  body_water_pct: 1,
  hrv_variation_pct: 1,
};
const HOUR_S = 3600;
const FAHRENHEIT = 1.8;
const POUND = 0.45359237;

/** What is shown of a measure of health: its key, and the server's unit. */
export interface Measured {
  key: string;
  unit: string;
  choices?: readonly string[];
}

/** The scale on which a measure of health is shown to this athlete. */
export function healthScale({ key, unit, choices = [] }: Measured, wish: Preferences): Scale {
  const imperial = wish.units === "imperial";
  if (choices.length > 0) return { ...plain("", 0), format: (code) => humanise(choices[Math.round(code)] ?? "") };
  switch (unit) {
    case "s":
      return key.startsWith("race_") ? scaleOfUnit("time", 0, wish) : hours((h) => signedSpan(h * HOUR_S));
    case "clock_s":
      return hours((h) => clockOf(h * HOUR_S, wish));
    case "m":
      return scaleOf(key === "distance_m" ? "distance" : "elevation", wish);
    case "°C":
      return degrees(/_(change|deviation)_c$/.test(key), imperial);
    case "kg/week":
      return imperial ? { ...plain("lb/week", 2), of: (kg) => kg / POUND } : plain("kg/week", 2);
    default:
      return scaleOfUnit(unit, DIGITS_OF[key] ?? DIGITS[unit] ?? 0, wish);
  }
}

const plain = (unit: string, digits: number): Scale => ({
  unit,
  digits,
  pace: false,
  of: (value) => value,
  format: (value) => decimal(value, digits),
});

const hours = (format: (shown: number) => string): Scale => ({
  unit: "h",
  digits: 1,
  pace: false,
  spelled: true,
  of: (seconds) => seconds / HOUR_S,
  format,
});

/** A temperature, or a difference of temperatures, which has no zero of its own. */
function degrees(difference: boolean, imperial: boolean): Scale {
  if (!imperial) return plain("°C", 1);
  return { ...plain("°F", 1), of: (c) => c * FAHRENHEIT + (difference ? 0 : 32) };
}

const signedSpan = (seconds: number): string => (seconds <= -30 ? `−${span(-seconds)}` : span(seconds));

/** The time of day so many seconds after midnight, or before it. */
function clockOf(seconds: number, wish: Preferences): string {
  const day = 86_400;
  const after = ((Math.round(seconds) % day) + day) % day;
  return clock(new Date(after * 1000).toISOString().slice(0, 19), wish);
}

/** A value of a measure of health, as number and unit. */
export function healthQuantity(measured: Measured, value: number | null | undefined, wish: Preferences): Quantity {
  const scale = healthScale(measured, wish);
  // A change or a score may be 0 or less, unlike a pace.
  return quantityOf({ ...scale, pace: false }, value);
}

/** A change with its sign: `+8 bpm`, `−1.6 brpm`. */
export function healthChange(measured: Measured, change: number, wish: Preferences): string {
  const scale = healthScale(measured, wish);
  const size = scale.format(Math.abs(scale.of(change)));
  return (change < 0 ? "−" : "+") + joined({ value: size, unit: scale.spelled ? "" : scale.unit });
}
