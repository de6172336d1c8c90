import type { CorrectionBody, CorrectionField, CorrectionTool, LapMark } from "@/api/types";
import { readDuration } from "@/lib/numbers";
import { duration } from "@/lib/units";

/** Two ends of a stretch as they are typed. */
export interface TypedStretch {
  from: string;
  to: string;
}

/** Where a lap starts as it is typed, and what it was (empty: not set). */
export interface TypedLap {
  at: string;
  label: string;
}

/** What is typed into the field of a correction. */
export type Typed = string | TypedStretch[] | TypedLap[];

type Values = CorrectionBody["values"];
type Value = NonNullable<Values[string]>;
export type Scaled = (field: CorrectionField) => number;

const isMark = (value: unknown): value is LapMark => typeof value === "object" && value !== null && "at" in value;

export const typedStretches = (stretches: readonly (readonly number[])[]): TypedStretch[] =>
  stretches.map(([from = 0, to = 0]) => ({ from: duration(Math.floor(from)), to: duration(Math.ceil(to)) }));

/** The value to begin with, as it would be typed; `scaled` is what a number is multiplied by to be shown. */
export function typedOf(field: CorrectionField, value: Value | undefined, scaled: Scaled): Typed {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    if (field.kind === "laps")
      return items.filter(isMark).map(({ at, label }) => ({ at: duration(at), label: label ?? "" }));
    return typedStretches(items.filter((one): one is number[] => Array.isArray(one)));
  }
  if (field.kind === "stretches" || field.kind === "laps") return [];
  if (value === undefined) return "";
  if (field.kind === "instant") return duration(Number(value));
  if (field.kind === "number") return String(Math.round(Number(value) * scaled(field) * 100) / 100);
  return String(value);
}

/** Where a field marks the time of an activity, in seconds since its start; times that can't be read are NaN. */
export function marksOf(field: CorrectionField, typed: Typed | undefined): number[] {
  if (field.kind === "instant" && typeof typed === "string") return [readDuration(typed)];
  if (field.kind === "laps" && Array.isArray(typed)) return (typed as TypedLap[]).map(({ at }) => readDuration(at));
  return [];
}

/** What is typed once a mark is moved to another second. */
export function withMark(field: CorrectionField, typed: Typed | undefined, index: number, at: number): Typed {
  if (field.kind === "laps" && Array.isArray(typed))
    return (typed as TypedLap[]).map((lap, other) => (other === index ? { ...lap, at: duration(at) } : lap));
  return duration(at);
}

/** Laps with one more, from one second to another; what was started in between is in it. */
export function withLap(laps: readonly TypedLap[], from: number, to: number): TypedLap[] {
  const [first, last] = [Math.round(Math.min(from, to)), Math.round(Math.max(from, to))];
  if (first === last) return [...laps];
  const startOf = ({ at }: TypedLap): number => readDuration(at);
  const inOrder = [...laps].sort((a, b) => startOf(a) - startOf(b));
  const outside = inOrder.filter((lap) => startOf(lap) < first || startOf(lap) > last);
  // What was under way goes on after it.
  const goesOn = inOrder.findLast((lap) => startOf(lap) <= last);
  const added = [
    { at: duration(first), label: "" },
    { at: duration(last), label: goesOn?.label ?? "" },
  ];
  return [...outside, ...added].sort((a, b) => startOf(a) - startOf(b));
}

/** Read a number as people type it, negative ones too; NaN where it is none. */
export function readSigned(typed: string): number {
  const text = typed.trim().replace(",", ".").replace("−", "-");
  return text === "" ? Number.NaN : Number(text);
}

/** The value of what was typed, or null where it is none. */
export function valueOf(field: CorrectionField, typed: Typed | undefined, scaled: Scaled): Value | null {
  if (typed === undefined) return null;
  if (field.kind === "number" && typeof typed === "string") {
    if (typed.trim() === "" && !field.required) return 0;
    const value = readSigned(typed) / scaled(field);
    return value >= field.least && value <= field.most ? value : null;
  }
  if (field.kind === "instant" && typeof typed === "string") return known(readDuration(typed));
  if (field.kind === "stretches" && Array.isArray(typed)) {
    const pairs = (typed as TypedStretch[]).map(({ from, to }): [number, number] => [
      readDuration(from),
      readDuration(to),
    ]);
    return pairs.length > 0 && pairs.every(([from, to]) => from <= to) ? pairs : null;
  }
  if (field.kind === "laps" && Array.isArray(typed)) {
    const marks = (typed as TypedLap[]).map(({ at, label }) => ({
      at: readDuration(at),
      label: label === "" ? null : (label as LapMark["label"]),
    }));
    return marks.length > 0 && marks.every(({ at }) => Number.isFinite(at)) ? marks : null;
  }
  return typeof typed === "string" && typed !== "" ? typed : null;
}

/** The whole of what is to be sent, or null where something is missing or wrong. */
export function bodyOf(tool: CorrectionTool, typed: Record<string, Typed>, scaled: Scaled): CorrectionBody | null {
  const values: Values = {};
  for (const field of tool.fields) {
    if (field.kind === "choice" && !field.required && typed[field.key] === "") continue;
    const value = valueOf(field, typed[field.key], scaled);
    if (value === null) return null;
    values[field.key] = value;
  }
  return { correction: tool.key, values };
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
