import type { PlanVersion, PlanWeek } from "@/api/coach/plans";
import { t } from "./text";

/** How a sport of the coach is drawn: the key of a sport of activities. */
const SPORTS: Record<string, string> = {
  ride: "cycling",
  run: "running",
  swim: "swimming",
  walk: "walking",
  hike: "hiking",
  row: "rowing",
  ski: "cross_country_skiing",
  strength: "training",
  brick: "multisport",
  triathlon: "multisport",
};

/** The sport of activities that looks as one of the coach's words. */
export const sportOf = (word: string): string => SPORTS[word] ?? "generic";

export function statusWords(status: PlanVersion["status"]): string {
  return {
    draft: t("coach.status_draft"),
    proposed: t("coach.status_proposed"),
    approved: t("coach.status_approved"),
    superseded: t("coach.status_superseded"),
    rejected: t("coach.status_rejected"),
    infeasible: t("coach.status_infeasible"),
  }[status];
}

export function phaseWords(phase: PlanWeek["phase"]): string {
  return {
    transition: t("coach.phase_transition"),
    base: t("coach.phase_base"),
    build: t("coach.phase_build"),
    taper: t("coach.phase_taper"),
    race: t("coach.phase_race"),
  }[phase];
}

export function kindWords(kind: PlanWeek["kind"]): string {
  return {
    load: t("coach.kind_load"),
    recovery: t("coach.kind_recovery"),
    easy: t("coach.kind_easy"),
    taper: t("coach.kind_taper"),
    race: t("coach.kind_race"),
  }[kind];
}
