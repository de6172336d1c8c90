import { useQuery, type QueryClient } from "@tanstack/react-query";

import type { components } from "@/api/schema.d.ts";

type WorkLeft = components["schemas"]["WorkLeft"];

const KEY = ["work"];

/** Remember what the server says is left to do; once everything is done, what was shown of it is asked for again. */
export function showWork(client: QueryClient, left: WorkLeft): void {
  client.setQueryData(KEY, left);
}

/** How many activities are still being measured, timed on segments or placed on routes. */
export function useWorkLeft(): number {
  const { data } = useQuery<WorkLeft | null>({ queryKey: KEY, queryFn: () => null, staleTime: Infinity });
  return data === null || data === undefined ? 0 : Math.max(data.measure, data.segments, data.routes);
}
