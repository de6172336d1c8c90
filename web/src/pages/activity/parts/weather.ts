import type { Weather } from "@/api/types";
import type { Preferences } from "@/lib/preferences";
import { decimal, joined, quantityOf, scaleOf } from "@/lib/units";
import { t, type Plain } from "@/pages/activity/text";

const INCH_MM = 25.4;
const POINTS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"] as const;
const POINT_NAMES = {
  n: "weather.n",
  ne: "weather.ne",
  e: "weather.e",
  se: "weather.se",
  s: "weather.s",
  sw: "weather.sw",
  w: "weather.w",
  nw: "weather.nw",
} as const satisfies Record<(typeof POINTS)[number], Plain>;

type Sky = NonNullable<Weather["sky"]>;
/** The word and the picture of a sky. */
export const SKIES: Record<Sky, { name: Plain; icon: string }> = {
  clear: { name: "weather.clear", icon: "sun" },
  fair: { name: "weather.fair", icon: "sun" },
  cloudy: { name: "weather.cloudy", icon: "cloud" },
  overcast: { name: "weather.overcast", icon: "cloud" },
  fog: { name: "weather.fog", icon: "fog" },
  drizzle: { name: "weather.drizzle", icon: "rain" },
  rain: { name: "weather.rain", icon: "rain" },
  freezing_rain: { name: "weather.freezing_rain", icon: "rain" },
  snow: { name: "weather.snow", icon: "snow" },
  showers: { name: "weather.showers", icon: "rain" },
  snow_showers: { name: "weather.snow_showers", icon: "snow" },
  thunderstorm: { name: "weather.thunderstorm", icon: "storm" },
};

/** The point of the compass that an angle, clockwise from north, is nearest to. */
export const pointOf = (degrees: number): (typeof POINTS)[number] => POINTS[Math.round(degrees / 45) % 8] ?? "n";

/** The temperature, or from the lowest to the highest where it changed. */
export function temperatures({ temperature_c, lowest_c, highest_c }: Weather, wish: Preferences): string {
  const scale = scaleOf("temperature", wish);
  if (highest_c - lowest_c < 2) return joined(quantityOf(scale, temperature_c));
  const [low, high] = [quantityOf(scale, lowest_c).value, joined(quantityOf(scale, highest_c))];
  return t("weather.between", { low, high });
}

/** What is said after the temperature, as far as it is known. */
export function partsOf(weather: Weather, wish: Preferences): string[] {
  const parts: string[] = [];
  const temperature = scaleOf("temperature", wish);
  const speed = scaleOf("speed", wish, "cycling");
  if (weather.feels_like_c !== null && Math.abs(weather.feels_like_c - weather.temperature_c) >= 2)
    parts.push(t("weather.feels_like", { value: joined(quantityOf(temperature, weather.feels_like_c)) }));
  if (weather.sky !== null) parts.push(t(SKIES[weather.sky].name));
  if (weather.precipitation_mm !== null && weather.precipitation_mm >= 0.1)
    parts.push(fallen(weather.precipitation_mm, wish));
  if (weather.wind_mps !== null) {
    const wind = rounded(speed.of(weather.wind_mps), speed.unit);
    parts.push(
      weather.wind_from_deg === null
        ? t("weather.wind", { speed: wind })
        : t("weather.wind_from", { speed: wind, from: t(POINT_NAMES[pointOf(weather.wind_from_deg)]) }),
    );
    if (weather.gusts_mps !== null && weather.gusts_mps >= weather.wind_mps + 3)
      parts.push(t("weather.gusts", { speed: rounded(speed.of(weather.gusts_mps), speed.unit) }));
  }
  if (weather.humidity_pct !== null) parts.push(t("weather.humidity", { value: decimal(weather.humidity_pct) }));
  return parts;
}

const rounded = (value: number, unit: string): string => `${decimal(value)} ${unit}`;

const fallen = (mm: number, wish: Preferences): string =>
  wish.units === "imperial" ? `${decimal(mm / INCH_MM, 2)} in` : `${decimal(mm, 1)} mm`;
