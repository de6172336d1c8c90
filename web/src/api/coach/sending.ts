import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, reply } from "@/api/client";
import type { components } from "@/api/schema.d.ts";

type Schemas = components["schemas"];
export type Sending = Schemas["Sending"];
export type SessionToSend = Schemas["SessionToSend"];
export type SendTarget = Schemas["SendTarget"];
export type CalendarFeed = Schemas["CalendarFeed"];

/** Below the plans: what changes a plan refetches this too. */
const SENDING = ["coach", "plans", "sending"];
const CALENDAR = ["coach", "calendar"];
/** So often one looks again while something is on its way, ms. */
const ON_ITS_WAY_MS = 1500;

/** The sessions of the next days (null: of all) in the plan in force, beside what is at providers. */
export function useSending(days: number | null, enabled = true) {
  return useQuery({
    queryKey: [...SENDING, days],
    enabled,
    queryFn: ({ signal }) => reply(api.GET("/api/coach/sending", { params: { query: { days } }, signal })),
    refetchInterval: ({ state }) =>
      state.data?.items.some((one) => one.proposal_state === "approved") ? ON_ITS_WAY_MS : false,
  });
}

/** What of the plan to send, as it was shown, and who approves it. */
export interface Send {
  days: number | null;
  session: string | null;
  to: string | null;
  approve: boolean;
}

/** Propose what was shown, and with `approve` let it be sent; nobody else approves it then. */
export function useSend() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ approve, ...body }: Send) => {
      const made = await reply(api.POST("/api/coach/sending", { body }));
      const ids = made.items.flatMap(({ proposal, proposal_state: state }) =>
        proposal !== null && (state === "open" || state === "failed") ? [proposal] : [],
      );
      if (approve && ids.length > 0) await reply(api.POST("/api/proposals/approve", { body: { ids } }));
      return ids.length;
    },
    onSettled: async () => {
      void client.invalidateQueries({ queryKey: ["proposals"] });
      await client.invalidateQueries({ queryKey: SENDING });
    },
  });
}

/** Whether the calendar has an address, and since when. */
export function useCalendarFeed() {
  return useQuery({
    queryKey: CALENDAR,
    queryFn: ({ signal }) => reply(api.GET("/api/coach/calendar", { signal })),
  });
}

/** Make a new address: only the answer has it. */
export function useMakeCalendar() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (notes: boolean) => reply(api.POST("/api/coach/calendar", { body: { notes } })),
    onSettled: () => client.invalidateQueries({ queryKey: CALENDAR }),
  });
}

export function useRemoveCalendar() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => reply(api.DELETE("/api/coach/calendar")),
    onSettled: () => client.invalidateQueries({ queryKey: CALENDAR }),
  });
}
