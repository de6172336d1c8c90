import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, reply } from "@/api/client";
import type { components } from "@/api/schema.d.ts";

type Schemas = components["schemas"];

export type ChartDefinition = Schemas["ChartDefinition"];
export type SavedChart = Schemas["SavedChart"];
export type ChartValue = Schemas["ChartValue"];

const SAVED = ["saved-charts"];

/** The charts that were saved, and those that were removed. */
export function useSavedCharts() {
  return useQuery({ queryKey: SAVED, queryFn: ({ signal }) => reply(api.GET("/api/saved-charts", { signal })) });
}

/** Everything that a chart may show. */
export function useChartValues() {
  return useQuery({
    queryKey: ["chart-values"],
    queryFn: async ({ signal }) => (await reply(api.GET("/api/saved-charts/values", { signal }))).items,
    staleTime: Infinity,
  });
}

/** What a chart shows, saved or not. */
export function useCustomChart(definition: ChartDefinition) {
  return useQuery({
    queryKey: ["numbers", "custom", definition],
    queryFn: ({ signal }) => reply(api.GET("/api/saved-charts/frame", { params: { query: definition }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** An act on saved charts, after which they are fetched again. */
function useAct<A>(act: (argument: A) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSuccess: () => client.invalidateQueries({ queryKey: SAVED }) });
}

export const useSaveChart = () =>
  useAct((body: { name: string; definition: ChartDefinition }) => reply(api.POST("/api/saved-charts", { body })));
export const useChangeChart = () =>
  useAct(({ id, ...body }: { id: string; name?: string; definition?: ChartDefinition }) =>
    reply(api.PATCH("/api/saved-charts/{chart}", { params: { path: { chart: id } }, body })),
  );
export const useRemoveChart = () =>
  useAct((id: string) => reply(api.DELETE("/api/saved-charts/{chart}", { params: { path: { chart: id } } })));
export const useRestoreChart = () =>
  useAct((id: string) => reply(api.POST("/api/saved-charts/{chart}/restore", { params: { path: { chart: id } } })));
