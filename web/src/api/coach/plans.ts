import { keepPreviousData, useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";

import { api, reply } from "@/api/client";
import { refreshNumbers } from "@/api/numbers";
import type { components } from "@/api/schema.d.ts";

type Schemas = components["schemas"];

export type Plan = Schemas["PlanDocument"];
export type PlanWeek = Schemas["WeekDocument"];
export type PlanDay = Schemas["DayDocument"];
export type PlanSession = Schemas["SessionDocument"];
export type PlannedSession = Schemas["PlannedSession"];
export type PlanItem = Schemas["PlanItem"];
export type PlanVersion = Schemas["PlanVersionItem"];
export type PlanToday = Schemas["PlanToday"];
export type PlanDays = Schemas["PlanDays"];
export type PlanAdvice = Schemas["PlanAdvice"];
export type PlanDiff = Schemas["PlanDiff"];
export type Violation = Schemas["ViolationDocument"];
export type NewPlan = Schemas["NewPlan"];
export type PlanOperation = Schemas["PlanOperation"];

const PLANS = ["coach", "plans"];

/** Plans were changed, here or elsewhere: those that are shown are fetched again, and the numbers that look ahead. */
export function refreshPlans(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: PLANS });
  refreshNumbers(client);
}

/** The plans, the newest first. */
export function usePlans() {
  return useQuery({
    queryKey: [...PLANS, "all"],
    queryFn: async ({ signal }) => (await reply(api.GET("/api/coach/plans", { signal }))).items,
  });
}

/** What the plan in force has for this week, and what became of the days before. */
export function usePlanToday() {
  return useQuery({
    queryKey: [...PLANS, "today"],
    queryFn: ({ signal }) => reply(api.GET("/api/coach/plans/today", { signal })),
  });
}

/** What the plan in force has for days, with what became of it. */
export function usePlanDays(from: string, to: string, enabled: boolean) {
  return useQuery({
    queryKey: [...PLANS, "days", from, to],
    enabled,
    queryFn: ({ signal }) => reply(api.GET("/api/coach/plans/days", { params: { query: { from, to } }, signal })),
  });
}

/** A version of a plan, by default the newest. */
export function usePlan(plan: string, version?: number) {
  return useQuery({
    queryKey: [...PLANS, plan, version ?? null],
    queryFn: ({ signal }) =>
      reply(
        api.GET("/api/coach/plans/{plan}", { params: { path: { plan }, query: { version: version ?? null } }, signal }),
      ),
    placeholderData: keepPreviousData,
  });
}

export function usePlanVersions(plan: string) {
  return useQuery({
    queryKey: [...PLANS, plan, "versions"],
    queryFn: async ({ signal }) =>
      (await reply(api.GET("/api/coach/plans/{plan}/versions", { params: { path: { plan } }, signal }))).items,
  });
}

/** What breaks today's rules in a version. */
export function usePlanCheck(plan: string, version: number) {
  return useQuery({
    queryKey: [...PLANS, plan, "check", version],
    queryFn: async ({ signal }) =>
      (
        await reply(
          api.GET("/api/coach/plans/{plan}/check", { params: { path: { plan }, query: { version } }, signal }),
        )
      ).violations,
    placeholderData: keepPreviousData,
  });
}

export function usePlanDiff(plan: string, before: number, after: number, enabled: boolean) {
  return useQuery({
    queryKey: [...PLANS, plan, "diff", before, after],
    enabled,
    queryFn: ({ signal }) =>
      reply(api.GET("/api/coach/plans/{plan}/diff", { params: { path: { plan }, query: { before, after } }, signal })),
  });
}

/** What changes would do to a version; nothing is kept. */
export function useTriedChanges(plan: string, version: number, operations: PlanOperation[]) {
  return useQuery({
    queryKey: [...PLANS, plan, "try", version, operations],
    enabled: operations.length > 0,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      reply(
        api.POST("/api/coach/plans/{plan}/versions/{version}/try", {
          params: { path: { plan, version } },
          body: { operations, why: "" },
          signal,
        }),
      ),
  });
}

function useChange<V, R>(mutationFn: (values: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: PLANS });
    },
  });
}

export const useMakePlan = () => useChange((body: NewPlan) => reply(api.POST("/api/coach/plans", { body })));

/** Make the next version by changes of one. */
export const useChangePlan = () =>
  useChange(({ plan, version, operations }: { plan: string; version: number; operations: PlanOperation[] }) =>
    reply(
      api.POST("/api/coach/plans/{plan}/versions/{version}/changes", {
        params: { path: { plan, version } },
        body: { operations, why: "" },
      }),
    ),
  );

export const useReplan = () =>
  useChange((plan: string) => reply(api.POST("/api/coach/plans/{plan}/replan", { params: { path: { plan } } })));

export const useDecide = () =>
  useChange(
    ({ plan, version, ...body }: { plan: string; version: number; decision: "approve" | "reject"; why: string }) =>
      reply(
        api.POST("/api/coach/plans/{plan}/versions/{version}/decision", { params: { path: { plan, version } }, body }),
      ),
  );

/** Say which activity did a session, or why it was skipped; neither takes it back. */
export const useLinkSession = () =>
  useChange(({ session, ...body }: { session: string; activity: string | null; skipped: string | null }) =>
    reply(api.PUT("/api/coach/plans/sessions/{session}/link", { params: { path: { session } }, body })),
  );

export const useRemovePlan = () =>
  useChange((plan: string) => reply(api.DELETE("/api/coach/plans/{plan}", { params: { path: { plan } } })));

export const useRestorePlan = () =>
  useChange((plan: string) => reply(api.POST("/api/coach/plans/{plan}/restore", { params: { path: { plan } } })));

/** Make the version that the last days advise of the plan in force. */
export const useAdapt = () => useChange(() => reply(api.POST("/api/coach/plans/today/adapt")));
