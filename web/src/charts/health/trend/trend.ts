import type { Scale } from "@/lib/units";

/** Days with a name: those of one device, or those of a note. */
export interface NamedDays {
  from: string;
  to: string;
  name: string;
}

/** A measure over days: columns of one length, in SI, null where there is nothing. */
export interface TrendData {
  from: string;
  to: string;
  scale: Scale;
  values: (number | null)[];
  /** The line through the values: a mean or a trend. */
  line: (number | null)[];
  lineName: string;
  low: (number | null)[];
  high: (number | null)[];
  /** Who measured each value. */
  origins: string[];
  eras: NamedDays[];
  notes: NamedDays[];
}

/** The names of the notes of a day. */
export const notesOn = (notes: readonly NamedDays[], day: string): string[] =>
  notes.filter(({ from, to }) => from <= day && day <= to).map(({ name }) => name);

/** The newest day with a value, else the last one. */
export function newestPlace(values: readonly (number | null)[]): number {
  for (let at = values.length - 1; at >= 0; at--) if (values[at] !== null) return at;
  return values.length - 1;
}
