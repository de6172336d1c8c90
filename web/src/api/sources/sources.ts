import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
} from "@tanstack/react-query";

import { api, reply } from "@/api/client";
import type { components } from "@/api/schema.d.ts";
import type { Connection, Connections, LogLine } from "@/api/types";
import type { Answers } from "@/lib/sources/answers";

type Schemas = components["schemas"];

export type LogLevel = LogLine["level"];

const SOURCES = ["sources"];
const STILL_MS = 4000;
/** What is asked of one connection alone: its days and its log. */
const DETAIL = "source";
const detail = (id: string): string[] => [DETAIL, id];

export function useSources() {
  return useQuery({ queryKey: SOURCES, queryFn: ({ signal }) => reply(api.GET("/api/sources", { signal })) });
}

/** Show what the server just said of all connections; what hangs on a run is fetched again once it ended. */
export function showSources(client: QueryClient, items: Connection[]): void {
  const shown = client.getQueryData<Connections>(SOURCES);
  if (!shown) return;
  client.setQueryData<Connections>(SOURCES, { ...shown, items });
  for (const item of items) {
    const before = shown.items.find(({ id }) => id === item.id);
    if (before && before.state !== item.state) void client.invalidateQueries({ queryKey: detail(item.id) });
  }
}

/** Put one connection into the list, where it stands or at its end. */
function showConnection(client: QueryClient, connection: Connection): void {
  const items = client.getQueryData<Connections>(SOURCES)?.items;
  if (!items) void client.invalidateQueries({ queryKey: SOURCES });
  else if (items.some(({ id }) => id === connection.id))
    showSources(
      client,
      items.map((item) => (item.id === connection.id ? connection : item)),
    );
  else showSources(client, [...items, connection]);
}

/** An act that answers with the connection it changed. */
function useConnectionAct<A>(act: (argument: A) => Promise<Connection>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (connection) => {
      showConnection(client, connection);
      void client.invalidateQueries({ queryKey: detail(connection.id) });
    },
  });
}

/** Sign in to a source, again (`source`) or to the connection there is (`id`). */
export const useConnect = () =>
  useConnectionAct(
    ({ source, id, method, answers }: { source: string; id: string | null; method: string; answers: Answers }) =>
      id === null
        ? reply(api.POST("/api/sources", { body: { source, method, answers } }))
        : reply(
            api.POST("/api/sources/{connection}/sign-in", {
              params: { path: { connection: id } },
              body: { method, answers },
            }),
          ),
  );
export const useAnswer = () =>
  useConnectionAct(({ id, answers }: { id: string; answers: Answers }) =>
    reply(api.POST("/api/sources/{connection}/answer", { params: { path: { connection: id } }, body: { answers } })),
  );

export type ConnectionChange = Schemas["ConnectionChange"];

export const useChangeConnection = () =>
  useConnectionAct(({ id, ...change }: ConnectionChange & { id: string }) =>
    reply(api.PATCH("/api/sources/{connection}", { params: { path: { connection: id } }, body: change })),
  );
export const useSync = () =>
  useConnectionAct(({ id, ...what }: { id: string; since?: string; until?: string; backfill?: boolean }) =>
    reply(api.POST("/api/sources/{connection}/sync", { params: { path: { connection: id } }, body: what })),
  );
/** Let a provider be asked to tell of what is new there. */
export function useAskForMessages() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      reply(api.POST("/api/sources/{connection}/webhook", { params: { path: { connection: id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["proposals"] }),
  });
}

export const useStop = () =>
  useConnectionAct((id: string) =>
    reply(api.POST("/api/sources/{connection}/stop", { params: { path: { connection: id } } })),
  );

/** What would go with a connection, were all of it deleted. */
export function useLosses(id: string) {
  return useQuery({
    queryKey: [...detail(id), "losses"],
    queryFn: ({ signal }) =>
      reply(api.GET("/api/sources/{connection}/purge-preview", { params: { path: { connection: id } }, signal })),
    staleTime: 0,
  });
}

/** Forget a connection's sign-in; with `purge` everything that came from it as well. */
export function useDisconnect() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, purge }: { id: string; purge: boolean }) =>
      reply(api.DELETE("/api/sources/{connection}", { params: { path: { connection: id }, query: { purge } } })),
    // Not awaited: the caller hears of it before the connection leaves the screen. The connection is not refetched.
    onSuccess: (_nothing, { purge }) => {
      void client.invalidateQueries(
        purge ? { predicate: ({ queryKey }) => queryKey[0] !== DETAIL } : { queryKey: SOURCES },
      );
    },
  });
}

/** What is there of each day; asked again while a run changes it. */
export function useGaps(id: string, from: string, to: string, running: boolean) {
  return useQuery({
    queryKey: [...detail(id), "gaps", from, to],
    queryFn: ({ signal }) =>
      reply(
        api.GET("/api/sources/{connection}/coverage", {
          params: { path: { connection: id }, query: { from, to } },
          signal,
        }),
      ),
    refetchInterval: running ? STILL_MS : false,
    placeholderData: keepPreviousData,
  });
}

/** A spreadsheet as it would be read by some settings (JSON), over those that are set. */
export function useSheet(id: string, settings: string) {
  return useQuery({
    queryKey: [...detail(id), "sheet", settings],
    queryFn: () =>
      reply(
        api.POST("/api/sources/{connection}/preview", {
          params: { path: { connection: id } },
          body: { settings: JSON.parse(settings) as Schemas["SheetPreviewRequest"]["settings"] },
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** Have days fetched again, of one kind or of all. */
export function useAgain(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (what: { since: string; until: string; kind?: string }) =>
      reply(api.POST("/api/sources/{connection}/refetch", { params: { path: { connection: id } }, body: what })),
    onSuccess: () => client.invalidateQueries({ queryKey: detail(id) }),
  });
}

export function useLog(id: string, level: LogLevel, running: boolean) {
  return useInfiniteQuery({
    queryKey: [...detail(id), "log", level],
    queryFn: ({ pageParam, signal }) =>
      reply(
        api.GET("/api/sources/{connection}/log", {
          params: { path: { connection: id }, query: { level, before: Number(pageParam) || null, limit: 50 } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    refetchInterval: running ? STILL_MS : false,
    placeholderData: keepPreviousData,
  });
}

/** The next times of a schedule for a connection; refused with what is wrong where it is none. */
export function useTimes(schedule: string | null, connection: string) {
  return useQuery({
    queryKey: ["schedules", connection, schedule],
    queryFn: async ({ signal }) =>
      (await reply(api.GET("/api/schedules", { params: { query: { text: schedule ?? "", connection } }, signal })))
        .times_ms,
    enabled: schedule !== null,
    placeholderData: keepPreviousData,
  });
}
