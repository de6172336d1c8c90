import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
  type QueryClient,
} from "@tanstack/react-query";
import { useMemo } from "react";

import { api, reply, tagged } from "@/api/client";
import { all, type Several } from "@/api/activities/several";
import { refreshNumbers, THRESHOLDS } from "@/api/numbers";
import type { Activity, ActivityChange, ActivityItem, NewActivity, Page, RecordChange, Streams } from "@/api/types";
import { REFUSED } from "@/lib/activity/edits";

/** What the list of activities is narrowed to; the page's address holds exactly this. */
export type Filters = Partial<Record<FilterKey, string>>;

/** The parameters of the page's address; distances in m, times in s, several tags between commas. */
export const FILTER_KEYS = [
  "sport",
  "gear",
  "from",
  "to",
  "text",
  "hidden",
  "deleted",
  "tag",
  "workout_type",
  "source",
  "has",
  "distance_from",
  "distance_to",
  "time_from",
  "time_to",
  "near",
  "within",
  "route",
  "sort",
] as const;

export type FilterKey = (typeof FILTER_KEYS)[number];

/** An activity and the tag by which the server knows whether it has changed since. */
export type Tagged = Activity & { etag: string | null };

type Hidden = "true" | "false" | "all";
type Has = "heart_rate" | "power" | "track";

const LISTS = ["activities"];
const PAGE = 500;
const COARSE = 1500;
const one = (id: string): string[] => ["activity", id];

/** Every list, sum and number of activities is fetched again: something came, went or changed. */
export function refreshLists(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: LISTS });
  void client.invalidateQueries({ queryKey: THRESHOLDS }); // estimates follow from the best efforts
  refreshNumbers(client);
}

/** The filters as the server takes them. */
export function queryOf({ hidden, deleted, tag, has, ...rest }: Filters) {
  const number = (value: string | undefined) => (value === undefined ? undefined : Number(value));
  return {
    ...rest,
    distance_from: number(rest.distance_from),
    distance_to: number(rest.distance_to),
    time_from: number(rest.time_from),
    time_to: number(rest.time_to),
    within: number(rest.within),
    hidden: hidden as Hidden | undefined,
    deleted: deleted === "true" || undefined,
    tag: tag?.split(","),
    has: has?.split(",") as Has[] | undefined,
  };
}

export function useActivities(filters: Filters) {
  return useInfiniteQuery({
    queryKey: [...LISTS, "list", filters],
    queryFn: ({ pageParam, signal }) =>
      reply(
        api.GET("/api/activities", {
          params: { query: { ...queryOf(filters), limit: PAGE, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

export function useSummary(filters: Filters) {
  return useQuery({
    queryKey: [...LISTS, "summary", filters],
    queryFn: ({ signal }) => reply(api.GET("/api/activities/summary", { params: { query: queryOf(filters) }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** The activities before and after one, by start, among those of a list (its filter as a query). */
export function useNeighbours(id: string, list: string) {
  const parameters = new URLSearchParams(list);
  const filters: Filters = Object.fromEntries(
    FILTER_KEYS.flatMap((key) => {
      const value = key === "sort" ? null : parameters.get(key);
      return value ? [[key, value]] : [];
    }),
  );
  return useQuery({
    queryKey: [...LISTS, "neighbours", id, list],
    queryFn: ({ signal }) =>
      reply(
        api.GET("/api/activities/{activity}/neighbours", {
          params: { path: { activity: id }, query: queryOf(filters) },
          signal,
        }),
      ),
  });
}

export function useActivity(id: string | null) {
  const client = useQueryClient();
  return useQuery<Tagged>({
    ...activityQuery(id ?? ""),
    enabled: id !== null,
    // A list has drawn its row already: the header stands at once, the rest follows.
    placeholderData: () => seenInList(client, id),
  });
}

/** Several activities, each when it has come. */
export function useActivitiesOf(ids: readonly string[]) {
  return useQueries({ queries: ids.map(activityQuery), combine: all<Tagged> });
}

const activityQuery = (id: string) => ({
  queryKey: one(id),
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    tagged(api.GET("/api/activities/{activity}", { params: { path: { activity: id } }, signal })),
});

function seenInList(client: QueryClient, id: string | null): Tagged | undefined {
  for (const [, data] of client.getQueriesData<{ pages?: Page<ActivityItem>[] }>({ queryKey: [...LISTS, "list"] })) {
    const item = data?.pages?.flatMap((page) => page.items).find((candidate) => candidate.id === id);
    if (item) return { ...EMPTY, ...item };
  }
  return undefined;
}

const EMPTY: Omit<Tagged, keyof ActivityItem> = {
  description: null,
  track: null,
  bbox: null,
  device: { name: null },
  laps: [],
  lengths: [],
  sets: [],
  pauses: [],
  devices: [],
  events: [],
  pool_length_m: null,
  samples: 0,
  recordings: [],
  sources: {},
  reasons: {},
  parent: null,
  edits: [],
  deleted: false,
  channels: [],
  feel: null,
  split_from: null,
  parts: [],
  etag: null,
};

/** The recorded columns: a coarse copy at once, then every point unless the `whole` is not wanted. */
export function useStreams(id: string, enabled: boolean, whole = true) {
  const coarse = useQuery({ ...streamsQuery(id, COARSE), enabled });
  const full = useQuery({ ...streamsQuery(id, null), enabled: enabled && whole && coarse.data?.complete === false });
  return {
    data: full.data ?? coarse.data,
    error: coarse.error ?? full.error,
    isPending: coarse.isPending,
    refining: full.isFetching,
  };
}

/** The streams of several activities, each the finest that has come. */
export function useStreamsOf(ids: readonly string[]): Several<Streams> {
  const coarse = useQueries({ queries: ids.map((id) => streamsQuery(id, COARSE)), combine: all<Streams> });
  const full = useQueries({
    queries: ids.map((id, i) => ({ ...streamsQuery(id, null), enabled: coarse.data[i]?.complete === false })),
    combine: all<Streams>,
  });
  return useMemo(
    () => ({ ...coarse, data: coarse.data.map((some, i) => some && (full.data[i] ?? some)) }),
    [coarse, full],
  );
}

const streamsQuery = (id: string, points: number | null) => ({
  queryKey: ["streams", id, points ?? "all"],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    reply(
      api.GET("/api/activities/{activity}/streams", {
        params: { path: { activity: id }, query: { points } },
        signal,
      }),
    ),
  staleTime: 300_000,
});

export function useChangeActivity(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (change: ActivityChange): Promise<Tagged> => {
      const etag = client.getQueryData<Tagged>(one(id))?.etag;
      const header = etag ? { "if-match": etag } : {};
      const params = { path: { activity: id }, header };
      return tagged(api.PATCH("/api/activities/{activity}", { params, body: change }));
    },
    onSuccess: (activity) => {
      client.setQueryData(one(id), activity);
      refreshLists(client);
    },
    onError: () => void client.invalidateQueries({ queryKey: one(id) }),
  });
}

/** An act on one activity that changes what its page and the lists show. */
function useAct<A>(act: (argument: A) => Promise<unknown>, id: (argument: A) => string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: async (_data, _error, argument) => {
      refreshLists(client);
      void client.invalidateQueries({ queryKey: ["streams", id(argument)] });
      await client.invalidateQueries({ queryKey: one(id(argument)) });
    },
  });
}

export const useDeleteActivity = () =>
  useAct(
    (id: string) => reply(api.DELETE("/api/activities/{activity}", { params: { path: { activity: id } } })),
    (id) => id,
  );
export const useRestoreActivity = () =>
  useAct(
    (id: string) => reply(api.POST("/api/activities/{activity}/restore", { params: { path: { activity: id } } })),
    (id) => id,
  );

export function useDeleteForGood() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      reply(
        api.DELETE("/api/activities/{activity}", { params: { path: { activity: id }, query: { for_good: true } } }),
      ),
    onSuccess: (_data, id) => {
      client.removeQueries({ queryKey: one(id) });
      refreshLists(client);
    },
  });
}

export const useTurnEdit = () =>
  useAct(
    ({ edit, turn }: { activity: string; edit: string; turn: "undo" | "redo" }) =>
      reply(api.POST(`/api/edits/{edit}/${turn}`, { params: { path: { edit: Number(edit) } } })),
    ({ activity }) => activity,
  );

/** Refuse a quantity of an activity as a record, or let it count again; answers with the edit that says so. */
export function useRefuseRecord() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ activity, ...change }: { activity: string } & RecordChange) => {
      const { edits } = await reply(
        api.PUT("/api/activities/{activity}/refused", { params: { path: { activity } }, body: change }),
      );
      return edits.findLast(({ field }) => field === REFUSED + change.quantity)?.id;
    },
    onSettled: async (_data, _error, { activity }) => {
      refreshLists(client);
      await client.invalidateQueries({ queryKey: one(activity) });
    },
  });
}

export function useAddActivity() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (activity: NewActivity) => reply(api.POST("/api/activities", { body: activity })),
    onSuccess: () => {
      refreshLists(client);
    },
  });
}
