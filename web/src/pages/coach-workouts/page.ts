import type { PageInfo } from "@/ui/layout/pageInfo";

export const PAGE: PageInfo = {
  routes: {
    "coach/workouts": async () => (await import("./Workouts")).Workouts,
    "coach/workouts/new": async () => (await import("./Builder")).NewWorkout,
    "coach/workouts/:id": async () => (await import("./Workout")).WorkoutPage,
    "coach/workouts/:id/edit": async () => (await import("./Builder")).EditWorkout,
  },
};
