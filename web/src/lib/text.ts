import { codes } from "@/lib/texts/codes";
import { common } from "@/lib/texts/common";

/** The texts that every room may show; what only one room shows is in its own `text.ts`. */
const shared = { ...common, ...codes };

type Catalogue = Readonly<Record<string, string>>;
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

/** Make the texts of a room, in English, available beside the shared ones. */
export function texts<const Own extends Catalogue>(own: Own): Texts<Own, typeof shared & Own> {
  const find = (key: string): string => (own as Catalogue)[key] ?? (shared as Catalogue)[key] ?? key;
  return {
    own,
    t: (key, ...[values]) => fill(find(key as string), values),
    many: (key, count, shown = count.toLocaleString()) =>
      fill(find(count === 1 ? `${key}_one` : key), { count: shown }),
  };
}

export const { t, many } = texts({});

/** Areas of the texts whose keys end in a code of the server. */
type Area = typeof codes extends Record<infer K, string> ? (K extends `${infer A}.${string}` ? A : never) : never;

/** Return what a code from the server means, or undefined where there is no text for it. */
export function known(area: Area, code: string): string | undefined {
  return (codes as Catalogue)[`${area}.${code}`];
}

/** Return the other names of a line of a chart or a tile; those of metrics and thresholds come with them. */
export function alsoKnownAs(code: string): string[] {
  return known("also", code)?.split(", ") ?? [];
}

function fill(text: string, values: Record<string, string | number> | undefined): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values?.[name] ?? whole));
}
