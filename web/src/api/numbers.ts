import { keepPreviousData, useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";

import { api, asked, reply } from "./client";
import { usePreferences } from "./session";
import type { ChartInfo, FrameBody, ThresholdChange } from "./types";

/** What a chart is asked: days, sport family, activity, kind, and what it is summed by. */
export type ChartQuery = Partial<
  Record<"from" | "to" | "sport" | "activity" | "kind" | "by" | "other_from" | "other_to", string>
>;

const NUMBERS = ["numbers"];
/** The server answers so many charts at once. */
const MOST_TOGETHER = 20;
const STILL_MS = 2000;
const FOR_EVER = { staleTime: Infinity };

/** Every number that is told of many activities is fetched again. */
export function refreshNumbers(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: NUMBERS });
}

/** Today at a glance; it is asked for again whenever the page is opened. */
export function useToday() {
  return useQuery({
    queryKey: [...NUMBERS, "today"],
    queryFn: ({ signal }) => reply(api.GET("/api/today", { signal })),
    staleTime: 0,
  });
}

/** The charts that belong to a page; each names its page. */
export function useChartsOf(page: string): ChartInfo[] {
  const { data } = useQuery({
    queryKey: ["charts"],
    queryFn: ({ signal }) => reply(api.GET("/api/charts", { signal })),
    ...FOR_EVER,
  });
  return data?.items.filter((chart) => chart.page === page) ?? [];
}

interface Wanted {
  ask: string;
  resolve: (frame: FrameBody) => void;
  reject: (error: unknown) => void;
}

let wanted: Wanted[] = [];

/** What a chart shows; all that a page asks for at once goes out as one question. */
function frame(key: string, query: ChartQuery): Promise<FrameBody> {
  const ask = key + asked(query);
  return new Promise((resolve, reject) => {
    if (wanted.push({ ask, resolve, reject }) === 1) setTimeout(askTogether);
  });
}

function askTogether(): void {
  const all = wanted;
  wanted = [];
  for (let at = 0; at < all.length; at += MOST_TOGETHER) void answered(all.slice(at, at + MOST_TOGETHER));
}

async function answered(asked: readonly Wanted[]): Promise<void> {
  try {
    const { items } = await reply(
      api.GET("/api/charts/frames", { params: { query: { ask: asked.map(({ ask }) => ask) } } }),
    );
    items.forEach((item, at) => asked[at]?.resolve(item));
  } catch (error) {
    const [only] = asked;
    if (asked.length === 1 && only) only.reject(error);
    // One that can't be answered spoils nothing for the others.
    else for (const one of asked) void answered([one]);
  }
}

export function useChart(key: string, query: ChartQuery, enabled = true) {
  return useQuery({
    queryKey: [...NUMBERS, "chart", key, query],
    queryFn: () => frame(key, query),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useRecords(name: string | null, period: { from?: string; to?: string }) {
  return useQuery({
    queryKey: [...NUMBERS, "records", name, period],
    queryFn: ({ signal }) => reply(api.GET("/api/records", { params: { query: { name, ...period } }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** What every metric is, by key. */
export function useMetrics() {
  return useQuery({
    queryKey: ["metrics"],
    queryFn: async ({ signal }) =>
      new Map((await reply(api.GET("/api/metrics", { signal }))).items.map((one) => [one.key, one])),
    ...FOR_EVER,
  });
}

/** What was calculated of an activity; asked again until all of it is there. */
export function useAnalysis(id: string) {
  const imperial = usePreferences().units === "imperial";
  return useQuery({
    queryKey: [...NUMBERS, "analysis", id, imperial],
    queryFn: ({ signal }) =>
      reply(
        api.GET("/api/activities/{activity}/analysis", {
          params: { path: { activity: id }, query: { imperial: imperial || undefined } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => (state.data?.measuring ? STILL_MS : false),
    placeholderData: keepPreviousData,
  });
}

export const THRESHOLDS = ["thresholds"];

export function useThresholds() {
  return useQuery({
    queryKey: THRESHOLDS,
    queryFn: ({ signal }) => reply(api.GET("/api/thresholds", { signal })),
  });
}

/** State a threshold from a day on, or take a day's word back; what reads it is calculated again in the background. */
export function useStateThreshold() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...change }: ThresholdChange & { key: string }) =>
      reply(api.PUT("/api/thresholds/{key}", { params: { path: { key } }, body: change })),
    onSuccess: (data) => {
      client.setQueryData(THRESHOLDS, data);
      refreshNumbers(client);
      void client.invalidateQueries({ queryKey: ["activity"] });
    },
  });
}
