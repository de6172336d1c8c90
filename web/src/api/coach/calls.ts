import { useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { api, reply } from "@/api/client";
import type { components } from "@/api/schema.d.ts";

type Schemas = components["schemas"];

export type ModelCallRow = Schemas["ModelCallRow"];
export type ModelCall = Schemas["ModelCall"];

const CALLS = ["coach", "calls"];
const PAGE = 50;

/** The calls of the language model for the athlete, the newest first; their owner's. */
export function useModelCalls(enabled: boolean) {
  return useInfiniteQuery({
    queryKey: [...CALLS, "list"],
    enabled,
    queryFn: ({ pageParam, signal }) =>
      reply(api.GET("/api/coach/calls", { params: { query: { limit: PAGE, cursor: pageParam } }, signal })),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

/** A call with what was sent and answered, as long as that is kept. */
export function useModelCall(id: string | null) {
  return useQuery({
    queryKey: [...CALLS, "one", id],
    enabled: id !== null,
    queryFn: ({ signal }) =>
      reply(api.GET("/api/coach/calls/{call}", { params: { path: { call: Number(id) } }, signal })),
  });
}
