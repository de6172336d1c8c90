import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, reply } from "@/api/client";
import type { components } from "@/api/schema.d.ts";
import { refreshMerged } from "./merging";
import { queryOf, type Filters } from "./activities";

export type ManyFields = components["schemas"]["ManyFields"];

/** Which activities an act is about: those named, or all that the filters leave. */
export interface Chosen {
  ids: string[] | null;
  filters: Filters;
}

export interface ManyChange {
  fields: ManyFields;
  add_tags: string[];
  remove_tags: string[];
}

/** An act on many activities, all or none; answers with the edits, by which it is undone. */
function useMany<A extends { chosen: Chosen }>(act: (argument: A) => Promise<{ count: number; edits: string[] }>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => refreshMerged(client) });
}

const params = ({ filters }: Chosen) => ({ query: queryOf(filters) });

export const useChangeMany = () =>
  useMany(({ chosen, change }: { chosen: Chosen; change: ManyChange }) =>
    reply(api.PATCH("/api/activities", { params: params(chosen), body: { activities: chosen.ids, ...change } })),
  );
export const useDeleteMany = () =>
  useMany(({ chosen, restore }: { chosen: Chosen; restore: boolean }) =>
    reply(
      api.POST(restore ? "/api/activities/restore" : "/api/activities/delete", {
        params: params(chosen),
        body: { activities: chosen.ids },
      }),
    ),
  );
export const useMergeMany = () =>
  useMany(({ chosen }: { chosen: Chosen }) =>
    reply(api.POST("/api/activities/merge", { params: params(chosen), body: { activities: chosen.ids } })),
  );
