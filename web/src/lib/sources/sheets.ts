import { sportName } from "@/lib/activity/sports";
import type { Preferences } from "@/lib/preferences";
import { t, type Plain } from "@/lib/text";
import { decimal, duration, told, type Measure } from "@/lib/units";

/** A field of an activity, and the place of its column in the sheet. */
export interface SheetField {
  key: string;
  title: string;
  column: number | null;
}

/** Which field each column holds, by the column's place. */
export type Held = Record<number, string>;

/** What the server says that the columns hold. */
export function heldBy(fields: readonly SheetField[]): Held {
  return Object.fromEntries(
    fields.filter(({ column }) => column !== null).map(({ key, column }) => [column ?? 0, key]),
  );
}

/** The same with a field given to a column, or with none; a field stands in one column only. */
export function given(held: Held, column: number, field: string): Held {
  const others = Object.entries(held).filter(([at, key]) => Number(at) !== column && key !== field);
  return Object.fromEntries(field === "" ? others : [...others, [column, field]]);
}

/** The setting that says so: every field by its column's heading, and those without one as null. */
export function mappingOf(held: Held, fields: readonly SheetField[], columns: readonly string[]): string {
  const places = Object.fromEntries(Object.entries(held).map(([at, key]) => [key, columns[Number(at)] ?? null]));
  return JSON.stringify(Object.fromEntries(fields.map(({ key }) => [key, places[key] ?? null])));
}

/** How what a cell was read as is told: fields by the keys under which the server tells what it read. */
const READ: Record<string, { key: string; measure?: Measure; time?: boolean }> = {
  duration: { key: "elapsed_s", time: true },
  duration_hms: { key: "elapsed_s", time: true },
  moving: { key: "moving_s", time: true },
  distance: { key: "distance_m", measure: "distance" },
  temperature: { key: "avg_temperature_c", measure: "temperature" },
  max_speed: { key: "max_speed_mps", measure: "speed" },
  avg_speed: { key: "avg_speed_mps", measure: "speed" },
  total_elevation_gain: { key: "total_ascent_m", measure: "elevation" },
  max_elevation: { key: "max_altitude_m", measure: "elevation" },
  avg_heart_rate: { key: "avg_heart_rate_bpm", measure: "heart_rate" },
  max_heart_rate: { key: "max_heart_rate_bpm", measure: "heart_rate" },
  avg_power: { key: "avg_power_w", measure: "power" },
  calories: { key: "total_calories_kcal", measure: "energy" },
};

/** What a cell of a field was read as, where that says more than the cell itself. */
export function readAs(field: string, read: Readonly<Record<string, unknown>>, wish: Preferences): string {
  if (field === "start") {
    const start = read.start;
    return typeof start === "string" ? start.replace("T", " ") : "";
  }
  if (field === "sport") return typeof read.sport === "string" ? sportName(read.sport) : "";
  const how = READ[field];
  const value = how ? read[how.key] : undefined;
  if (!how || typeof value !== "number") return "";
  if (how.time) return duration(value);
  return how.measure
    ? told(how.measure, value, wish, typeof read.sport === "string" ? read.sport : undefined)
    : decimal(value, 1);
}

/** What nothing in a sheet may tell: the setting that says it, and how it is asked. */
export const QUESTIONS = {
  date_order: { setting: "order", text: "sheet.ask_order" },
  distance_unit: { setting: "distance", text: "sheet.ask_unit" },
  decimal_sign: { setting: "decimal", text: "sheet.ask_decimal" },
} as const satisfies Record<string, { setting: string; text: Plain }>;

/** The choice of a setting that leaves it to the sheet. */
export const AUTO = "auto";

/** Why a cell can't be read. */
export const CELL_NOTES = {
  no_date: "sheet.no_date",
  no_such_date: "sheet.no_such_date",
  no_such_time: "sheet.no_such_time",
  no_such_number: "sheet.no_such_number",
  not_calculated: "sheet.no_result",
} as const satisfies Record<string, Plain>;

/** Say a note about a cell: the row, the column's heading, what is wrong. */
export function cellNote(
  note: { number: number; column: number; code: keyof typeof CELL_NOTES },
  columns: readonly string[],
): string {
  const what = t(CELL_NOTES[note.code]);
  const column = columns[note.column];
  return column === undefined
    ? t("sheet.note_row", { row: note.number, what })
    : t("sheet.note", { row: note.number, column, what });
}
