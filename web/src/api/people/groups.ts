import { useQuery } from "@tanstack/react-query";

import { api, reply } from "@/api/client";
import { useAct } from "@/api/people/people";
import { SESSION } from "@/api/session";
import type { GroupRole, Seen } from "@/api/types";

const GROUPS = ["groups"];
/** What changes with a group: whose data one sees, and who sees one's own. */
const ALL = [GROUPS, SESSION, ["people"]];

/** The groups that one is in. */
export const useGroups = () =>
  useQuery({ queryKey: GROUPS, queryFn: ({ signal }) => reply(api.GET("/api/groups", { signal })) });

export const useMakeGroup = () => useAct(ALL, (name: string) => reply(api.POST("/api/groups", { body: { name } })));
export const useRenameGroup = (group: string) =>
  useAct([GROUPS], (name: string) =>
    reply(api.PATCH("/api/groups/{group}", { params: { path: { group } }, body: { name } })),
  );
export const useDeleteGroup = (group: string) =>
  useAct(ALL, (name: string) =>
    reply(api.POST("/api/groups/{group}/delete", { params: { path: { group } }, body: { name } })),
  );
export const useInviteToGroup = (group: string) =>
  useAct([GROUPS], (body: { name: string; role: GroupRole; many: boolean; days: number }) =>
    reply(api.POST("/api/groups/{group}/invitations", { params: { path: { group } }, body })),
  );
export const useRevokeGroupInvitation = (group: string) =>
  useAct([GROUPS], (group_invitation: string) =>
    reply(
      api.DELETE("/api/groups/{group}/invitations/{group_invitation}", {
        params: { path: { group, group_invitation } },
      }),
    ),
  );
export const useSetGroupRole = (group: string) =>
  useAct(ALL, ({ member, ...body }: { member: string; role: GroupRole; leads: boolean }) =>
    reply(
      api.PUT("/api/groups/{group}/people/{group_member}", {
        params: { path: { group, group_member: Number(member) } },
        body,
      }),
    ),
  );
export const useRemoveGroupMember = (group: string) =>
  useAct(ALL, (member: string) =>
    reply(
      api.DELETE("/api/groups/{group}/people/{group_member}", {
        params: { path: { group, group_member: Number(member) } },
      }),
    ),
  );
/** Let the group show an athlete; of null members see nothing. */
export const useBringAthlete = (group: string) =>
  useAct(ALL, ({ athlete, see }: { athlete: string; see: Seen[] | null }) =>
    reply(
      api.PUT("/api/groups/{group}/athletes/{group_athlete}", {
        params: { path: { group, group_athlete: Number(athlete) } },
        body: { members_see: see },
      }),
    ),
  );
export const useTakeAthleteOut = (group: string) =>
  useAct(ALL, (athlete: string) =>
    reply(
      api.DELETE("/api/groups/{group}/athletes/{group_athlete}", {
        params: { path: { group, group_athlete: Number(athlete) } },
      }),
    ),
  );
