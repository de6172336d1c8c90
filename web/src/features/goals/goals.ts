import type { Goal, GoalStanding, RemovedGoal } from "@/api/training/goals";
import { familyName } from "@/lib/charts/frames";
import type { Preferences } from "@/lib/preferences";
import { decimal, scaleOf, span, told } from "@/lib/units";
import { many, t } from "./text";

export type GoalKind = Goal["kind"];
export type GoalPeriod = Goal["period"];
export const GOAL_KINDS: readonly GoalKind[] = ["distance", "time", "ascent", "load", "count"];
export const GOAL_PERIODS: readonly GoalPeriod[] = ["week", "month", "year"];

const HOUR = 3600;

/** So much of a kind (SI) in the athlete's units: `40.5 km`, `5 h 00 min`, `3 activities`. */
export function amountOf(kind: GoalKind, si: number, wish: Preferences): string {
  switch (kind) {
    case "distance":
      return told(
        "distance",
        si,
        wish,
        undefined,
        Number.isInteger(Math.round(shown(kind, si, wish) * 10) / 10) ? 0 : 1,
      );
    case "time":
      return span(si);
    case "ascent":
      return told("elevation", si, wish);
    case "load":
      return t("goal.load", { load: decimal(si) });
    case "count":
      return many("goal.count", Math.round(si), decimal(si, Number.isInteger(si) ? 0 : 1));
  }
}

/** The unit in which a target is typed; none for load and activities. */
export function unitOf(kind: GoalKind, wish: Preferences): string {
  if (kind === "time") return "h";
  return kind === "distance" || kind === "ascent" ? scaleOf(measure(kind), wish).unit : "";
}

/** A target (SI) in the unit in which it is typed. */
export function shown(kind: GoalKind, si: number, wish: Preferences): number {
  return si / unitSize(kind, wish);
}

/** A target in SI of what was typed; null where it is no number above zero. */
export function typed(kind: GoalKind, text: string, wish: Preferences): number | null {
  const value = Number(text.replace(",", "."));
  if (text.trim() === "" || !Number.isFinite(value) || value <= 0) return null;
  return value * unitSize(kind, wish);
}

function unitSize(kind: GoalKind, wish: Preferences): number {
  if (kind === "time") return HOUR;
  return kind === "distance" || kind === "ascent" ? 1 / scaleOf(measure(kind), wish).of(1) : 1;
}

const measure = (kind: "distance" | "ascent"): "distance" | "elevation" => (kind === "ascent" ? "elevation" : kind);

/** The sport of a goal, in words. */
export const sportOf = ({ sport }: { sport: string | null }): string =>
  sport === null ? t("activities.all_sports") : familyName(sport);

/** A goal in words: `Run, 40 km a week`. */
export function goalName(goal: GoalStanding | RemovedGoal, wish: Preferences): string {
  return t("goal.name", {
    sport: sportOf(goal),
    amount: amountOf(goal.kind, goal.target, wish),
    each: eachOf(goal.period),
  });
}

export const eachOf = (period: GoalPeriod): string =>
  t(({ week: "goal.each_week", month: "goal.each_month", year: "goal.each_year" } as const)[period]);

export const thisOf = (period: GoalPeriod): string =>
  t(({ week: "goal.this_week", month: "goal.this_month", year: "goal.this_year" } as const)[period]);

export const stateOf = ({ state }: Pick<Goal, "state">): string =>
  t(({ reached: "goal.reached", on_track: "goal.on_track", behind: "goal.behind" } as const)[state]);
