import { useIsMutating, useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useMemo } from "react";

import { preferencesOf, type Preferences } from "@/lib/preferences";
import { forgetDevice } from "@/lib/push";
import { forgetAllShared } from "@/lib/upload/shared";
import { routes } from "@/lib/routes";
import { api, chooseAthlete, chosenAthlete, Problem, reply } from "./client";
import { forgetOffline } from "./offline";
import type { Athlete, Seen, Session } from "./types";

export const SESSION = ["session"];

/** Who is signed in, and what this server asks of a visitor. */
export function useSession() {
  return useQuery({
    queryKey: SESSION,
    queryFn: async ({ signal }) => known(await reply(api.GET("/api/session", { signal }))),
    staleTime: 60_000,
  });
}

/** The session; an athlete that was chosen and is not there any more is chosen no longer. */
function known(session: Session): Session {
  const chosen = chosenAthlete();
  if (session.state === "signed_in" && chosen !== "" && !session.athletes.some(({ id }) => id === chosen))
    chooseAthlete("");
  return session;
}

/** The athlete whose data is shown: the one that was chosen, else one's own. */
export function useAthlete(): Athlete | undefined {
  const athletes = useSession().data?.athletes;
  return athletes?.find(({ id }) => id === chosenAthlete()) ?? athletes?.[0];
}

/** Whether there are several athletes to choose from; a demo athlete has a bar of its own. */
export function useSeesSeveral(): boolean {
  return (useSession().data?.athletes.filter(({ demo }) => !demo).length ?? 0) > 1;
}

/** Show another athlete's data, one's own if `id` is empty. All data shown before is dropped. */
export function lookAt(id: string, page: string = routes.activities): void {
  chooseAthlete(id);
  location.assign(page);
}

/** The signed-in account's preferences, defaults filled in. */
export function usePreferences(): Preferences {
  const { data } = useSession();
  const stored = data?.account?.preferences;
  return useMemo(() => preferencesOf(stored), [stored]);
}

/** What the account may do with the data of the athlete that is shown. */
function useRole() {
  return useAthlete()?.role;
}

/** Whether one sees the athlete's health, plan or photos; a viewer sees what was chosen. */
export function useSees(what: Seen): boolean {
  return useAthlete()?.sees.includes(what) ?? false;
}

/** Whether the data that is shown may be changed, or only looked at. */
export function useMayEdit(): boolean {
  const role = useRole();
  return role === "owner" || role === "editor";
}

/** Whether plans, rules, thresholds and goals may be changed: by those who may edit, and by a coach. */
export function useMayPlan(): boolean {
  const role = useRole();
  return role !== undefined && role !== "viewer";
}

/** Whether the data that is shown may be deleted for good. */
export function useMayOwn(): boolean {
  return useRole() === "owner";
}

function signedIn(client: QueryClient, session: Session): void {
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== SESSION[0] });
  client.setQueryData(SESSION, known(session));
}

/** Go on as whoever has just signed in. */
export function useSignedIn() {
  const client = useQueryClient();
  return (session: Session): void => {
    signedIn(client, session);
  };
}

export function useSetup() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (details: { username: string; password: string; code?: string }) =>
      reply(api.POST("/api/setup", { body: details })),
    onSuccess: (session) => {
      signedIn(client, session);
    },
  });
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (details: { username: string; password: string }) => reply(api.POST("/api/session", { body: details })),
    onSuccess: (session) => {
      signedIn(client, session);
    },
  });
}

/** Sign in as the account that a proxy names. */
export function useProxySignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => reply(api.POST("/api/session/proxy")),
    onSuccess: (session) => {
      signedIn(client, session);
    },
  });
}

/** What one does between the password and the end of a sign-in; one that has ended leads back to its beginning. */
export function useAtDoor<A, R>(act: (argument: A) => Promise<R>, then?: (client: QueryClient, answer: R) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (answer) => then?.(client, answer),
    onError: (error) => {
      if (error instanceof Problem && error.code === "sign-in-ended")
        void client.invalidateQueries({ queryKey: SESSION });
    },
  });
}

/** Finish a sign-in with a code. */
export const useGiveCode = () =>
  useAtDoor((code: string) => reply(api.POST("/api/session/code", { body: { code } })), signedIn);

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await forgetOffline(); // also where the server can't be told
      await forgetDevice();
      return reply(api.DELETE("/api/session"));
    },
    onSuccess: async (session) => {
      await forgetAllShared();
      if (session.sign_out_url !== null) location.assign(session.sign_out_url);
      await client.resetQueries({ queryKey: SESSION });
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== SESSION[0] });
    },
  });
}

const PREFERENCES = ["preferences"];

/**
 * Change preferences: at once on the screen, then on the server, one after the other; taken back where it refuses.
 * What the server says counts once no later change is on its way.
 */
export function useChangePreferences() {
  const client = useQueryClient();
  const isLast = (): boolean => client.isMutating({ mutationKey: PREFERENCES }) === 1;
  return useMutation({
    mutationKey: PREFERENCES,
    scope: { id: "preferences" },
    mutationFn: (changed: Partial<Preferences>) => reply(api.PATCH("/api/account", { body: { preferences: changed } })),
    onMutate: (changed) => {
      const before = client.getQueryData<Session>(SESSION);
      if (before?.account) {
        const { zone, language, ...others } = { ...before.account.preferences, ...changed };
        const preferences = { ...others, ...(zone && { zone }), ...(language && { language }) };
        const account = { ...before.account, preferences };
        client.setQueryData<Session>(SESSION, { ...before, account });
      }
      return before;
    },
    onError: (_error, _changed, before) => {
      client.setQueryData(SESSION, before);
      if (!isLast()) void client.invalidateQueries({ queryKey: SESSION });
    },
    onSuccess: (account) => {
      if (isLast()) client.setQueryData<Session>(SESSION, (now) => now && { ...now, account });
    },
  });
}

/** Whether a change of the preferences is on its way. */
export const useSavesPreferences = (): boolean => useIsMutating({ mutationKey: PREFERENCES }) > 0;

/** Changing the password ends every session, this one too. */
export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (details: { current: string; new: string; keep_tokens: boolean }) =>
      reply(api.POST("/api/account/password", { body: details })),
    onSuccess: () => client.invalidateQueries({ queryKey: SESSION }),
  });
}
