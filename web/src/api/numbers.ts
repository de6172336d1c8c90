import { keepPreviousData, useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";

import { get, send } from "./client";
import { usePreferences } from "./session";
import type { Analysis, ChartInfo, FrameBody, MetricInfo, Records, ThresholdChange, ThresholdInfo } from "./types";

/** What a chart is asked: days, sport family, activity, kind, and what it is summed by. */
export type ChartQuery = Partial<Record<"from" | "to" | "sport" | "activity" | "kind" | "by" | "other_from" | "other_to", string>>;

const NUMBERS = ["numbers"];
const STILL_MS = 2000;
const FOR_EVER = { staleTime: Infinity };

/** Every number that is told of many activities is asked anew. */
export function refreshNumbers(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: NUMBERS });
}

/** Which charts there are. */
export function useCharts() {
  return useQuery({ queryKey: ["charts"], queryFn: ({ signal }) => get<{ items: ChartInfo[] }>("/charts", {}, signal), ...FOR_EVER });
}

export function useChart(key: string, query: ChartQuery, enabled = true) {
  return useQuery({
    queryKey: [...NUMBERS, "chart", key, query],
    queryFn: ({ signal }) => get<FrameBody>(`/charts/${key}`, query, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useRecords(name: string | null, period: { from?: string; to?: string }) {
  return useQuery({
    queryKey: [...NUMBERS, "records", name, period],
    queryFn: ({ signal }) => get<Records>("/records", { name, ...period }, signal),
    placeholderData: keepPreviousData,
  });
}

/** What every metric is, by key. */
export function useMetrics() {
  return useQuery({
    queryKey: ["metrics"],
    queryFn: async ({ signal }) => new Map((await get<{ items: MetricInfo[] }>("/metrics", {}, signal)).items.map((one) => [one.key, one])),
    ...FOR_EVER,
  });
}

/** What was reckoned of an activity; asked again until all of it is there. */
export function useAnalysis(id: string) {
  const imperial = usePreferences().units === "imperial";
  return useQuery({
    queryKey: [...NUMBERS, "analysis", id, imperial],
    queryFn: ({ signal }) => get<Analysis>(`/activities/${id}/analysis`, { imperial: imperial ? "true" : undefined }, signal),
    refetchInterval: ({ state }) => (state.data?.measuring ? STILL_MS : false),
    placeholderData: keepPreviousData,
  });
}

const THRESHOLDS = ["thresholds"];

export function useThresholds() {
  return useQuery({ queryKey: THRESHOLDS, queryFn: ({ signal }) => get<{ items: ThresholdInfo[] }>("/thresholds", {}, signal) });
}

/** State a threshold from a day on, or take a day's word back; what reads it is reckoned anew in the background. */
export function useStateThreshold() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...change }: ThresholdChange & { key: string }) => send<{ items: ThresholdInfo[] }>("PUT", `/thresholds/${key}`, change),
    onSuccess: (data) => {
      client.setQueryData(THRESHOLDS, data);
      refreshNumbers(client);
      void client.invalidateQueries({ queryKey: ["activity"] });
    },
  });
}
