import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, reply } from "./client";
import { SESSION } from "./session";
import type { Backups, BackupPlanChange, MapChoices, NewAccount, Token } from "./types";

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

/** What is under way is looked at again after so long. */
const UNDER_WAY_MS = 1000;
const BACKUPS = ["backups"];
const underWay = (one: Backups["running"] | undefined): boolean =>
  one !== undefined && one !== null && ["waiting", "running"].includes(one.state);

/** How backups are doing; looked at again while one is made or tried. */
export const useBackups = () =>
  useQuery({
    queryKey: BACKUPS,
    queryFn: ({ signal }) => reply(api.GET("/api/backups", { signal })),
    refetchInterval: ({ state }) =>
      [state.data?.running, state.data?.drilling, state.data?.copies?.running].some(underWay) ? UNDER_WAY_MS : false,
  });

function useActOnBackups<A>(act: (argument: A) => Promise<Backups>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (found) => {
      client.setQueryData(BACKUPS, found);
    },
  });
}

export const useSetBackupPlan = () =>
  useActOnBackups((body: BackupPlanChange) => reply(api.PUT("/api/backups/plan", { body })));
export const useBackUpNow = () => useActOnBackups(() => reply(api.POST("/api/backups")));
export const useTestRestoring = () => useActOnBackups(() => reply(api.POST("/api/backups/drill")));
export const useStopEncryptingBackups = () => useActOnBackups(() => reply(api.DELETE("/api/backups/key")));

/** Make a new key for backups; the answer has it, this once. */
export const useEncryptBackups = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => reply(api.POST("/api/backups/key")),
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: BACKUPS }),
  });
};

/** How the server is: version, processes, what waits, what takes how much room. */
export const useServerStatus = () =>
  useQuery({ queryKey: ["server"], queryFn: ({ signal }) => reply(api.GET("/api/server", { signal })) });
