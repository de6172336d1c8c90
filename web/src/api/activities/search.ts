import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { api, reply } from "@/api/client";

/** The newest activities whose name has a text in it, a few of them. */
export function useFoundActivities(text: string, limit: number) {
  return useQuery({
    queryKey: ["activities", "found", text, limit],
    enabled: text !== "",
    queryFn: async ({ signal }) =>
      (await reply(api.GET("/api/activities", { params: { query: { text, limit } }, signal }))).items,
    placeholderData: keepPreviousData,
  });
}
