import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({
  "found.workouts": "Workouts",
  "found.workouts_words": "structured intervals library",
  "found.new_workout": "New workout",
  "found.new_workout_words": "build create structured",
});

export const PAGE: PageInfo = {
  routes: {
    "coach/workouts": async () => (await import("./Workouts")).Workouts,
    "coach/workouts/new": async () => (await import("./Builder")).NewWorkout,
    "coach/workouts/:id": async () => (await import("./Workout")).WorkoutPage,
    "coach/workouts/:id/edit": async () => (await import("./Builder")).EditWorkout,
  },
  found: [
    { to: routes.workouts, icon: "target", name: () => t("found.workouts"), words: () => t("found.workouts_words") },
    {
      to: routes.workoutNew(),
      icon: "plus",
      name: () => t("found.new_workout"),
      words: () => t("found.new_workout_words"),
      editor: true,
    },
  ],
};
