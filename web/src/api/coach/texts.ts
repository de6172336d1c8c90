import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, reply } from "@/api/client";
import type { components } from "@/api/schema.d.ts";

type Schemas = components["schemas"];

export type CoachText = Schemas["CoachText"];
export type NewText = Schemas["NewText"];
export type TextKind = CoachText["kind"];

const TEXTS = ["coach", "texts"];
const STILL_MS = 1500;

/** What a text is about, as it is asked for. */
export type AskedText = Pick<NewText, "kind"> & Partial<NewText>;

/** The newest text of a kind about an activity, a week (by its Monday) or a plan; null without one. */
export function useNewestText(kind: TextKind, subject: string, enabled: boolean) {
  return useQuery({
    queryKey: [...TEXTS, "newest", kind, subject],
    enabled,
    queryFn: async ({ signal }) => {
      const query = { kind, activity: kind === "workout" ? subject : null };
      const { items } = await reply(api.GET("/api/coach/texts", { params: { query }, signal }));
      return (
        items.find((one) => (kind === "explanation" || kind === "change" ? one.plan : one.subject) === subject)?.id ??
        null
      );
    },
  });
}

/** A text; asked again while it waits to be written. */
export function useText(id: string | null) {
  return useQuery({
    queryKey: [...TEXTS, "one", id],
    enabled: id !== null,
    queryFn: ({ signal }) =>
      reply(api.GET("/api/coach/texts/{text}", { params: { path: { text: id ?? "" } }, signal })),
    refetchInterval: ({ state }) => (state.data?.state === "waiting" ? STILL_MS : false),
  });
}

/** Ask for a text; a job writes it. */
export function useMakeText() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AskedText) =>
      reply(
        api.POST("/api/coach/texts", {
          body: { activity: null, day: null, plan: null, version: null, words: "", ...body },
        }),
      ),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: TEXTS });
    },
  });
}

/** Approve what a text suggests, which makes the next version of the plan, or reject it. */
export function useDecideText() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ text, decision }: { text: string; decision: "approve" | "reject" }) =>
      reply(
        api.POST("/api/coach/texts/{text}/decision", {
          params: { path: { text } },
          body: { decision, changes: null, why: "" },
        }),
      ),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["coach"] });
    },
  });
}
