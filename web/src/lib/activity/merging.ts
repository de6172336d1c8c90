import type { Preferences } from "@/lib/preferences";
import { known, t } from "@/lib/text";
import { brief, decimal, span, told } from "@/lib/units";
import { humanise } from "./sports";

/** What two recordings are to each other, as the server says it. */
export interface ReasonDetails {
  rule: string;
  score: number;
  shift_s?: number;
  details: Record<string, number>;
}

/** Say in one sentence why two recordings are one workout, or may be. */
export function whySentence({ rule, shift_s = 0, details }: ReasonDetails): string {
  const shift = shift_s === 0 ? (details.shift_s ?? 0) : shift_s;
  if (rule === "wrong_zone" || rule === "wrong_zone_perhaps") {
    return t(rule === "wrong_zone" ? "why.wrong_zone" : "why.wrong_zone_perhaps", { shift: span(Math.abs(shift)) });
  }
  return known("why", rule) ?? t("why.unknown", { rule: humanise(rule).toLowerCase() });
}

/** The figures that a reason rests on, those that say something, in the athlete's units. */
export function whyFigures({ details }: ReasonDetails, wish: Preferences): { name: string; value: string }[] {
  const found: { name: string; value: string }[] = [];
  const put = (key: string, name: string, form: (value: number) => string): void => {
    const value = details[key];
    if (value !== undefined && Number.isFinite(value)) found.push({ name, value: form(value) });
  };
  const percent = (share: number): string => `${decimal(100 * share)} %`;
  const time = (seconds: number): string => (Math.abs(seconds) < 60 ? brief : span)(Math.abs(seconds));
  put("start_apart_s", t("fact.start_apart"), time);
  put("overlap", t("fact.overlap"), percent);
  put("length_ratio", t("fact.length_ratio"), percent);
  put("distance_apart_m", t("fact.distance_apart"), (metres) =>
    told(metres < 1000 ? "length" : "distance", metres, wish),
  );
  put("starts_apart_m", t("fact.starts_apart"), (metres) => told("length", metres, wish));
  return found;
}

/** The name of a recording's source: from its description, or our own word for files and manual entries. */
export function sourceName(key: string, described: readonly { key: string; name: string }[]): string {
  const exact = described.find((one) => one.key === key);
  if (exact) return exact.name;
  const own = known("provenance", key);
  if (own !== undefined) return own;
  const base = described.find((one) => key.startsWith(`${one.key}_`));
  return base ? t("provenance.export", { name: base.name }) : humanise(key);
}

/** What a recording was read from: a kind of file by its letters, anything else in words. */
export const formatName = (format: string): string => known("format", format) ?? format.toUpperCase();
