import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { address, api, bytes, reply } from "@/api/client";
import type { components } from "@/api/schema.d.ts";

type Schemas = components["schemas"];
export type WorkoutItem = Schemas["WorkoutItem"];
export type WorkoutWhole = Schemas["WorkoutWhole"];
export type WorkoutBody = Schemas["WorkoutShape"];
export type ProfileBar = Schemas["ProfileBar"];
export type ResolvedTarget = Schemas["ResolvedTarget"];

/** The free number of a template: its repeats, or the minutes of its free step. */
export type Chosen = Partial<Record<"repeats" | "minutes", number>>;
/** The ends of the files that a workout can be written to. */
export const SUFFIXES = ["fit", "zwo", "erg", "mrc", "txt", "json"] as const;

const WORKOUTS = ["coach", "workouts"];

export function useWorkouts(enabled = true) {
  return useQuery({
    queryKey: [...WORKOUTS, "list"],
    queryFn: async ({ signal }) => (await reply(api.GET("/api/coach/workouts", { signal }))).items,
    enabled,
  });
}

export function useWorkout(id: string | null, chosen: Chosen = {}) {
  return useQuery({
    queryKey: [...WORKOUTS, "one", id, chosen],
    queryFn: ({ signal }) =>
      reply(
        api.GET("/api/coach/workouts/{workout}", { params: { path: { workout: id ?? "" }, query: chosen }, signal }),
      ),
    placeholderData: keepPreviousData,
    enabled: id !== null,
  });
}

/** What a workout that is being built comes to; the last answer stays until the next is there. */
export function useWorkoutPreview(body: WorkoutBody | null) {
  return useQuery({
    queryKey: [...WORKOUTS, "preview", body],
    queryFn: ({ signal }) => reply(api.POST("/api/coach/workouts/preview", { body: body as WorkoutBody, signal })),
    placeholderData: keepPreviousData,
    enabled: body !== null,
    retry: false,
  });
}

/** Where a workout lies as a file. */
export function workoutFile(id: string, suffix: (typeof SUFFIXES)[number], chosen: Chosen = {}): string {
  return address("/api/coach/workouts/{workout}/file.{suffix}", { path: { workout: id, suffix }, query: chosen });
}

/** An act on the library, after which it is read again. */
function useWorkoutAct<A, T>(act: (argument: A) => Promise<T>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSuccess: () => client.invalidateQueries({ queryKey: WORKOUTS }) });
}

export const useSaveWorkout = () =>
  useWorkoutAct(({ id, body }: { id: string | null; body: WorkoutBody }) =>
    id === null
      ? reply(api.POST("/api/coach/workouts", { body }))
      : reply(api.PUT("/api/coach/workouts/{workout}", { params: { path: { workout: id } }, body })),
  );
export const useRemoveWorkout = () =>
  useWorkoutAct((id: string) =>
    reply(api.DELETE("/api/coach/workouts/{workout}", { params: { path: { workout: id } } })),
  );
export const useRestoreWorkout = () =>
  useWorkoutAct((id: string) =>
    reply(api.POST("/api/coach/workouts/{workout}/restore", { params: { path: { workout: id } } })),
  );
export const useImportWorkout = () =>
  useWorkoutAct(
    async (file: File) =>
      (await reply(api.POST("/api/coach/workouts/file", { params: { query: { file: file.name } }, ...bytes(file) })))
        .items,
  );
