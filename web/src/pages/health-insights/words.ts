import type { HealthInsight } from "@/api/types";
import { decimal } from "@/lib/units";
import { many, t } from "./text";

const DIGITS: Record<string, number> = { min: 0 };
const digitsOf = (unit: string): number => DIGITS[unit] ?? 1;

/** A difference with its sign: `−16.8`. */
export function signed(value: number, unit: string): string {
  const size = decimal(Math.abs(value), digitsOf(unit));
  return `${value < 0 ? "−" : "+"}${size}`;
}

/** What is compared: the name of the group in question, and that of the others. */
export function groupNames({ groups }: HealthInsight): [exposed: string, others: string] {
  if (groups === "marked") return [t("insights.noted"), t("insights.not_noted")];
  return [t("insights.top_third"), groups === "thirds" ? t("insights.bottom_third") : t("insights.rest")];
}

/** So many nights, weeks or sessions. */
export const counted = ({ counts }: HealthInsight, count: number): string =>
  many(({ nights: "insights.nights", weeks: "insights.weeks", sessions: "insights.sessions" } as const)[counts], count);

const PAIRS = {
  nights: "insights.need_pairs_nights",
  weeks: "insights.need_pairs_weeks",
  sessions: "insights.need_pairs_sessions",
} as const;

/** What an answer still needs, in words; empty where it needs nothing. */
export function needWords({ lacks, counts }: HealthInsight): string {
  if (lacks === null) return "";
  const { of, has, needs } = lacks;
  const left = Math.max(1, Math.ceil(needs - has));
  switch (of) {
    case "pairs":
      return many(PAIRS[counts], left);
    case "exposed":
      return many("insights.need_exposed", left);
    case "others":
      return many("insights.need_others", left);
    case "days":
      return many("insights.need_days", left);
    case "variation":
      return t("insights.need_variation");
    case "n_eff":
      return t("insights.need_n_eff", { has: decimal(Math.floor(has)), needs: decimal(needs) });
  }
}

/** Answers by question, in the order of the questions; those with an answer that is shown come first. */
export function byQuestion(items: readonly HealthInsight[]): HealthInsight[][] {
  const asked = new Map<string, HealthInsight[]>();
  for (const item of items) asked.set(item.key, [...(asked.get(item.key) ?? []), item]);
  const shown = (answers: HealthInsight[]): number => Number(answers.some((answer) => answer.shown));
  return [...asked.values()].sort((a, b) => shown(b) - shown(a));
}
