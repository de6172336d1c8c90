import { useMutation, useQuery } from "@tanstack/react-query";

import { api, reply } from "@/api/client";

/** Make a link that sets a new password of an account. */
export const useMakeResetLink = () =>
  useMutation({
    mutationFn: (account: string) =>
      reply(api.POST("/api/accounts/{account}/reset-link", { params: { path: { account: Number(account) } } })),
  });

/** Have a link that sets a new password sent by e-mail, to whoever has the account of a name or an address. */
export const useAskForResetLink = () =>
  useMutation({ mutationFn: (name: string) => reply(api.POST("/api/password-reset/mail", { body: { name } })) });

/** Whose password a link sets; looking changes nothing. */
export const useResetLink = (token: string) =>
  useQuery({
    queryKey: ["reset", token],
    queryFn: () => reply(api.POST("/api/password-reset/look", { body: { token } })),
    retry: false,
  });

export const useResetPassword = () =>
  useMutation({
    mutationFn: (body: { token: string; password: string; keep_tokens: boolean }) =>
      reply(api.POST("/api/password-reset", { body })),
  });
