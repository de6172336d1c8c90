import { useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";

import { api, reply } from "@/api/client";
import type { MatchQuestion } from "@/api/types";
import { lastSaid } from "@/lib/activity/edits";
import { refreshLists, type Tagged } from "./activities";

/** Below the lists: what refetches these refetches the questions too. */
const QUESTIONS = ["activities", "questions"];
const ORDER = ["source-order"];

const PATIENCE_MS = 3000;

/** Refetch all that depends on which recordings are merged: activities, samples and lists, without the `gone` one. */
export function refreshMerged(client: QueryClient, gone: string | null = null): Promise<void> {
  refreshLists(client);
  void client.invalidateQueries({ queryKey: ["streams"] });
  return client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === "activity" && queryKey[1] !== gone });
}

/** Resolves when the page of an activity that is about to go is left: nothing asks for its samples any more. */
function left(client: QueryClient, id: string): Promise<void> {
  const cache = client.getQueryCache();
  // The activity itself may be asked for by its pieces, which name their whole.
  const asked = (): boolean =>
    cache.findAll({ type: "active", predicate: ({ queryKey }) => queryKey[0] !== "activity" && queryKey.includes(id) })
      .length > 0;
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(late);
      leave();
      resolve(client.cancelQueries({ predicate: ({ queryKey }) => queryKey.includes(id) }));
    };
    const look = (): void => {
      if (!asked()) end();
    };
    const leave = cache.subscribe(look);
    const late = setTimeout(end, PATIENCE_MS);
    look();
  });
}

/** Its parts name an activity that is about to go no longer, so that none asks for it when it is gone. */
async function letGo(client: QueryClient, id: string): Promise<void> {
  await left(client, id);
  await client.cancelQueries({ queryKey: ["activity"] });
  client.setQueriesData<Tagged>({ queryKey: ["activity"] }, (part) =>
    part?.parent === id ? { ...part, parent: null } : part,
  );
}

/** The pairs of recordings that a person is to judge. */
export function useReviews(enabled = true) {
  return useQuery({
    queryKey: QUESTIONS,
    queryFn: ({ signal }) => reply(api.GET("/api/matches", { signal })),
    enabled,
  });
}

function useMergingAct<A, R>(act: (argument: A) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => refreshMerged(client) });
}

/** Answer questions, all alike, and say which edits that were, so that they can be undone. */
export const useSettle = () =>
  useMergingAct(async ({ questions, answer }: { questions: MatchQuestion[]; answer: "one" | "two" }) => {
    const pairs = questions.map(({ a, b }) => ({ a: a.recording, b: b.recording }));
    return (await reply(api.POST("/api/matches", { body: { pairs, answer } }))).edits;
  });

/** Open questions again that were answered by these edits. */
export const useAskAgain = () =>
  useMergingAct((edits: string[]) => reply(api.POST("/api/edits/undo", { body: { edits } })));

/** Make two activities one; answers with the whole and the edit that says so. */
export const useMerge = () =>
  useMergingAct(async ({ activity, other }: { activity: string; other: string }) => {
    const merged = await reply(
      api.POST("/api/activities/{activity}/merge", { params: { path: { activity } }, body: { other } }),
    );
    const whole =
      merged.parent === null
        ? merged
        : await reply(api.GET("/api/activities/{activity}", { params: { path: { activity: merged.parent } } }));
    return { id: whole.id, edit: lastSaid(whole.edits, ["join"])?.id };
  });

/** Take a recording out of an activity; answers with the edit that says so, which is the recording's. */
export const useTakeOut = () =>
  useMergingAct(async ({ activity, recording }: { activity: string; recording: string }) => {
    await reply(
      api.POST("/api/activities/{activity}/unmerge", { params: { path: { activity } }, body: { recording } }),
    );
    return lastSaid(
      (await reply(api.GET("/api/activities/{activity}", { params: { path: { activity: recording } } }))).edits,
      ["part"],
    )?.id;
  });

/** Say which recording (null: whichever is best) gives a field or channel; `*` stands for all. */
export const usePrefer = () =>
  useMergingAct(({ activity, ...choice }: { activity: string; name: string; recording: string | null }) =>
    reply(api.PUT("/api/activities/{activity}/preferred", { params: { path: { activity } }, body: choice })),
  );

/**
 * Undo an edit that changed which recordings are merged; an activity of parts that is `gone` by it is not refetched.
 */
export function useTakeBackEdit() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ edit, gone }: { edit: string; gone?: string | null }) => {
      if (gone) await letGo(client, gone);
      return reply(api.POST("/api/edits/{edit}/undo", { params: { path: { edit: Number(edit) } } }));
    },
    onSettled: (_data, _error, { gone }) => refreshMerged(client, gone ?? null),
  });
}

export function useSourceOrder() {
  return useQuery({
    queryKey: ORDER,
    queryFn: async ({ signal }) => (await reply(api.GET("/api/source-priority", { signal }))).order,
  });
}

export function useOrderSources() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (order: string[]) => reply(api.PUT("/api/source-priority", { body: { order } })),
    onSuccess: ({ order }) => {
      client.setQueryData(ORDER, order);
      return refreshMerged(client);
    },
  });
}

/** What an order would change; nothing is asked without one. */
export function useOrderPreview(order: string[] | null) {
  return useQuery({
    queryKey: [...ORDER, "preview", order],
    queryFn: () => reply(api.POST("/api/source-priority/preview", { body: { order: order ?? [] } })),
    enabled: order !== null,
    staleTime: 0,
  });
}
