import { useQuery } from "@tanstack/react-query";

import { api, reply } from "@/api/client";

/** Activities like one: they change with any of them. */
export function useSimilar(activity: string) {
  return useQuery({
    queryKey: ["activities", "similar", activity],
    queryFn: ({ signal }) =>
      reply(api.GET("/api/activities/{activity}/similar", { params: { path: { activity } }, signal })),
  });
}

/** How far another activity was behind one; two that can't be compared don't change by another try. */
export function useGap(activity: string, other: string) {
  return useQuery({
    queryKey: ["activities", "gap", activity, other],
    queryFn: ({ signal }) =>
      reply(api.GET("/api/activities/{activity}/gap/{other}", { params: { path: { activity, other } }, signal })),
    retry: false,
  });
}
