import type { Preferences } from "./preferences";
import { humanise } from "./sports";
import { known, t } from "./text";
import { brief, decimal, span, told } from "./units";

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
  put("distance_apart_m", t("fact.distance_apart"), (metres) => told(metres < 1000 ? "length" : "distance", metres, wish));
  put("starts_apart_m", t("fact.starts_apart"), (metres) => told("length", metres, wish));
  return found;
}

/** What a source of a recording is called: as its description says, or in words of our own for files and what was typed. */
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

/** An edit, as far as it says whose values are to be taken. */
interface Said {
  verb: string;
  field: string | null;
  value: unknown;
  undone: boolean;
}

export const PREFER = "prefer:";
export const EVERYTHING = "*";

/** Which recordings a person chose, by field, channel or `*`; recordings are named by the file that they are in. */
export function chosenOf(edits: readonly Said[]): Map<string, string> {
  const chosen = new Map<string, string>();
  for (const { verb, field, value, undone } of edits) {
    if (undone || verb !== "set" || !field?.startsWith(PREFER)) continue;
    if (typeof value === "string") chosen.set(field.slice(PREFER.length), fileOf(value));
    else chosen.delete(field.slice(PREFER.length));
  }
  return chosen;
}

/** The file that a recording's key (`file:session`) names. */
export function fileOf(key: string): string {
  const at = key.lastIndexOf(":");
  return at < 0 ? key : key.slice(0, at);
}

/** The recordings, by key, that an edit joins to its own or parts from it; pairs of keys beside them only lift what was said before. */
export const namedIn = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === "string") : []);

/** The last thing of a kind that was said and still holds. */
export function lastSaid<E extends Said>(edits: readonly E[], verbs: readonly string[]): E | undefined {
  return edits.findLast(({ verb, undone }) => !undone && verbs.includes(verb));
}
