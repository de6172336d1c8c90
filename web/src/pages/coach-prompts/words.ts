import type { Action, PromptVersion } from "@/api/coach/prompts";
import { t } from "./text";

const ABOUT: Record<Action, () => string> = {
  rule_parsing: () => t("prompts.about_rule_parsing"),
  plan_explanation: () => t("prompts.about_plan_explanation"),
  plan_change: () => t("prompts.about_plan_change"),
  workout_review: () => t("prompts.about_workout_review"),
  weekly_review: () => t("prompts.about_weekly_review"),
  question: () => t("prompts.about_question"),
};

/** Every action, in the order of the list. */
export const ACTIONS = Object.keys(ABOUT) as Action[];

export const aboutWords = (action: Action): string => ABOUT[action]();

export const isAction = (word: string | undefined): word is Action => ACTIONS.some((action) => action === word);

/** The number of a version in words; 0 is the built-in one. */
export const versionWords = (version: number): string =>
  version === 0 ? t("prompts.built_in") : t("prompts.version", { version });

/** Which models a pattern is for, in words. */
export function modelWords(pattern: string): string {
  if (pattern === "*") return t("prompts.of_all");
  return pattern.endsWith("/*") ? t("prompts.of_vendor", { vendor: pattern.slice(0, -2) }) : pattern;
}

/** What is in force for an action: "Built in", or each version with its models. */
export function forceWords(versions: PromptVersion[]): string {
  return versions
    .filter(({ active }) => active)
    .map(({ version, pattern }) =>
      version === 0
        ? t("prompts.built_in")
        : t("prompts.for", { version: versionWords(version), models: modelWords(pattern) }),
    )
    .join(" · ");
}
