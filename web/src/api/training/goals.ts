import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, reply } from "@/api/client";
import type { components } from "@/api/schema.d.ts";

type Schemas = components["schemas"];

export type Goal = Schemas["Goal"];
export type GoalStanding = Schemas["GoalStanding"];
export type Goals = Schemas["Goals"];
export type RemovedGoal = Schemas["RemovedGoal"];
export type NewGoal = Schemas["NewGoal"];

/** Among the numbers of many activities, so that it is fetched again with them. */
const GOALS = ["numbers", "goals"];

/** Every goal with how its current period stands. */
export function useGoals() {
  return useQuery({ queryKey: GOALS, queryFn: ({ signal }) => reply(api.GET("/api/goals", { signal })) });
}

/** An act on goals, after which they are fetched again. */
function useAct<A>(act: (argument: A) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSuccess: () => client.invalidateQueries({ queryKey: GOALS }) });
}

export const useAddGoal = () => useAct((body: NewGoal) => reply(api.POST("/api/goals", { body })));
export const useChangeGoal = () =>
  useAct(({ id, target }: { id: string; target: number }) =>
    reply(api.PATCH("/api/goals/{goal}", { params: { path: { goal: id } }, body: { target } })),
  );
export const useRemoveGoal = () =>
  useAct((id: string) => reply(api.DELETE("/api/goals/{goal}", { params: { path: { goal: id } } })));
export const useRestoreGoal = () =>
  useAct((id: string) => reply(api.POST("/api/goals/{goal}/restore", { params: { path: { goal: id } } })));
