import { useQuery, useQueryClient } from "@tanstack/react-query";

import type { DraftChange } from "./draft";

const NO_CHANGES: DraftChange[] = [];

/** The changes of a version that are not saved yet: every page that shows it has the same, until they are saved. */
export function useDraft(plan: string | null, version: number) {
  const client = useQueryClient();
  const queryKey = ["draft", plan, version];
  const { data } = useQuery({
    queryKey,
    queryFn: () => NO_CHANGES,
    enabled: false,
    initialData: NO_CHANGES,
    gcTime: Infinity,
  });
  const setChanges = (change: (before: DraftChange[]) => DraftChange[]): void => {
    client.setQueryData<DraftChange[]>(queryKey, (before) => change(before ?? NO_CHANGES));
  };
  return [data, setChanges] as const;
}

export type SetChanges = ReturnType<typeof useDraft>[1];
