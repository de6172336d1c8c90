import type { ResolvedTarget, WorkoutItem } from "@/api/coach/workouts";
import { sportOfFamily } from "@/lib/activity/sports";
import type { EndUnit, Quantity, StepKind, Target } from "@/lib/coach/steps";
import type { Preferences } from "@/lib/preferences";
import { decimal, duration, scaleOf, told } from "@/lib/units";
import { t } from "./text";

export const SPORTS = ["ride", "run", "swim", "strength", "brick", "row", "ski", "walk", "hike", "other"] as const;
export type Sport = (typeof SPORTS)[number];

const KINDS: Record<StepKind, () => string> = {
  warmup: () => t("workouts.kind_warmup"),
  work: () => t("workouts.kind_work"),
  rest: () => t("workouts.kind_rest"),
  recovery: () => t("workouts.kind_recovery"),
  cooldown: () => t("workouts.kind_cooldown"),
  free: () => t("workouts.kind_free"),
};
export const STEP_KINDS = Object.keys(KINDS) as StepKind[];
export const kindWords = (kind: StepKind): string => KINDS[kind]();

const SPORT_WORDS: Record<Sport, () => string> = {
  ride: () => t("workouts.sport_ride"),
  run: () => t("workouts.sport_run"),
  swim: () => t("workouts.sport_swim"),
  strength: () => t("workouts.sport_strength"),
  brick: () => t("workouts.sport_brick"),
  row: () => t("workouts.sport_row"),
  ski: () => t("workouts.sport_ski"),
  walk: () => t("workouts.sport_walk"),
  hike: () => t("workouts.sport_hike"),
  other: () => t("workouts.sport_other"),
};
export const sportWords = (sport: string): string => SPORT_WORDS[sport as Sport]?.() ?? sport;

const PURPOSES: Record<string, () => string> = {
  recovery: () => t("workouts.purpose_recovery"),
  endurance: () => t("workouts.purpose_endurance"),
  long: () => t("workouts.purpose_long"),
  tempo: () => t("workouts.purpose_tempo"),
  sweetspot: () => t("workouts.purpose_sweetspot"),
  threshold: () => t("workouts.purpose_threshold"),
  vo2: () => t("workouts.purpose_vo2"),
  anaerobic: () => t("workouts.purpose_anaerobic"),
  sprint: () => t("workouts.purpose_sprint"),
  opener: () => t("workouts.purpose_opener"),
  test: () => t("workouts.purpose_test"),
  strength_endurance: () => t("workouts.purpose_strength_endurance"),
  hill: () => t("workouts.purpose_hill"),
  race: () => t("workouts.purpose_race"),
  technique: () => t("workouts.purpose_technique"),
  strength: () => t("workouts.purpose_strength"),
  power: () => t("workouts.purpose_power"),
  mobility: () => t("workouts.purpose_mobility"),
  brick: () => t("workouts.purpose_brick"),
};
export const purposeWords = (purpose: string): string => PURPOSES[purpose]?.() ?? purpose;

/** The sport whose icon and units stand for a workout's. */
export const lookOf = (sport: string): string =>
  ({ strength: "training", brick: "multisport", hike: "hiking", other: "generic" })[sport] ?? sportOfFamily(sport);

/** How long a step is: a time, a distance, or what ends it. */
export function lengthWords(unit: EndUnit, value: number | null, wish: Preferences): string {
  switch (unit) {
    case "s":
      return duration(value);
    case "m":
      return value === null ? "" : told("length", value, wish);
    case "kj":
      return t("workouts.kj_value", { value: decimal(value ?? 0) });
    case "hr_below":
      return t("workouts.below", { value: decimal(value ?? 0) });
    case "lap":
      return t("workouts.lap");
  }
}

const UNITS: Record<Quantity, "W" | "m/s" | "bpm"> = {
  power: "W",
  speed: "m/s",
  css: "m/s",
  lthr: "bpm",
  hr_max: "bpm",
};

/** A target as it is set: `95–100 %`, `RPE 7`, `240–250 W`. */
export function targetWords(target: Target | null | undefined, sport: string, wish: Preferences): string {
  if (!target) return t("workouts.no_target");
  const { kind, low, high, of } = target;
  if (kind === "pct" && low === 0 && high === 0) return t("workouts.rest_target");
  if (kind === "abs") return figures(low, high, of ? UNITS[of] : null, sport, wish, target.ramp ?? false);
  const range = ends(short(low), short(high), target.ramp ?? false);
  return kind === "rpe" ? t("workouts.rpe", { range }) : t("workouts.pct", { range });
}

/** What a target comes to for this athlete, or nothing where its threshold is not known. */
export function ownWords(target: ResolvedTarget | undefined, sport: string, wish: Preferences, ramp = false): string {
  if (!target || target.low === null || target.high === null || Math.max(target.low, target.high) <= 0) return "";
  return figures(target.low, target.high, target.unit, sport, wish, ramp);
}

function figures(
  low: number,
  high: number,
  unit: ResolvedTarget["unit"],
  sport: string,
  wish: Preferences,
  ramp: boolean,
): string {
  const measure = unit === "W" ? "power" : unit === "bpm" ? "heart_rate" : "speed";
  const scale = scaleOf(measure, wish, lookOf(sport));
  const say = (si: number): string => scale.format(scale.of(si));
  return `${ends(say(low), say(high), ramp)} ${scale.unit}`;
}

function ends(low: string, high: string, ramp: boolean): string {
  if (low === high) return low;
  return ramp ? t("workouts.ramp", { low, high }) : t("workouts.range", { low, high });
}

const short = (value: number): string => decimal(value, Number.isInteger(value) ? 0 : 1);

/** How long a workout is and what it costs, on one line. */
export const costWords = ({ seconds, load }: Pick<WorkoutItem, "seconds" | "load">): string =>
  `${duration(seconds)} · ${t("workouts.load_value", { load: decimal(load) })}`;
