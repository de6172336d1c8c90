import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, reply } from "./client";
import { SESSION, useAtDoor } from "./session";
import type { components } from "./schema.d.ts";

type Schemas = components["schemas"];
export type OidcProvider = Schemas["OidcProvider"];
export type ProviderBody = Schemas["NewOidcProvider"];
export type LinkedLogin = Schemas["LinkedLogin"];
export type SessionEntry = Schemas["SessionEntry"];
export type FactorOffer = Schemas["FactorOffer"];
type Purpose = NonNullable<Schemas["BeginOidc"]["purpose"]>;

const LOGINS = ["logins"];
const SESSIONS = ["sessions"];
const PROVIDERS = ["oidc-providers"];
const FACTOR = ["second-factor"];

/** Leave for a provider; the browser comes back to the page `back`. */
export const useBeginOidc = () =>
  useMutation({
    mutationFn: ({ provider, purpose, back }: { provider: string; purpose: Purpose; back: string }) =>
      reply(api.POST("/api/session/oidc/{provider}", { params: { path: { provider } }, body: { purpose, back } })),
    onSuccess: ({ url }) => {
      location.assign(url);
    },
  });

export const useConfirm = () =>
  useMutation({
    mutationFn: (body: { password: string; code: string }) => reply(api.POST("/api/session/confirm", { body })),
  });

export const useLogins = () =>
  useQuery({ queryKey: LOGINS, queryFn: ({ signal }) => reply(api.GET("/api/account/logins", { signal })) });

export function useUnlink() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (login: string) =>
      reply(api.DELETE("/api/account/logins/{login}", { params: { path: { login: Number(login) } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: LOGINS }),
  });
}

export const useSessions = () =>
  useQuery({ queryKey: SESSIONS, queryFn: ({ signal }) => reply(api.GET("/api/account/sessions", { signal })) });

/** End a session of one's own, or all but this one. */
export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (device: string | null) =>
      device === null
        ? reply(api.DELETE("/api/account/sessions"))
        : reply(api.DELETE("/api/account/sessions/{device}", { params: { path: { device } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: SESSIONS }),
  });
}

/** Sign an account out everywhere. */
export const useEndAccountSessions = () =>
  useMutation({
    mutationFn: (account: string) =>
      reply(api.DELETE("/api/accounts/{account}/sessions", { params: { path: { account: Number(account) } } })),
  });

export const useProviders = () =>
  useQuery({ queryKey: PROVIDERS, queryFn: ({ signal }) => reply(api.GET("/api/oidc-providers", { signal })) });

function useActOnProviders<A, R>(act: (argument: A) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: PROVIDERS });
      await client.invalidateQueries({ queryKey: SESSION });
    },
  });
}

/** Set up a provider, or change the one with that key. */
export const useSetProvider = () =>
  useActOnProviders(({ body: { key, ...body }, isNew }: { body: ProviderBody; isNew: boolean }) =>
    isNew
      ? reply(api.POST("/api/oidc-providers", { body: { key, ...body } }))
      : reply(api.PUT("/api/oidc-providers/{provider}", { params: { path: { provider: key } }, body })),
  );

export const useRemoveProvider = () =>
  useActOnProviders((provider: string) =>
    reply(api.DELETE("/api/oidc-providers/{provider}", { params: { path: { provider } } })),
  );

export const useCheckProvider = () =>
  useMutation({ mutationFn: (issuer: string) => reply(api.POST("/api/oidc-providers/check", { body: { issuer } })) });

/** Whether one has a second factor, and how many recovery codes are left. */
export const useSecondFactor = () =>
  useQuery({ queryKey: FACTOR, queryFn: ({ signal }) => reply(api.GET("/api/account/second-factor", { signal })) });

function useChangeFactor<A, R>(act: (argument: A) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      for (const key of [FACTOR, LOGINS, SESSIONS, ["accounts"]]) await client.invalidateQueries({ queryKey: key });
    },
  });
}

export const useOfferFactor = () => useMutation({ mutationFn: () => reply(api.POST("/api/account/second-factor")) });

export const useSwitchOnFactor = () =>
  useChangeFactor((code: string) => reply(api.PUT("/api/account/second-factor", { body: { code } })));

export const useSwitchOffFactor = () => useChangeFactor(() => reply(api.DELETE("/api/account/second-factor")));

export const useRenewCodes = () => useChangeFactor(() => reply(api.POST("/api/account/second-factor/recovery-codes")));

/** The same for somebody who has given the password and may do nothing else yet. */
export const useOfferFactorAtDoor = () => useAtDoor(() => reply(api.POST("/api/session/second-factor")));

export const useSwitchOnFactorAtDoor = () =>
  useAtDoor((code: string) => reply(api.PUT("/api/session/second-factor", { body: { code } })));
