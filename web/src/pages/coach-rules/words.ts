import type { RuleRow } from "@/api/coach/rules";
import { t } from "./text";

/** What a choice of a form is called; words of the field stay as they are. */
const CHOICES: Record<string, () => string> = {
  run: () => t("rules.run"),
  ride: () => t("rules.ride"),
  swim: () => t("rules.swim"),
  strength: () => t("rules.strength"),
  row: () => t("rules.row"),
  ski: () => t("rules.ski"),
  walk: () => t("rules.walk"),
  hike: () => t("rules.hike"),
  brick: () => t("rules.brick"),
  other: () => t("rules.other"),
  only: () => t("rules.only"),
  never: () => t("rules.never"),
  max: () => t("rules.at_most"),
  min: () => t("rules.at_least"),
  no_hard: () => t("rules.no_hard"),
  easy: () => t("rules.easy"),
  rest: () => t("rules.rest"),
  hard: () => t("rules.hard"),
  long: () => t("rules.long"),
  hours: () => t("rules.hours"),
  load: () => t("rules.load"),
  distance: () => t("rules.distance"),
  no_hard_outdoor: () => t("rules.no_hard_outdoor"),
  indoor: () => t("rules.indoor"),
  cap: () => t("rules.cap"),
  transition: () => t("rules.transition"),
  base: () => t("rules.base"),
  build: () => t("rules.build"),
  peak: () => t("rules.peak"),
  taper: () => t("rules.taper"),
  hrv_status: () => t("rules.hrv_status"),
  hrv_z: () => t("rules.hrv_z"),
  resting_hr_delta: () => t("rules.resting_hr_delta"),
  sleep_hours: () => t("rules.sleep_hours"),
  readiness: () => t("rules.readiness"),
  soreness: () => t("rules.soreness"),
  form: () => t("rules.tsb"),
  acute_ratio: () => t("rules.acute_ratio"),
  "<": () => t("rules.less"),
  "<=": () => t("rules.less_or_equal"),
  ">=": () => t("rules.more_or_equal"),
  ">": () => t("rules.more"),
  "=": () => t("rules.equal"),
};

export const choiceName = (choice: string): string => CHOICES[choice]?.() ?? choice;

export const SPORTS = ["run", "ride", "swim", "strength", "row", "ski", "walk", "hike", "brick", "other"];

export const WEEKDAYS: { key: string; name: () => string }[] = [
  { key: "mon", name: () => t("rules.monday") },
  { key: "tue", name: () => t("rules.tuesday") },
  { key: "wed", name: () => t("rules.wednesday") },
  { key: "thu", name: () => t("rules.thursday") },
  { key: "fri", name: () => t("rules.friday") },
  { key: "sat", name: () => t("rules.saturday") },
  { key: "sun", name: () => t("rules.sunday") },
];

export const TOPICS: { key: RuleRow["topic"]; name: () => string }[] = [
  { key: "time", name: () => t("rules.topic_time") },
  { key: "week", name: () => t("rules.topic_week") },
  { key: "hard", name: () => t("rules.topic_hard") },
  { key: "body", name: () => t("rules.topic_body") },
  { key: "event", name: () => t("rules.topic_event") },
  { key: "other", name: () => t("rules.topic_other") },
];
