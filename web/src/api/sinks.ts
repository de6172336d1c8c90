import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, reply } from "./client";
import type { components } from "./schema.d.ts";

type Schemas = components["schemas"];
export type Sink = Schemas["SinkDocument"];
export type SinkKind = Schemas["SinkKind"];
export type SinkCheck = Schemas["SinkCheck"];
export type NewSink = Schemas["NewSink"];
export type SinkChange = Schemas["SinkChange"];

const SINKS = ["sinks"];
/** So often one looks again while days are on their way, ms. */
const AGAIN_MS = 5000;

/** Where the athlete's days are sent, and how far each sink is. */
export function useSinks() {
  return useQuery({
    queryKey: SINKS,
    queryFn: async ({ signal }) => (await reply(api.GET("/api/sinks", { signal }))).items,
    refetchInterval: ({ state }) => {
      const moving = state.data?.some(({ state: now, pending_days: left }) => now === "ready" && left > 0);
      return moving === true ? AGAIN_MS : false;
    },
  });
}

/** Everything that days can be sent to. */
export function useSinkKinds() {
  return useQuery({
    queryKey: ["sink-kinds"],
    queryFn: async ({ signal }) => (await reply(api.GET("/api/sinks/kinds", { signal }))).items,
    staleTime: Infinity,
  });
}

/** What changes sinks, after which they are fetched again. */
function useAct<V, R>(mutationFn: (values: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => client.invalidateQueries({ queryKey: SINKS }) });
}

export const useAddSink = () => useAct((body: NewSink) => reply(api.POST("/api/sinks", { body })));

export const useChangeSink = () =>
  useAct(({ id, ...body }: SinkChange & { id: string }) =>
    reply(api.PATCH("/api/sinks/{sink}", { params: { path: { sink: id } }, body })),
  );

export const useRemoveSink = () =>
  useAct((id: string) => reply(api.DELETE("/api/sinks/{sink}", { params: { path: { sink: id } } })));

/** Compare everything again and send what is missing. */
export const usePushSink = () =>
  useAct((id: string) => reply(api.POST("/api/sinks/{sink}/push", { params: { path: { sink: id } } })));

/** Compare what is there with what is here. */
export const useCheckSink = () =>
  useAct((id: string) => reply(api.POST("/api/sinks/{sink}/check", { params: { path: { sink: id } } })));
