import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, reply } from "@/api/client";
import type { components } from "@/api/schema.d.ts";

type Schemas = components["schemas"];

export type ModelState = Schemas["ModelState"];
export type ModelSetup = Schemas["ModelSetup"];
export type ModelSettings = Schemas["ModelSettingsDocument"];
export type NewModelSettings = Schemas["ModelSettingsBody"];
export type ModelCheck = Schemas["ModelCheck"];

const MODEL = ["coach", "model"];

/** Whether a language model can be asked for the athlete, what was agreed to, and today's spending. */
export function useModel(enabled = true) {
  return useQuery({
    queryKey: [...MODEL, "state"],
    enabled,
    queryFn: ({ signal }) => reply(api.GET("/api/coach/model", { signal })),
  });
}

/** How the model is set up, for an administrator. */
export function useModelSetup(enabled: boolean) {
  return useQuery({
    queryKey: [...MODEL, "setup"],
    enabled,
    queryFn: ({ signal }) => reply(api.GET("/api/coach/model/settings", { signal })),
  });
}

function useChange<V, R>(mutationFn: (values: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: MODEL });
    },
  });
}

/** Agree that data is sent to an endpoint, with names and notes or without. */
export const useAgree = () =>
  useChange((body: { endpoint: string; names: boolean }) => reply(api.PUT("/api/coach/model/agreement", { body })));

export const useRevoke = () => useChange(() => reply(api.DELETE("/api/coach/model/agreement")));

export const useSetModel = () =>
  useChange((body: NewModelSettings) => reply(api.PUT("/api/coach/model/settings", { body })));

export const useRemoveModel = () => useChange(() => reply(api.DELETE("/api/coach/model/settings")));

/** Test the connection. */
export const useCheckModel = () => useChange(() => reply(api.POST("/api/coach/model/check")));
