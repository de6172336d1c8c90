import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { api, reply } from "@/api/client";
import type { components } from "@/api/schema.d.ts";

type Schemas = components["schemas"];

export type RecordHistory = Schemas["RecordHistory"];
export type Milestone = Schemas["Milestone"];
export type MilestoneAhead = Schemas["MilestoneAhead"];

/** What was reached for the first time, and what is ahead. */
export function useMilestones() {
  return useQuery({
    queryKey: ["numbers", "milestones"],
    queryFn: ({ signal }) => reply(api.GET("/api/milestones", { signal })),
  });
}

/** How the record of a class, a kind and a size came to be. */
export function useRecordHistory(name: string, kind: string, size: number) {
  return useQuery({
    queryKey: ["numbers", "record", name, kind, size],
    queryFn: ({ signal }) =>
      reply(api.GET("/api/records/history", { params: { query: { name, kind, size } }, signal })),
    placeholderData: keepPreviousData,
  });
}
