import type { UseQueryResult } from "@tanstack/react-query";

/** What was asked for several times: each answer when it has come, and the first failure. */
export interface Several<T> {
  data: (T | undefined)[];
  error: Error | null;
  refetch: () => void;
}

/** Several queries as one. */
export function all<T>(results: UseQueryResult<T>[]): Several<T> {
  return {
    data: results.map(({ data }) => data),
    error: results.find(({ error }) => error)?.error ?? null,
    refetch: () => {
      for (const { isError, refetch } of results) if (isError) void refetch();
    },
  };
}
