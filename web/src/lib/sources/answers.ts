import { t } from "@/lib/text";
import { decimal } from "@/lib/units";

/** One thing that a source asks: at sign-in, or as a setting. */
export interface Asked {
  key: string;
  title: string;
  kind: string;
  help: string;
  default?: unknown;
  required: boolean;
  choices: { value: string; title: string }[];
  least: number | null;
  most: number | null;
}

/** What stands in a form, by key; a switch is `true` or `false`. */
export type Answers = Record<string, string>;

/** A form before anyone typed: what is held, else the default. */
export function answersOf(fields: readonly Asked[], held: Readonly<Record<string, unknown>> = {}): Answers {
  return Object.fromEntries(
    fields.map((field) => {
      const value = held[field.key] ?? field.default;
      if (field.kind === "switch") return [field.key, String(value === true || value === "true")];
      return [field.key, typeof value === "string" || typeof value === "number" ? String(value) : ""];
    }),
  );
}

/** The same fields, with redirect addresses as the browser reaches them: a bare path belongs to this page's origin. */
export function atOrigin<F extends Asked>(fields: readonly F[], origin: string): F[] {
  return fields.map((field) => {
    const { kind, default: path } = field;
    return kind === "callback" && typeof path === "string" && path.startsWith("/")
      ? { ...field, default: origin + path }
      : field;
  });
}

/** What is wrong with a form, by key; empty where it may be sent. */
export function wrongIn(fields: readonly Asked[], answers: Answers): Answers {
  const wrong: Answers = {};
  for (const field of fields) {
    const typed = (answers[field.key] ?? "").trim();
    if (typed === "" && field.required) wrong[field.key] = t("field.required");
    else if (field.kind === "number" && typed !== "" && !fits(field, typed))
      wrong[field.key] = t("connect.number_bad", { bounds: boundsOf(field) });
  }
  return wrong;
}

function fits({ least, most }: Asked, typed: string): boolean {
  const value = Number(typed.replace(",", "."));
  return Number.isFinite(value) && value >= (least ?? -Infinity) && value <= (most ?? Infinity);
}

/** What a number may be: `1 to 600`. */
export function boundsOf({ least, most }: Asked): string {
  const say = (bound: number): string => decimal(bound, Number.isInteger(bound) ? 0 : 1);
  if (least !== null && most !== null) return t("connect.between", { least: say(least), most: say(most) });
  if (least !== null) return t("connect.at_least", { least: say(least) });
  return most === null ? "" : t("connect.at_most", { most: say(most) });
}

/** The answers to send at sign-in: only what is filled in, trimmed. A password is sent as it was typed. */
export function spoken(fields: readonly Asked[], answers: Answers): Answers {
  const said: Answers = {};
  for (const { key, kind } of fields) {
    const typed = answers[key] ?? "";
    const value = kind === "password" ? typed : typed.trim();
    if (value !== "") said[key] = value;
  }
  return said;
}

/** The settings that a form changes, as the server stores them: switches, numbers, and null for an emptied field. */
export function changesIn(
  fields: readonly Asked[],
  answers: Answers,
  held: Readonly<Record<string, unknown>>,
): Record<string, boolean | number | string | null> {
  const before = answersOf(fields, held);
  const changed: Record<string, boolean | number | string | null> = {};
  for (const { key, kind } of fields) {
    const typed = (answers[key] ?? "").trim();
    if (typed === before[key]) continue;
    if (kind === "switch") changed[key] = typed === "true";
    else if (typed === "") changed[key] = null;
    else changed[key] = kind === "number" ? Number(typed.replace(",", ".")) : typed;
  }
  return changed;
}

/** A text whose web addresses are links: each part with its address, or null where it is only words. */
export function linked(text: string): { text: string; href: string | null }[] {
  return text
    .split(/(https?:\/\/[^\s]*[^\s.,;:!?)])/)
    .filter((part) => part !== "")
    .map((part) => {
      if (!/^https?:\/\//.test(part)) return { text: part, href: null };
      return { text: new URL(part).host, href: part };
    });
}
