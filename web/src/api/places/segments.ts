import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { api, bytes, reply } from "@/api/client";
import { refreshNumbers } from "@/api/numbers";
import type { components } from "@/api/schema.d.ts";
import { useStillFound } from "./places";

export type NewSegment = components["schemas"]["NewSegment"];

const SEGMENTS = ["segments"];
const STILL_MS = 1500;
const one = (id: string): string[] => [...SEGMENTS, "one", id];

export function useSegments() {
  const refetchInterval = useStillFound(...SEGMENTS);
  return useQuery({
    refetchInterval,
    queryKey: [...SEGMENTS, "list"],
    queryFn: async ({ signal }) => (await reply(api.GET("/api/segments", { signal }))).items,
  });
}

/** A segment with its times; asked again until every activity was looked at. */
export function useSegment(id: string) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: one(id),
    queryFn: ({ signal }) => reply(api.GET("/api/segments/{segment}", { params: { path: { segment: id } }, signal })),
    refetchInterval: ({ state }) => ((state.data?.waiting ?? 0) > 0 ? STILL_MS : false),
  });
  const waiting = (query.data?.waiting ?? 0) > 0;
  useEffect(() => {
    if (!waiting) return;
    return () => {
      refreshNumbers(client);
      void client.invalidateQueries({ queryKey: [...SEGMENTS, "list"] });
    };
  }, [client, waiting]);
  return query;
}

/** An act on segments, after which they and what activities say of them are fetched again. */
function useAct<A, R>(act: (argument: A) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      refreshNumbers(client);
      await client.invalidateQueries({ queryKey: SEGMENTS });
    },
  });
}

export const useDrawSegment = () =>
  useAct((segment: NewSegment) => reply(api.POST("/api/segments", { body: segment })));
export const useImportSegment = () =>
  useAct(({ file, family, name }: { file: File; family: string; name: string }) =>
    reply(api.POST("/api/segments/file", { params: { query: { file: file.name, family, name } }, ...bytes(file) })),
  );
export const useRenameSegment = () =>
  useAct(({ id, name }: { id: string; name: string }) =>
    reply(api.PATCH("/api/segments/{segment}", { params: { path: { segment: id } }, body: { name } })),
  );
export const useRestoreSegment = () =>
  useAct((id: string) => reply(api.POST("/api/segments/{segment}/restore", { params: { path: { segment: id } } })));
export const useDeleteSegment = () =>
  useAct((id: string) => reply(api.DELETE("/api/segments/{segment}", { params: { path: { segment: id } } })));
