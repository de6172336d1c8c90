import { joined, quantityOf, type Scale } from "@/lib/units";
import { t } from "@/charts/health/text";

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

/** What is read off at a place: the value, the line, what is usual, and who measured it. */
export function partsOf(data: TrendData, place: number): string[] {
  const { scale, values, line, lineName, low, high, origins } = data;
  const shown = (value: number | null | undefined): string => joined(quantityOf(scale, value));
  const format = (value: number): string => scale.format(scale.of(value));
  const [value, mean, bottom, top] = [values[place], line[place], low[place], high[place]];
  const parts = [typeof value === "number" ? shown(value) : t("health_chart.no_value")];
  if (typeof mean === "number") parts.push(`${lineName} ${shown(mean)}`);
  if (typeof bottom === "number" && typeof top === "number")
    parts.push(t("health_chart.band", { low: format(bottom), high: format(top) }));
  if (origins[place]) parts.push(origins[place]);
  return parts;
}
