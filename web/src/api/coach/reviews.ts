import { useQuery } from "@tanstack/react-query";

import { api, reply } from "@/api/client";
import type { components } from "@/api/schema.d.ts";

export type WorkoutReview = components["schemas"]["WorkoutReview"];
export type WeekReview = components["schemas"]["WeekReview"];
export type ReviewPoint = components["schemas"]["ReviewPoint"];

/** What was done of an activity beside the session that it did. */
export function useWorkoutReview(activity: string, enabled: boolean) {
  return useQuery({
    queryKey: ["coach", "plans", "review", activity],
    enabled,
    queryFn: ({ signal }) =>
      reply(api.GET("/api/coach/reviews/{activity}", { params: { path: { activity } }, signal })),
  });
}

/** What was done in the week of a day beside its plan. */
export function useWeekReview(day: string) {
  return useQuery({
    queryKey: ["coach", "plans", "week", day],
    queryFn: ({ signal }) => reply(api.GET("/api/coach/reviews", { params: { query: { day } }, signal })),
  });
}
