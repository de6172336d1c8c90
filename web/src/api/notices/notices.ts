import { useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";

import { api, reply } from "@/api/client";
import { removeChannel } from "./push";
import type { components } from "@/api/schema.d.ts";
import type { NoticeList } from "@/api/types";

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

type Schemas = components["schemas"];
export type NoticeSettings = Schemas["NoticeSettings"];
export type NoticeChannel = Schemas["NoticeChannel"];
export type NoticeWay = Schemas["NoticeWay"];
export type NoticeKind = Schemas["NoticeKind"];
export type NoticeWishes = Schemas["NoticeWishes"];
export type MailServer = Schemas["MailServer"];

const NOTICE_SETTINGS = ["notice-settings"];
const MAIL = ["mail-server"];

/** What notices can be about, the channels that send them, and when. */
export const useNoticeSettings = () =>
  useQuery({
    queryKey: NOTICE_SETTINGS,
    queryFn: ({ signal }) => reply(api.GET("/api/notifications/settings", { signal })),
  });

/** What changes what was chosen, which is fetched again. */
function useAct<V, R>(mutationFn: (values: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => client.invalidateQueries({ queryKey: NOTICE_SETTINGS }) });
}

export const useChangeWishes = () =>
  useAct((body: Schemas["NoticeWishesChange"]) => reply(api.PATCH("/api/notifications/settings", { body })));

export const useAddChannel = () =>
  useAct((body: Schemas["NewChannel"]) => reply(api.POST("/api/notifications/channels", { body })));

export const useChangeChannel = () =>
  useAct(({ id, ...body }: Schemas["ChannelChange"] & { id: string }) =>
    reply(api.PATCH("/api/notifications/channels/{channel}", { params: { path: { channel: id } }, body })),
  );

export const useRemoveChannel = () => useAct(removeChannel);

export const useTestChannel = () =>
  useAct((id: string) =>
    reply(api.POST("/api/notifications/channels/{channel}/test", { params: { path: { channel: id } } })),
  );

/** Have a new code sent to the e-mail address of a channel. */
export const useSendCode = () =>
  useAct((id: string) =>
    reply(api.POST("/api/notifications/channels/{channel}/code", { params: { path: { channel: id } } })),
  );

/** Confirm the e-mail address of a channel by what was sent there. */
export const useConfirmAddress = () =>
  useAct(({ id, proof }: { id: string; proof: string }) =>
    reply(
      api.POST("/api/notifications/channels/{channel}/confirm", {
        params: { path: { channel: id } },
        body: { proof },
      }),
    ),
  );

/** The server that sends e-mail; an administrator's. */
export const useMailServer = () =>
  useQuery({ queryKey: MAIL, queryFn: async ({ signal }) => (await reply(api.GET("/api/mail", { signal }))).server });

function useMailAct<V>(mutationFn: (values: V) => Promise<Schemas["MailServerSettings"]>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: async ({ server }) => {
      client.setQueryData(MAIL, server);
      await client.invalidateQueries({ queryKey: NOTICE_SETTINGS });
    },
  });
}

export const useSetMailServer = () =>
  useMailAct((body: Schemas["MailServerBody"]) => reply(api.PUT("/api/mail", { body })));

export const useRemoveMailServer = () => useMailAct(() => reply(api.DELETE("/api/mail")));

export const useTestMail = () =>
  useMutation({ mutationFn: (to: string) => reply(api.POST("/api/mail/test", { body: { to } })) });
