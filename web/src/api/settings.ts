import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { get, send } from "./client";
import { SESSION } from "./session";
import type { Account, MapChoices, Setting, Token } from "./types";

type Items<T> = { items: T[] };

function useItems<T>(key: string, enabled = true) {
  return useQuery({ queryKey: [key], queryFn: ({ signal }) => get<Items<T>>(`/${key}`, {}, signal), enabled });
}

/** An act after which the list under `key` (and the session) is asked anew. */
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

export interface NewAccount {
  username: string;
  password: string;
  is_admin: boolean;
  athlete_name: string;
}

export const useTokens = () => useItems<Token>("tokens");
export const useCreateToken = () =>
  useActOn("tokens", (wish: { name: string; scope: Token["scope"] }) => send<Token>("POST", "/tokens", wish));
export const useRevokeToken = () => useActOn("tokens", (id: string) => send("DELETE", `/tokens/${id}`));

export const useAccounts = (enabled: boolean) => useItems<Account>("accounts", enabled);
export const useAddAccount = () =>
  useActOn("accounts", (account: NewAccount) => send<Account>("POST", "/accounts", account));
export const useDeleteAccount = () => useActOn("accounts", (id: string) => send("DELETE", `/accounts/${id}`));

export const useMapChoices = () =>
  useQuery({ queryKey: ["settings/maps"], queryFn: ({ signal }) => get<MapChoices>("/settings/maps", {}, signal) });
export const useSettings = () => useItems<Setting>("settings");
export const useChangeSettings = () =>
  useActOn("settings", (changed: Record<string, string | null>) => send("PATCH", "/settings", changed));
