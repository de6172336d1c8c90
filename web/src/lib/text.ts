import { language, locale, translations } from "@/lib/language";
import { codes } from "@/lib/texts/codes";
import { common } from "@/lib/texts/common";

/** The texts that every room may show; what only one room shows is in its own `text.ts`. */
const shared = { ...common, ...codes };

type Catalogue = Readonly<Record<string, string>>;
const plurals = new Intl.PluralRules(locale);
type Names<S> = S extends `${string}{${infer N}}${infer Rest}` ? N | Names<Rest> : never;
type Rest<S> = [Names<S>] extends [never] ? [] : [values: Record<Names<S>, string | number>];
type PlainIn<C> = { [K in keyof C]: [Names<C[K]>] extends [never] ? K : never }[keyof C];
type CountedIn<C> = { [K in keyof C & string]: `${K}_one` extends keyof C ? K : never }[keyof C & string];

/** Keys of texts that need nothing filled in: those of a room and the shared ones. */
export type PlainOf<Own> = PlainIn<typeof shared & Own>;
export type Plain = PlainIn<typeof shared>;

interface Texts<Own, All> {
  own: Own;
  /** Return a text with its `{names}` filled in. */
  t: <K extends keyof All>(key: K, ...[values]: Rest<All[K]>) => string;
  /** Return a text for a count; where it is 1, the form that ends in `_one`. */
  many: (key: CountedIn<All>, count: number, shown?: string) => string;
}

/** Make the texts of a room, written in English, available beside the shared ones in the language of the app. */
export function texts<const Own extends Catalogue>(own: Own): Texts<Own, typeof shared & Own> {
  const english = (key: string): string => (own as Catalogue)[key] ?? (shared as Catalogue)[key] ?? key;
  const find = (key: string): string => translated(english(key), key);
  return {
    own,
    t: (key, ...[values]) => fill(find(key as string), values),
    many: (key, count, shown = count.toLocaleString(locale)) =>
      fill(count === 1 ? find(`${key}_one`) : plural(english(key), key, count), { count: shown }),
  };
}

/** An English text in the language of the app; a text of two meanings is translated for its key: `[key] text`. */
export function translated(english: string, key?: string): string {
  const own = key === undefined ? undefined : translations[`[${key}] ${english}`];
  // One that is not translated yet is empty.
  return own || translations[english] || english;
}

/** The text for a count that is not 1; languages with more forms translate `[few] text` as well. */
function plural(english: string, key: string, count: number): string {
  return translations[`[${plurals.select(count)}] ${english}`] || translated(english, key);
}

export const { t, many } = texts({});

/** Areas of the texts whose keys end in a code of the server. */
type Area = typeof codes extends Record<infer K, string> ? (K extends `${infer A}.${string}` ? A : never) : never;

/** Return what a code from the server means, or undefined where there is no text for it. */
export function known(area: Area, code: string): string | undefined {
  const english = (codes as Catalogue)[`${area}.${code}`];
  return english === undefined ? undefined : translated(english, `${area}.${code}`);
}

/** Return the other names of a line of a chart or a tile; those of metrics and thresholds come with them. */
export function alsoKnownAs(code: string): string[] {
  return known("also", code)?.split(", ") ?? [];
}

/** A word as it stands within a sentence: in small letters, but for German, which writes nouns with capitals. */
export function inSentence(word: string): string {
  return language === "de" ? word : word.toLocaleLowerCase(locale);
}

/** Return a text with its `{names}` filled in. */
export function fill(text: string, values: Record<string, string | number> | undefined): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values?.[name] ?? whole));
}
