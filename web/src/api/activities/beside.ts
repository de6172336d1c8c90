import { useQueries, useQuery } from "@tanstack/react-query";

import { all } from "@/api/activities/several";
import { api, reply } from "@/api/client";
import type { ActivityGap } from "@/api/types";

/** Activities like one: they change with any of them. */
export function useSimilar(activity: string) {
  return useQuery({
    queryKey: ["activities", "similar", activity],
    queryFn: ({ signal }) =>
      reply(api.GET("/api/activities/{activity}/similar", { params: { path: { activity } }, signal })),
  });
}

/** How far other activities were behind one; two that can't be compared don't change by another try. */
export function useGaps(activity: string, others: readonly string[]) {
  return useQueries({
    queries: others.map((other) => ({
      queryKey: ["activities", "gap", activity, other],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        reply(api.GET("/api/activities/{activity}/gap/{other}", { params: { path: { activity, other } }, signal })),
      retry: false,
    })),
    combine: all<ActivityGap>,
  });
}
