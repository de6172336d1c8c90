import { useInfiniteQuery, useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";

import { refreshLists } from "@/api/activities/activities";
import { api, chooseAthlete, chosenAthlete, reply } from "@/api/client";
import { lookAt } from "@/api/session";
import type { Batch, ItemStatus, Page } from "@/api/types";

export const BATCHES = ["batches"];
type Pages = { pages: Page<Batch>[]; pageParams: unknown[] };

export function useBatches(enabled = true) {
  return useInfiniteQuery({
    queryKey: BATCHES,
    queryFn: ({ pageParam, signal }) =>
      reply(api.GET("/api/imports", { params: { query: { limit: 20, cursor: pageParam } }, signal })),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    enabled,
  });
}

export function useBatchItems(batch: string, status: ItemStatus | "", open: boolean, mark: string) {
  return useInfiniteQuery({
    queryKey: ["items", batch, status, mark],
    queryFn: ({ pageParam, signal }) =>
      reply(
        api.GET("/api/imports/{batch}/items", {
          params: { path: { batch: Number(batch) }, query: { status: status || null, limit: 100, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    enabled: open,
  });
}

/** Put what the server just said of a batch into the list that is on the screen. */
export function showBatch(client: QueryClient, batch: Batch): void {
  const shown = client.getQueryData<Pages>(BATCHES);
  const present = shown?.pages.some((page) => page.items.some((item) => item.id === batch.id));
  if (!shown || !present) {
    void client.invalidateQueries({ queryKey: BATCHES });
    return;
  }
  const swap = (item: Batch): Batch => (item.id === batch.id ? batch : item);
  client.setQueryData<Pages>(BATCHES, {
    ...shown,
    pages: shown.pages.map((page) => ({ ...page, items: page.items.map(swap) })),
  });
}

/** An act that answers with the batch it changed. */
function useBatchAct<A>(act: (argument: A) => Promise<Batch>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (batch) => {
      showBatch(client, batch);
      refreshLists(client);
    },
  });
}

export const useTurnBatch = () =>
  useBatchAct(({ id, turn }: { id: string; turn: "undo" | "redo" | "close" }) =>
    reply(api.POST(`/api/imports/{batch}/${turn}`, { params: { path: { batch: Number(id) } } })),
  );

/** Make a demo athlete, or go on with the one there is, and look at it. */
export const useDemo = () =>
  useMutation({
    mutationFn: () => reply(api.POST("/api/demo")),
    onSuccess: ({ athlete }) => {
      lookAt(athlete.id);
    },
  });

/** Remove the demo athlete and show one's own data again; until then nothing asks for the demo's data. */
export const useRemoveDemo = () =>
  useMutation({
    mutationFn: () => {
      const demo = chosenAthlete();
      const removed = reply(api.DELETE("/api/demo"));
      chooseAthlete("");
      return removed.catch((error: unknown) => {
        chooseAthlete(demo);
        throw error;
      });
    },
    onSuccess: () => {
      lookAt("");
    },
  });
