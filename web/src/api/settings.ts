import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, reply } from "./client";
import { SESSION } from "./session";
import type { MapChoices, NewAccount, Token } from "./types";

/** A mutation after which the list under `key` (and the session) is fetched again. */
function useActOn<A, R>(key: string, act: (argument: A) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: [key] });
      await client.invalidateQueries({ queryKey: SESSION });
    },
  });
}

export const useTokens = () =>
  useQuery({ queryKey: ["tokens"], queryFn: ({ signal }) => reply(api.GET("/api/tokens", { signal })) });
export const useCreateToken = () =>
  useActOn("tokens", (body: { name: string; scope: Token["scope"]; may?: Token["may"] }) =>
    reply(api.POST("/api/tokens", { body })),
  );
export const useRevokeToken = () =>
  useActOn("tokens", (token: string) =>
    reply(api.DELETE("/api/tokens/{token}", { params: { path: { token: Number(token) } } })),
  );

export const useAccounts = (enabled: boolean) =>
  useQuery({ queryKey: ["accounts"], queryFn: ({ signal }) => reply(api.GET("/api/accounts", { signal })), enabled });
export const useAddAccount = () =>
  useActOn("accounts", (body: NewAccount) => reply(api.POST("/api/accounts", { body })));
export const useDeleteAccount = () =>
  useActOn("accounts", (account: string) =>
    reply(api.DELETE("/api/accounts/{account}", { params: { path: { account: Number(account) } } })),
  );

export const useMapChoices = () =>
  useQuery({
    queryKey: ["settings/maps"],
    // The client reads a box as a list of any length; it always has four numbers.
    queryFn: ({ signal }) => reply(api.GET("/api/settings/maps", { signal })) as Promise<MapChoices>,
  });
export const useSettings = () =>
  useQuery({ queryKey: ["settings"], queryFn: ({ signal }) => reply(api.GET("/api/settings", { signal })) });
export const useChangeSettings = () =>
  useActOn("settings", (body: Record<string, string | null>) => reply(api.PATCH("/api/settings", { body })));
