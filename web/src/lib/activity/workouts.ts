import { t } from "@/lib/text";

/** What a workout was for, in the order of its choices. */
export const WORKOUT_TYPES = ["race", "long", "intervals", "tempo", "easy", "recovery", "commute", "test"] as const;

export type WorkoutType = (typeof WORKOUT_TYPES)[number];

/** What a type of workout is called. */
export function workoutTypeName(type: WorkoutType): string {
  switch (type) {
    case "race":
      return t("workout.race");
    case "long":
      return t("workout.long");
    case "intervals":
      return t("workout.intervals");
    case "tempo":
      return t("workout.tempo");
    case "easy":
      return t("workout.easy");
    case "recovery":
      return t("workout.recovery");
    case "commute":
      return t("workout.commute");
    case "test":
      return t("workout.test");
  }
}

/** A tag as it is kept: in lower case, words separated by one space. */
export const cleanTag = (tag: string): string => tag.toLowerCase().split(/\s+/).filter(Boolean).join(" ");
