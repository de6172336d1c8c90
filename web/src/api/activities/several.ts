import type { UseQueryResult } from "@tanstack/react-query";

import { Problem } from "@/api/client";

/** What was asked for several times: of each the answer when it has come, and why there is none. */
export interface Several<T> {
  data: (T | undefined)[];
  errors: (Error | null)[];
  /** Ask again for those that failed. */
  refetch: () => void;
}

/** Several queries as one. */
export function all<T>(results: UseQueryResult<T>[]): Several<T> {
  return {
    data: results.map(({ data, error }) => (isGone(error) ? undefined : data)),
    // Another try that fails leaves what is known.
    errors: results.map(({ data, error }) => (data === undefined || isGone(error) ? error : null)),
    refetch: () => {
      for (const { isError, refetch } of results) if (isError) void refetch();
    },
  };
}

/** Whether something is not there any more, whatever was known of it before. */
const isGone = (error: Error | null): boolean => error instanceof Problem && error.status === 404;

/** Whether another try may succeed. */
export const mayPass = (error: Error): boolean => !(error instanceof Problem && error.status < 500);

/** Whether each has come or failed. */
export const settled = ({ data, errors }: Several<unknown>): boolean =>
  data.every((one, i) => one !== undefined || errors[i] !== null);
