import { useState } from "react";

import { reason } from "@/api/client";
import { useRevokeGroupInvitation, useSetGroupRole } from "@/api/people/groups";
import type { Group, GroupMember, GroupRole } from "@/api/types";
import { Invitations } from "@/features/people/Invitations";
import { GROUP_NAMES, GROUP_ROLES } from "@/features/people/roles";
import { t as roleText } from "@/features/people/text";
import { Button } from "@/ui/controls/Button";
import { Check, Pick } from "@/ui/controls/Field";
import { say, sayError } from "@/ui/layout/Toasts";
import { InviteToGroup } from "./InviteToGroup";
import { RemoveDialog } from "./RemoveDialog";
import { many, t } from "./text";

/** Who is in the group: changed and invited by who leads it. */
export function GroupPeople({ group }: { group: Group }) {
  const revoke = useRevokeGroupInvitation(group.id);
  const [inviting, setInviting] = useState(false);
  const [leaving, setLeaving] = useState<GroupMember | null>(null);
  return (
    <section>
      <h3 className="font-semibold">
        {t("group.people")}
        <span className="label ml-2 font-normal">{many("group.count", group.members)}</span>
      </h3>
      <ul className="mt-2 divide-y divide-line border-y border-line">
        {group.people.map((member) => (
          <Row
            key={member.id}
            group={group}
            member={member}
            onRemove={() => {
              setLeaving(member);
            }}
          />
        ))}
      </ul>
      {group.leads && (
        <>
          <Button
            icon="plus"
            className="mt-4"
            onClick={() => {
              setInviting(true);
            }}
          >
            {roleText("invite.title")}
          </Button>
          <Invitations items={group.invitations} revoke={revoke} />
        </>
      )}
      {inviting && (
        <InviteToGroup
          group={group}
          onClose={() => {
            setInviting(false);
          }}
        />
      )}
      {leaving && (
        <RemoveDialog
          group={group}
          member={leaving.id}
          title={t("group.remove_title", { name: leaving.username, group: group.name })}
          hint={t("group.remove_hint", { name: leaving.username })}
          go={t("group.remove")}
          done={t("group.removed", { name: leaving.username })}
          onClose={() => {
            setLeaving(null);
          }}
        />
      )}
    </section>
  );
}

function Row({ group, member, onRemove }: { group: Group; member: GroupMember; onRemove: () => void }) {
  const change = useSetGroupRole(group.id);
  const { id, username, role, leads, you } = member;
  const set = (wanted: { role: GroupRole; leads: boolean }): void => {
    change.mutate(
      { member: id, ...wanted },
      {
        onSuccess: () => {
          say(t("group.changed", { name: username }));
        },
        onError: (error) => {
          sayError(reason(error));
        },
      },
    );
  };
  // What was chosen stays so until the server has answered: a box must not jump back.
  const now = change.isPending ? change.variables : { role, leads };
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-3 py-2" data-member={username}>
      <span className="min-w-32 flex-1">
        <span className="block truncate font-medium">
          {username}
          {you && <span className="label ml-2 font-normal">{t("group.you")}</span>}
        </span>
        {!group.leads && (
          <span className="block text-sm text-ink-2">
            {roleText(GROUP_NAMES[role])}
            {leads && ` · ${t("group.leads")}`}
          </span>
        )}
      </span>
      {group.leads && (
        <>
          <span role="group" aria-label={username}>
            <Check
              label={t("group.leads")}
              checked={now.leads}
              disabled={change.isPending}
              onChange={({ target }) => {
                set({ role, leads: target.checked });
              }}
            />
          </span>
          <Pick
            name={t("group.role_of", { name: username })}
            value={now.role}
            disabled={change.isPending}
            onChange={({ target }) => {
              const chosen = GROUP_ROLES.find((one) => one === target.value);
              if (chosen !== undefined) set({ role: chosen, leads });
            }}
          >
            {GROUP_ROLES.map((one) => (
              <option key={one} value={one}>
                {roleText(GROUP_NAMES[one])}
              </option>
            ))}
          </Pick>
          {!you && (
            <Button kind="danger" onClick={onRemove}>
              {t("group.remove")}
            </Button>
          )}
        </>
      )}
    </li>
  );
}
