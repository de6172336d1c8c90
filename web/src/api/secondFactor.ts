import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, Problem, reply } from "./client";
import { SESSION } from "./session";
import type { components } from "./schema.d.ts";

export type FactorOffer = components["schemas"]["FactorOffer"];

const FACTOR = ["second-factor"];

/** Whether one has a second factor, and how many recovery codes are left. */
export const useSecondFactor = () =>
  useQuery({ queryKey: FACTOR, queryFn: ({ signal }) => reply(api.GET("/api/account/second-factor", { signal })) });

function useChange<A, R>(act: (argument: A) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      for (const key of [FACTOR, ["logins"], ["sessions"], ["accounts"]])
        await client.invalidateQueries({ queryKey: key });
    },
  });
}

export const useOfferFactor = () => useMutation({ mutationFn: () => reply(api.POST("/api/account/second-factor")) });

export const useSwitchOnFactor = () =>
  useChange((code: string) => reply(api.PUT("/api/account/second-factor", { body: { code } })));

export const useSwitchOffFactor = () => useChange(() => reply(api.DELETE("/api/account/second-factor")));

export const useRenewCodes = () => useChange(() => reply(api.POST("/api/account/second-factor/recovery-codes")));

/** A sign-in that has ended in the meantime leads back to its beginning. */
function useAtDoor<A, R>(act: (argument: A) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onError: (error) => {
      if (error instanceof Problem && error.code === "sign-in-ended")
        void client.invalidateQueries({ queryKey: SESSION });
    },
  });
}

/** The same for somebody who has given the password and may do nothing else yet. */
export const useOfferFactorAtDoor = () => useAtDoor(() => reply(api.POST("/api/session/second-factor")));

export const useSwitchOnFactorAtDoor = () =>
  useAtDoor((code: string) => reply(api.PUT("/api/session/second-factor", { body: { code } })));
