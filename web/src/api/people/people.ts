import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { address, api, reply } from "@/api/client";
import { SESSION, useSignedIn } from "@/api/session";
import type { Role, Seen } from "@/api/types";

const PEOPLE = ["people"];
const INVITED = ["server_invitations"];
const REMOVED = ["removed_athletes"];

/** Who may see the athlete, and who is invited. */
export const usePeople = () =>
  useQuery({ queryKey: PEOPLE, queryFn: ({ signal }) => reply(api.GET("/api/people", { signal })) });

/** Everybody whose data one sees, and how they are. */
export const useAthletes = () =>
  useQuery({ queryKey: ["athletes"], queryFn: ({ signal }) => reply(api.GET("/api/athletes", { signal })) });

/** The athletes that one can restore. */
export const useRemovedAthletes = () =>
  useQuery({ queryKey: REMOVED, queryFn: ({ signal }) => reply(api.GET("/api/athletes/removed", { signal })) });

/** How large an export of the athlete is; the server first asks who wants it. */
export const useExportSize = () =>
  useQuery({
    queryKey: ["athlete_export"],
    queryFn: ({ signal }) => reply(api.GET("/api/athlete/export/size", { signal })),
    retry: false,
    gcTime: 0,
  });
/** Where an export of the athlete is downloaded. */
export const exportAt = (): string => address("/api/athlete/export");

/** The open invitations to this server. */
export const useServerInvitations = () =>
  useQuery({ queryKey: INVITED, queryFn: ({ signal }) => reply(api.GET("/api/invitations", { signal })) });

/** A mutation after which what it changes is fetched again, whether it was made or refused. */
export function useAct<A, R>(keys: string[][], act: (argument: A) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

export const useInvite = () =>
  useAct([PEOPLE], (body: { name: string; role: Role; sees: Seen[] | null; hours: number | null; days: number }) =>
    reply(api.POST("/api/people/invitations", { body })),
  );
export const useRevokeInvitation = () =>
  useAct([PEOPLE], (invitation: string) =>
    reply(api.DELETE("/api/people/invitations/{invitation}", { params: { path: { invitation } } })),
  );
export const useInviteToServer = () =>
  useAct([INVITED], (body: { name: string; days: number }) => reply(api.POST("/api/invitations", { body })));
export const useRevokeServerInvitation = () =>
  useAct([INVITED], (server_invitation: string) =>
    reply(api.DELETE("/api/invitations/{server_invitation}", { params: { path: { server_invitation } } })),
  );
export const useSetRole = () =>
  useAct([PEOPLE, SESSION], ({ member, ...body }: { member: string; role: Role; sees: Seen[] | null }) =>
    reply(api.PUT("/api/people/{member}", { params: { path: { member: Number(member) } }, body })),
  );
export const useRemoveMember = () =>
  useAct([PEOPLE], (member: string) =>
    reply(api.DELETE("/api/people/{member}", { params: { path: { member: Number(member) } } })),
  );

export const useEndTemporaryRole = () =>
  useAct([PEOPLE], (member: string) =>
    reply(api.DELETE("/api/people/{member}/temporary", { params: { path: { member: Number(member) } } })),
  );

export const useAddAthlete = () =>
  useAct([SESSION], (name: string) => reply(api.POST("/api/athletes", { body: { name } })));
export const useRenameAthlete = () =>
  useAct([SESSION], (name: string) => reply(api.PATCH("/api/athlete", { body: { name } })));
export const useRemoveAthlete = () =>
  useAct([], (name: string) => reply(api.POST("/api/athlete/remove", { body: { name } })));
export const useRestoreAthlete = () =>
  useAct([SESSION, REMOVED], (removed: string) =>
    reply(api.POST("/api/athletes/removed/{removed}/restore", { params: { path: { removed: Number(removed) } } })),
  );
export const useDeleteAccount = () =>
  useAct([], (username: string) => reply(api.POST("/api/account/delete", { body: { username } })));

/** What an invitation says; one that has ended is not asked again. */
export const useInvitation = (token: string) =>
  useQuery({
    queryKey: ["invitation", token],
    queryFn: ({ signal }) => reply(api.POST("/api/invitations/look", { body: { token }, signal })),
    retry: false,
    staleTime: Infinity,
  });
export const useAcceptInvitation = () =>
  useAct([], (token: string) => reply(api.POST("/api/invitations/accept", { body: { token } })));

/** Accept an invitation with a new account, and be signed in. */
export function useJoin() {
  const signedIn = useSignedIn();
  return useMutation({
    mutationFn: (body: { token: string; username: string; password: string }) =>
      reply(api.POST("/api/session/invitation", { body })),
    onSuccess: signedIn,
  });
}
