import { useMutation, useQueryClient } from "@tanstack/react-query";

import { address, api, bytes, reply } from "@/api/client";
import type { components } from "@/api/schema.d.ts";

export type CoachImport = components["schemas"]["CoachImport"];

/** Where rules, plans, workouts and planned routes can be downloaded as one file. */
export const coachExport = (format: "json" | "zip"): string => address("/api/coach/export", { query: { format } });

/** Say what a file of the coach would add. */
export const useTryCoachFile = () =>
  useMutation({
    mutationFn: (file: File) =>
      reply(api.POST("/api/coach/import", { params: { query: { try: true } }, ...bytes(file) })),
  });

/** Add what a file of the coach holds. */
export function useTakeCoachFile() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => reply(api.POST("/api/coach/import", { ...bytes(file) })),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["coach"] });
    },
  });
}
