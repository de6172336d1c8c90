import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, reply } from "@/api/client";
import type { components } from "@/api/schema.d.ts";

type Schemas = components["schemas"];

export type Rules = Schemas["Rules"];
export type RuleRow = Schemas["RuleRow"];
export type RuleBody = Schemas["RuleBody"];
export type RuleKind = Schemas["RuleKindDocument"];
export type RuleKinds = Schemas["RuleKinds"];
export type RuleField = Schemas["RuleField"];
export type RulePart = Schemas["RulePart"];
export type RuleConflict = Schemas["RuleConflict"];
export type RuleWayOut = Schemas["RuleWayOut"];
export type RulesVersion = Schemas["RulesVersion"];
export type RuleChange = Schemas["RuleChange"];
export type Violation = Schemas["ViolationDocument"];
export type Param = Schemas["Param-Input"] | null;
export type Params = Record<string, Param>;

const RULES = ["coach", "rules"];

export function useRules() {
  return useQuery({ queryKey: RULES, queryFn: ({ signal }) => reply(api.GET("/api/coach/rules", { signal })) });
}

/** Every kind of rule with its parameters; they only change with the server. */
export function useRuleKinds() {
  return useQuery({
    queryKey: [...RULES, "kinds"],
    staleTime: Infinity,
    queryFn: ({ signal }) => reply(api.GET("/api/coach/rules/kinds", { signal })),
  });
}

/** What rules would mean; nothing is saved. */
export function useRulePreview(rules: RuleBody[]) {
  return useQuery({
    queryKey: [...RULES, "preview", rules],
    enabled: rules.length > 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => reply(api.POST("/api/coach/rules/preview", { body: { rules }, signal })),
  });
}

/** How words are understood. */
export function useReadWords() {
  return useMutation({ mutationFn: (text: string) => reply(api.POST("/api/coach/rules/preview", { body: { text } })) });
}

/** What breaks the rules in the newest plan, as of today; null without a plan. */
export function useRuleViolations() {
  return useQuery({
    queryKey: [...RULES, "violations"],
    queryFn: async ({ signal }) => {
      const newest = (await reply(api.GET("/api/coach/plans", { signal }))).items[0];
      if (newest === undefined) return null;
      const path = { plan: newest.plan };
      return (await reply(api.GET("/api/coach/plans/{plan}/check", { params: { path }, signal }))).violations;
    },
  });
}

export function useRuleVersions() {
  return useQuery({
    queryKey: [...RULES, "versions"],
    queryFn: ({ signal }) => reply(api.GET("/api/coach/rules/versions", { signal })),
  });
}

export function useRuleDiff(from: number, to: number, enabled: boolean) {
  return useQuery({
    queryKey: [...RULES, "diff", from, to],
    enabled,
    queryFn: ({ signal }) => reply(api.GET("/api/coach/rules/diff", { params: { query: { from, to } }, signal })),
  });
}

/** An act on the rules, after which everything of the coach is fetched again. */
function useAct<A>(act: (argument: A) => Promise<Schemas["RulesSaved"]>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSuccess: () => client.invalidateQueries({ queryKey: ["coach"] }) });
}

/** Save these as all the rules there are, made from version `parent`. */
export const useSaveRules = () =>
  useAct((body: { rules: RuleBody[]; parent: number; why?: string }) => reply(api.PUT("/api/coach/rules", { body })));
export const useRestoreRules = () =>
  useAct((version: number) =>
    reply(api.POST("/api/coach/rules/versions/{version}/restore", { params: { path: { version } } })),
  );
