import { useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";

import { api, reply } from "./client";
import type { NoticeList } from "./types";

const NOTICES = ["notices"];

export function useNotices() {
  return useQuery({
    queryKey: NOTICES,
    queryFn: ({ signal }) => reply(api.GET("/api/notifications", { signal })),
    staleTime: 60_000,
  });
}

/** The server tells how many are unseen; where that is news, they are asked for. */
export function showUnseen(client: QueryClient, unseen: number): void {
  if (client.getQueryData<NoticeList>(NOTICES)?.unseen !== unseen) void client.invalidateQueries({ queryKey: NOTICES });
}

/** All are seen; which of them were new is still shown until they are asked for again. */
export function useSeeNotices() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => reply(api.POST("/api/notifications/seen")),
    onMutate: () => {
      client.setQueryData<NoticeList>(NOTICES, (now) => now && { ...now, unseen: 0 });
    },
    onError: () => client.invalidateQueries({ queryKey: NOTICES }),
  });
}

/** Fetch again, so that what was new before is new no more. */
export function useNoticesAgain(): () => void {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: NOTICES });
  };
}

export function useDeleteNotice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      reply(api.DELETE("/api/notifications/{notice}", { params: { path: { notice: Number(id) } } })),
    onSuccess: (_nothing, id) => {
      client.setQueryData<NoticeList>(
        NOTICES,
        (now) => now && { ...now, items: now.items.filter((item) => item.id !== id) },
      );
    },
  });
}
