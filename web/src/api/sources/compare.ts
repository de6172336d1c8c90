import { keepPreviousData, useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";

import { api, reply } from "@/api/client";
import type { components } from "@/api/schema.d.ts";
import type { Page, Proposal } from "@/api/types";

/** Below the lists: what refetches these refetches the comparison too. */
const COMPARE = ["activities", "compare"];
const PROPOSALS = ["proposals"];
const GOING_OUT_MS = 1500;

/** What each source says of the activities of a month. */
export function useCompared(month: string, enabled = true) {
  return useQuery({
    queryKey: [...COMPARE, month],
    queryFn: ({ signal }) => reply(api.GET("/api/compare/{month}", { params: { path: { month } }, signal })),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** Every proposed change and what became of it; asked again while one is going out. */
export function useProposals(enabled = true) {
  return useQuery({
    queryKey: PROPOSALS,
    queryFn: async ({ signal }) =>
      (await reply(api.GET("/api/proposals", { params: { query: { limit: 500 } }, signal }))).items,
    refetchInterval: ({ state }) => (state.data?.some((one) => one.state === "approved") ? GOING_OUT_MS : false),
    enabled,
  });
}

async function refresh(client: QueryClient): Promise<void> {
  void client.invalidateQueries({ queryKey: COMPARE });
  await client.invalidateQueries({ queryKey: PROPOSALS });
}

/** Fetch again for what is compared: something went out. */
export function useCompareAgain(): () => void {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: COMPARE });
  };
}

function useProposalAct<A>(act: (argument: A) => Promise<Page<Proposal>>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => refresh(client) });
}

export type Wanted = components["schemas"]["NewProposals"];

/** Propose what makes sources say what is said here. */
export const usePropose = () => useProposalAct((wanted: Wanted) => reply(api.POST("/api/proposals", { body: wanted })));
export const useDecide = () =>
  useProposalAct(({ ids, verdict }: { ids: string[]; verdict: "approve" | "reject" }) =>
    reply(api.POST(`/api/proposals/${verdict}`, { body: { ids } })),
  );
/** Put there again what a change replaced. */
export const useTakeBackChange = () =>
  useProposalAct((id: string) =>
    reply(api.POST("/api/proposals/{proposal}/undo", { params: { path: { proposal: Number(id) } } })),
  );
