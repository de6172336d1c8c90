import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, reply } from "@/api/client";
import type { SavedFilter } from "@/api/types";

const SAVED = ["saved-filters"];

/** What there is to filter by; below the lists, so that it is fetched again with them. */
export function useFilterChoices(enabled = true) {
  return useQuery({
    queryKey: ["activities", "choices"],
    queryFn: ({ signal }) => reply(api.GET("/api/activities/choices", { signal })),
    enabled,
  });
}

export function useSavedFilters() {
  return useQuery({
    queryKey: SAVED,
    queryFn: async ({ signal }) => (await reply(api.GET("/api/saved-filters", { signal }))).items,
  });
}

function useAct<A>(act: (argument: A) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => client.invalidateQueries({ queryKey: SAVED }) });
}

const at = (saved: string) => ({ params: { path: { saved } } });

export const useSaveFilter = () =>
  useAct((body: Omit<SavedFilter, "id">) => reply(api.POST("/api/saved-filters", { body })));
export const useRenameFilter = () =>
  useAct(({ id, name }: { id: string; name: string }) =>
    reply(api.PATCH("/api/saved-filters/{saved}", { ...at(id), body: { name } })),
  );
export const useRemoveFilter = () => useAct((id: string) => reply(api.DELETE("/api/saved-filters/{saved}", at(id))));
export const useRestoreFilter = () =>
  useAct((id: string) => reply(api.POST("/api/saved-filters/{saved}/restore", at(id))));
