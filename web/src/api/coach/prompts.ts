import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, reply } from "@/api/client";
import type { components, operations } from "@/api/schema.d.ts";

type Schemas = components["schemas"];

export type PromptVersion = Schemas["PromptVersion"];
export type PromptText = Schemas["PromptText"];
export type PromptRun = Schemas["PromptRunDocument"];
export type NewPrompt = Schemas["PromptBody"];
/** What a model is asked for. */
export type Action = operations["get_prompt"]["parameters"]["path"]["action"];

/** A version of a prompt, as it is named. */
export type Named = Pick<PromptVersion, "pattern" | "version">;

const PROMPTS = ["coach", "prompts"];

/** Every version of every prompt, each action's built-in one first. */
export function usePrompts() {
  return useQuery({ queryKey: PROMPTS, queryFn: ({ signal }) => reply(api.GET("/api/coach/prompts", { signal })) });
}

/** A version with its text; it never changes, but whether it is tested or in force does. */
export function usePrompt(action: Action, { pattern, version }: Named) {
  return useQuery({
    queryKey: [...PROMPTS, "text", action, pattern, version],
    queryFn: ({ signal }) => {
      const params = { path: { action, number: version }, query: { pattern } };
      return reply(api.GET("/api/coach/prompts/{action}/{number}", { params, signal }));
    },
  });
}

/** What changed from version `from` to another one of the same models. */
export function usePromptDiff(action: Action, { pattern, version }: Named, from: number) {
  return useQuery({
    queryKey: [...PROMPTS, "diff", action, pattern, from, version],
    queryFn: ({ signal }) => {
      const params = { path: { action }, query: { pattern, from, to: version } };
      return reply(api.GET("/api/coach/prompts/{action}/diff", { params, signal }));
    },
  });
}

/** The test runs of a version's text, the newest first; an administrator's. */
export function usePromptRuns(action: Action, { pattern, version }: Named) {
  return useQuery({
    queryKey: [...PROMPTS, "runs", action, pattern, version],
    queryFn: ({ signal }) => {
      const params = { path: { action, number: version }, query: { pattern } };
      return reply(api.GET("/api/coach/prompts/{action}/{number}/runs", { params, signal }));
    },
  });
}

/** An act on the prompts, after which they are read again. */
function usePromptAct<A, R>(act: (argument: A) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSuccess: () => client.invalidateQueries({ queryKey: PROMPTS }) });
}

/** Keep a new version; it is not in force yet. */
export const useAddPrompt = (action: Action) =>
  usePromptAct((body: NewPrompt) =>
    reply(api.POST("/api/coach/prompts/{action}", { params: { path: { action } }, body })),
  );

/** Let a model, by default the first, answer an example by a version's text. */
export const useRunPrompt = (action: Action, { pattern, version }: Named) =>
  usePromptAct((model: string | null) =>
    reply(
      api.POST("/api/coach/prompts/{action}/{number}/runs", {
        params: { path: { action, number: version } },
        body: { pattern, model },
      }),
    ),
  );

/** Put a version in force; with version 0 none of these models' own is any longer. */
export const useActivatePrompt = (action: Action) =>
  usePromptAct(({ pattern, version }: Named) =>
    reply(
      api.POST("/api/coach/prompts/{action}/{number}/activate", {
        params: { path: { action, number: version } },
        body: { pattern, model: null },
      }),
    ),
  );
