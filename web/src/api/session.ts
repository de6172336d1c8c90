import { useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useMemo } from "react";

import { preferencesOf, type Preferences } from "@/lib/preferences";
import { routes } from "@/lib/routes";
import { chooseAthlete, chosenAthlete, get, send } from "./client";
import type { Account, Athlete, Session } from "./types";

export const SESSION = ["session"];

/** Who is signed in, and what this server asks of a visitor. */
export function useSession() {
  return useQuery({ queryKey: SESSION, queryFn: async ({ signal }) => known(await get<Session>("/session", {}, signal)), staleTime: 60_000 });
}

/** The session; an athlete that was chosen and is not there any more is chosen no longer. */
function known(session: Session): Session {
  const chosen = chosenAthlete();
  if (session.state === "signed_in" && chosen !== "" && !session.athletes.some(({ id }) => id === chosen)) chooseAthlete("");
  return session;
}

/** The athlete whose data is shown: the one that was chosen, else one's own. */
export function useAthlete(): Athlete | undefined {
  const athletes = useSession().data?.athletes;
  return athletes?.find(({ id }) => id === chosenAthlete()) ?? athletes?.[0];
}

/** Show another athlete's data, one's own if `id` is empty: from the start, since all that is on the screen is the other one's. */
export function lookAt(id: string): void {
  chooseAthlete(id);
  location.assign(routes.activities);
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

/** Whether the data that is shown may be changed, or only looked at. */
export function useMayEdit(): boolean {
  const role = useRole();
  return role === "owner" || role === "editor";
}

/** Whether the data that is shown may be deleted for good. */
export function useMayOwn(): boolean {
  return useRole() === "owner";
}

function signedIn(client: QueryClient, session: Session): void {
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== SESSION[0] });
  client.setQueryData(SESSION, known(session));
}

export function useSetup() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (details: { username: string; password: string; code?: string }) => send<Session>("POST", "/setup", details),
    onSuccess: (session) => { signedIn(client, session); },
  });
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (details: { username: string; password: string }) => send<Session>("POST", "/session", details),
    onSuccess: (session) => { signedIn(client, session); },
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => send("DELETE", "/session"),
    onSuccess: async () => {
      await client.resetQueries({ queryKey: SESSION });
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== SESSION[0] });
    },
  });
}

/** Change preferences: at once on the screen, then on the server; taken back where it refuses. */
export function useChangePreferences() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (changed: Partial<Preferences>) => send<Account>("PATCH", "/account", { preferences: changed }),
    onMutate: (changed) => {
      const before = client.getQueryData<Session>(SESSION);
      if (before?.account) {
        const account = { ...before.account, preferences: { ...before.account.preferences, ...changed } };
        client.setQueryData<Session>(SESSION, { ...before, account });
      }
      return before;
    },
    onError: (_error, _changed, before) => { client.setQueryData(SESSION, before); },
    onSuccess: (account) => {
      client.setQueryData<Session>(SESSION, (now) => now && { ...now, account });
    },
  });
}

/** Changing the password ends every session, this one too. */
export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (details: { current: string; new: string; keep_tokens: boolean }) => send("POST", "/account/password", details),
    onSuccess: () => client.invalidateQueries({ queryKey: SESSION }),
  });
}
