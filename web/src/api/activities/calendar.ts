import { keepPreviousData, useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";

import { api, reply } from "@/api/client";
import type { components } from "@/api/schema.d.ts";

export type CalendarMonth = components["schemas"]["CalendarMonth"];
export type CalendarYear = components["schemas"]["Calendar"];
export type CalendarColumn = components["schemas"]["CalendarColumn"];
export type MonthOfSource = components["schemas"]["MonthOfSource"];

/** Below the lists: what refetches these refetches the calendar too. */
const CALENDAR = ["activities", "calendar"];
const STILL_MS = 2000;
const keyOf = (month: string): string[] => [...CALENDAR, "month", month];

/** Whether a source has still to do with a month. */
const busy = (states: Record<string, MonthOfSource>): boolean =>
  Object.values(states).some(({ state }) => state === "queued" || state === "running");

/** A month with its activities by day; asked again while a source is at it. */
export function useMonth(month: string, enabled = true) {
  return useQuery({
    queryKey: keyOf(month),
    queryFn: ({ signal }) => reply(api.GET("/api/calendar/{month}", { params: { path: { month } }, signal })),
    refetchInterval: ({ state }) => (state.data && busy(state.data.sources) ? STILL_MS : false),
    enabled,
  });
}

/** Months from one to another; asked again while a source is at one of them. */
export function useMonths(from: string, to: string) {
  return useQuery({
    queryKey: [...CALENDAR, "months", from, to],
    queryFn: ({ signal }) => reply(api.GET("/api/calendar", { params: { query: { from, to } }, signal })),
    refetchInterval: ({ state }) =>
      state.data && Object.values(state.data.months).some(({ sources }) => busy(sources)) ? STILL_MS : false,
    placeholderData: keepPreviousData,
  });
}

/** Fetch again how far the sources are: one of them began or ended something. */
export function refreshCalendar(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: CALENDAR });
}

/** Have a month fetched, what is missing (`sync`) or all of it (`refetch`), from one source or from all. */
export function useFetchMonth(month: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ how, connection }: { how: "sync" | "refetch"; connection: string | null }) =>
      reply(api.POST(`/api/calendar/{month}/${how}`, { params: { path: { month } }, body: { connection } })),
    onSuccess: (answer) => {
      client.setQueryData(keyOf(month), answer);
      void client.invalidateQueries({ queryKey: ["sources"] });
    },
  });
}
