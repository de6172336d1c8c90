import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, reply } from "@/api/client";
import type { CorrectionBody } from "@/api/types";
import { lastSaid } from "@/lib/activity/edits";
import { refreshLists } from "./activities";

const path = (activity: string) => ({ path: { activity } });

/** The corrections that an activity can have, with values to begin with. */
export function useCorrections(activity: string) {
  return useQuery({
    queryKey: ["activity", activity, "corrections"],
    queryFn: ({ signal }) =>
      reply(api.GET("/api/activities/{activity}/corrections", { params: path(activity), signal })),
    staleTime: 0,
    gcTime: 0,
  });
}

/** What a correction would change; null asks nothing. */
export function useCorrectionPreview(activity: string, body: CorrectionBody | null) {
  return useQuery({
    queryKey: ["activity", activity, "corrections", body],
    enabled: body !== null,
    queryFn: ({ signal }) =>
      reply(
        api.POST("/api/activities/{activity}/corrections/preview", {
          params: path(activity),
          body: body ?? { correction: "", values: {} },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}

/** Correct an activity; answers with the edit that did. */
export function useCorrect(activity: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: CorrectionBody) => {
      const { edits } = await reply(
        api.POST("/api/activities/{activity}/corrections", { params: path(activity), body }),
      );
      return lastSaid(edits, ["correct"])?.id;
    },
    onSettled: async () => {
      refreshLists(client);
      void client.invalidateQueries({ queryKey: ["streams", activity] });
      await client.invalidateQueries({ queryKey: ["activity", activity], exact: true });
    },
  });
}
