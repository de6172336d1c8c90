import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { makePasskey, offersPasskeys, PasskeyProblem, signWithPasskey, type Signed } from "@/lib/signIn/passkeys";
import { api, reason, reply } from "@/api/client";
import type { components } from "@/api/schema.d.ts";
import { useSignedIn } from "@/api/session";
import type { Session } from "@/api/types";

type Schemas = components["schemas"];
export type PasskeyEntry = Schemas["PasskeyEntry"];
export type PasskeyCreation = Schemas["PasskeyCreation"];

const PASSKEYS = ["passkeys"];
/** A challenge is good for five minutes; a new one is asked for before. */
const RENEW_MS = 4.5 * 60_000;

/** What to tell a person about an error, also about one of the browser's. */
export const passkeyReason = (error: unknown): string =>
  error instanceof PasskeyProblem ? error.message : reason(error);

export const usePasskeys = () =>
  useQuery({ queryKey: PASSKEYS, queryFn: ({ signal }) => reply(api.GET("/api/account/passkeys", { signal })) });

/** Ask for what a passkey is made of; the person may have to confirm who it is. */
export const useBeginPasskey = () =>
  useMutation({ mutationFn: () => reply(api.POST("/api/account/passkeys/options")) });

function useChangePasskeys<A, R>(act: (argument: A) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      for (const key of [PASSKEYS, ["logins"], ["session"]]) await client.invalidateQueries({ queryKey: key });
    },
  });
}

/** Make a passkey on this device and keep it under a name. */
export const useAddPasskey = () =>
  useChangePasskeys(async ({ creation, name }: { creation: PasskeyCreation; name: string }) => {
    const made = await makePasskey(creation.options);
    return reply(api.POST("/api/account/passkeys", { body: { name, state: creation.state, ...made } }));
  });

const at = (id: string) => ({ params: { path: { passkey: Number(id) } } });

export const useRenamePasskey = () =>
  useChangePasskeys(({ id, name }: { id: string; name: string }) =>
    reply(api.PATCH("/api/account/passkeys/{passkey}", { ...at(id), body: { name } })),
  );

export const useRemovePasskey = () =>
  useChangePasskeys((id: string) => reply(api.DELETE("/api/account/passkeys/{passkey}", at(id))));

const begin = () => reply(api.POST("/api/session/passkey/options"));
const finish = (state: string, signed: Signed) =>
  reply(api.POST("/api/session/passkey", { body: { state, ...signed } }));

/**
 * Sign in with a passkey: at a press, and (`offer`) where the person picks one in the field for the name. The browser
 * does one of both at a time.
 */
export function usePasskeySignIn({ offer }: { offer: boolean }) {
  const goOn = useSignedIn();
  const [refusal, setRefusal] = useState<Error | null>(null);
  const press = useMutation({
    mutationFn: async () => {
      setRefusal(null);
      const { state, options } = await begin();
      return finish(state, await signWithPasskey(options));
    },
    onSuccess: goOn,
  });
  const offers = offer && !press.isPending && refusal === null;
  useEffect(() => {
    if (!offers) return;
    const left = new AbortController();
    offered(left.signal).then(
      (session) => {
        if (session) goOn(session);
      },
      (error: unknown) => {
        if (!left.signal.aborted && error instanceof Error) setRefusal(error);
      },
    );
    return () => {
      left.abort();
    };
    // What goes on is the same whenever it is made.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [offers]);
  return { press, error: press.error ?? refusal };
}

/** Wait until the person picks a passkey; null: the browser offers none, or the person closed the offer. */
async function offered(left: AbortSignal): Promise<Session | null> {
  if (!(await offersPasskeys())) return null;
  while (!left.aborted) {
    const { state, options } = await begin();
    const turn = new AbortController();
    const end = (): void => {
      turn.abort();
    };
    const timer = setTimeout(end, RENEW_MS);
    left.addEventListener("abort", end);
    try {
      return await finish(state, await signWithPasskey(options, turn.signal));
    } catch (error) {
      if (!(error instanceof PasskeyProblem)) throw error;
      if (!turn.signal.aborted) return null;
    } finally {
      clearTimeout(timer);
      left.removeEventListener("abort", end);
    }
  }
  return null;
}

/** Confirm who one is with a passkey. */
export const useConfirmWithPasskey = () =>
  useMutation({
    mutationFn: async () => {
      const { state, options } = await reply(api.POST("/api/session/confirm/passkey/options"));
      const signed = await signWithPasskey(options);
      return reply(api.POST("/api/session/confirm/passkey", { body: { state, ...signed } }));
    },
  });
