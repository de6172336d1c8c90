import { keepPreviousData, useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";

import { headOf } from "@/lib/upload/tables";
import { api, bytes, Problem, reply } from "./client";
import type { components } from "./schema.d.ts";
import type { NightDetail } from "./types";

const HEALTH = ["health"];
type NewEntry = components["schemas"]["NewEntry"];
type EntryChange = components["schemas"]["EntryChange"];
type NewNote = components["schemas"]["NewNote"];
type NoteChange = components["schemas"]["NoteChange"];

/** How the athlete is on a day (`2026-11-20`). */
export function useHealthOverview(day: string) {
  return useQuery({
    queryKey: [...HEALTH, "overview", day],
    queryFn: ({ signal }) => reply(api.GET("/api/health/overview", { params: { query: { day } }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** The measures that the athlete has. */
export function useHealthKinds() {
  return useQuery({
    queryKey: [...HEALTH, "kinds"],
    queryFn: async ({ signal }) => (await reply(api.GET("/api/health/kinds", { signal }))).items,
  });
}

/** The devices that measured days and nights. */
export function useHealthDevices() {
  return useQuery({
    queryKey: [...HEALTH, "devices"],
    queryFn: async ({ signal }) => (await reply(api.GET("/api/health/devices", { signal }))).items,
  });
}

/** What was measured on a day, and by what. */
export function useHealthDay(day: string) {
  return useQuery({
    queryKey: [...HEALTH, "day", day],
    queryFn: ({ signal }) => reply(api.GET("/api/health/days/{day}", { params: { path: { day } }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** What was measured through a day, and its activities. */
export function useDayCourses(day: string) {
  return useQuery({
    queryKey: [...HEALTH, "courses", day],
    queryFn: ({ signal }) => reply(api.GET("/api/health/days/{day}/courses", { params: { path: { day } }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** The night that ended on a day; null where there is none. */
export function useNight(day: string) {
  return useQuery({
    queryKey: [...HEALTH, "night", day],
    queryFn: async ({ signal }): Promise<NightDetail | null> => {
      try {
        return await reply(api.GET("/api/health/nights/{day}", { params: { path: { day } }, signal }));
      } catch (error) {
        if (error instanceof Problem && error.status === 404) return null;
        throw error;
      }
    },
    placeholderData: keepPreviousData,
  });
}

/** A measure over days, with what was usual before each. */
export function useHealthTrend(key: string, from: string, to: string, enabled = true) {
  return useQuery({
    queryKey: [...HEALTH, "trend", key, from, to],
    queryFn: ({ signal }) =>
      reply(api.GET("/api/health/trends/{key}", { params: { path: { key }, query: { from, to } }, signal })),
    placeholderData: keepPreviousData,
    enabled: enabled && key !== "",
  });
}

/** The answers to questions about the athlete's days. */
export function useHealthInsights() {
  return useQuery({
    queryKey: [...HEALTH, "insights"],
    queryFn: ({ signal }) => reply(api.GET("/api/health/insights", { signal })),
  });
}

/** Which sources come first, and for which measures that matters. */
export function useHealthPriorities() {
  return useQuery({
    queryKey: [...HEALTH, "priorities"],
    queryFn: ({ signal }) => reply(api.GET("/api/health/priorities", { signal })),
  });
}

/** Set the order of sources of a kind, or of `all`; none goes back to the usual one. */
export const useSetPriority = () =>
  useChange(({ kind, sources }: { kind: string; sources: string[] }) =>
    reply(api.PUT("/api/health/priorities/{kind}", { params: { path: { kind } }, body: { sources } })),
  );

/** Return a table of measurements as it would be imported, by its first bytes and the line that says its columns. */
export const previewTable = (body: Blob, name: string) =>
  reply(api.POST("/api/health/tables/preview", { params: { query: { name } }, ...bytes(body) }));

/** A table as it would be imported with these columns. */
export function useTablePreview(file: File, line: string) {
  return useQuery({
    queryKey: ["table", file.name, file.size, file.lastModified, line],
    queryFn: () => previewTable(headOf(file, line), file.name),
    placeholderData: keepPreviousData,
  });
}

/** Weighings with their trend. */
export function useWeight(from: string, to: string) {
  return useQuery({
    queryKey: [...HEALTH, "weight", from, to],
    queryFn: ({ signal }) => reply(api.GET("/api/health/weight", { params: { query: { from, to } }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** The notes of days. */
export function useHealthNotes(from: string, to: string) {
  return useQuery({
    queryKey: [...HEALTH, "notes", from, to],
    queryFn: async ({ signal }) =>
      (await reply(api.GET("/api/health/notes", { params: { query: { from, to } }, signal }))).items,
    placeholderData: keepPreviousData,
  });
}

/** Fetch all of health again; what is on its way may have been answered before the change, so it does not count. */
async function refresh(client: QueryClient): Promise<void> {
  await client.cancelQueries({ queryKey: HEALTH });
  await client.invalidateQueries({ queryKey: HEALTH });
}

/** What changes health, after which all of it is fetched again. */
function useChange<V, R>(mutationFn: (values: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => {
      // Not waited for: what was changed may be gone from the page then, and with it what says so.
      void refresh(client);
    },
  });
}

/** Enter a measurement. */
export const useAddEntry = () => useChange((body: NewEntry) => reply(api.POST("/api/health/entries", { body })));

/** Replace an entry; restoring the old one takes that back. */
export const useChangeEntry = () =>
  useChange(({ id, ...body }: EntryChange & { id: string }) =>
    reply(api.PATCH("/api/health/entries/{entry}", { params: { path: { entry: id } }, body })),
  );

export const useRemoveEntry = () =>
  useChange((id: string) => reply(api.DELETE("/api/health/entries/{entry}", { params: { path: { entry: id } } })));

export const useRestoreEntry = () =>
  useChange((id: string) =>
    reply(api.POST("/api/health/entries/{entry}/restore", { params: { path: { entry: id } } })),
  );

/** Note something of a day. */
export const useAddNote = () => useChange((body: NewNote) => reply(api.POST("/api/health/notes", { body })));

/** Replace a note; restoring the old one takes that back. */
export const useChangeNote = () =>
  useChange(({ id, ...body }: NoteChange & { id: string }) =>
    reply(api.PATCH("/api/health/notes/{note}", { params: { path: { note: id } }, body })),
  );

export const useRemoveNote = () =>
  useChange((id: string) => reply(api.DELETE("/api/health/notes/{note}", { params: { path: { note: id } } })));

export const useRestoreNote = () =>
  useChange((id: string) => reply(api.POST("/api/health/notes/{note}/restore", { params: { path: { note: id } } })));
