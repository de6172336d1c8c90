import { useState } from "react";

import { reason } from "@/api/client";
import { useEndTemporaryRole, usePeople, useRemoveMember, useRevokeInvitation, useSetRole } from "@/api/people/people";
import { lookAt, useAthlete, useMayOwn, usePreferences, useSession } from "@/api/session";
import type { GroupShowing, Member, Role, Seen } from "@/api/types";
import { InviteDialog } from "@/features/people/InviteDialog";
import { Invitations } from "@/features/people/Invitations";
import { NAMES, ROLES } from "@/features/people/roles";
import { SeesChoice } from "@/features/people/SeesChoice";
import { t as roleText } from "@/features/people/text";
import { classes } from "@/lib/classes";
import { instant } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { inSentence } from "@/lib/text";
import { Part } from "@/pages/settings/Part";
import { AthleteEvents } from "@/pages/settings/security/SecurityPart";
import { Button, ButtonLink } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Pick } from "@/ui/controls/Field";
import { Failure, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { AthletesPart } from "./AthletesPart";
import { many, t } from "./text";

const failed = (error: unknown): void => {
  sayError(reason(error));
};

/** Who sees the athlete that is shown, and the athletes that one sees. */
export function PeoplePart() {
  const mayOwn = useMayOwn();
  return (
    <div className="flex flex-col gap-4">
      {mayOwn ? <Members /> : <Leaving />}
      <AthletesPart />
      {mayOwn && <AthleteEvents />}
    </div>
  );
}

function Members() {
  const athlete = useAthlete();
  const people = usePeople();
  const revoke = useRevokeInvitation();
  const [inviting, setInviting] = useState(false);
  const [leaving, setLeaving] = useState<Member | null>(null);
  return (
    <Part title={t("people.title")} lead={t("people.lead", { name: athlete?.name ?? "" })}>
      {people.isPending && (
        <Waiting>
          <div className="skeleton h-24" />
        </Waiting>
      )}
      {people.isError && <Failure error={people.error} retry={() => void people.refetch()} />}
      <ul className="divide-y divide-line border-y border-line empty:hidden">
        {people.data?.members.map((member) =>
          member.until === null ? (
            <Row
              key={member.id}
              member={member}
              only={people.data.members.filter(({ until }) => until === null).length === 1}
              onRemove={() => {
                setLeaving(member);
              }}
            />
          ) : (
            <ForAWhile key={`${member.id} for a while`} member={member} until={member.until} />
          ),
        )}
      </ul>
      <Button
        icon="plus"
        kind="primary"
        className="mt-5"
        onClick={() => {
          setInviting(true);
        }}
      >
        {roleText("invite.title")}
      </Button>
      {people.data && <Groups items={people.data.groups} />}
      {people.data && <Invitations items={people.data.invitations} revoke={revoke} />}
      {inviting && (
        <InviteDialog
          onClose={() => {
            setInviting(false);
          }}
        />
      )}
      {leaving && (
        <Remove
          member={leaving}
          onClose={() => {
            setLeaving(null);
          }}
        />
      )}
    </Part>
  );
}

/** The groups through which others see the athlete too. */
function Groups({ items }: { items: GroupShowing[] }) {
  if (items.length === 0) return null;
  return (
    <>
      <h3 className="mt-6 font-semibold">{t("people.groups")}</h3>
      <ul className="mt-2 divide-y divide-line border-y border-line">
        {items.map(({ id, name, coaches, members, members_see }) => (
          <li key={id} className="flex min-h-14 flex-wrap items-center gap-3 py-2">
            <span className="min-w-40 flex-1">
              <span className="block truncate font-medium">{name}</span>
              <span className="block text-sm text-ink-2">
                {coaches.length > 0 && t("people.group_coaches", { names: coaches.join(", ") })}{" "}
                {members_see !== null && members > 0 && many("people.group_members", members)}
              </span>
            </span>
            <ButtonLink to={routes.settings("groups")}>{t("people.group_open")}</ButtonLink>
          </li>
        ))}
      </ul>
    </>
  );
}

function Row({ member, only, onRemove }: { member: Member; only: boolean; onRemove: () => void }) {
  const change = useSetRole();
  const { id, username, role, sees, you } = member;
  // What was pressed stays so until the server has answered: a box must not jump back.
  const [wanted, setWanted] = useState<Seen[] | null>(null);
  const set = (chosen: Role, seen: Seen[] | null, done: string): void => {
    change.mutate(
      { member: id, role: chosen, sees: seen },
      {
        onSuccess: () => {
          say(done);
        },
        onError: failed,
        onSettled: () => {
          setWanted(null);
        },
      },
    );
  };
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-3 py-2" data-member={username}>
      <Initial name={username} />
      <span className="min-w-32 flex-1 truncate font-medium">
        {username}
        {you && <span className="label ml-2 font-normal">{t("people.you")}</span>}
      </span>
      <Pick
        name={t("people.role_of", { name: username })}
        value={change.isPending ? change.variables.role : role}
        disabled={change.isPending || only}
        onChange={({ target }) => {
          const chosen = ROLES.find((one) => one === target.value);
          if (chosen === undefined) return;
          set(chosen, null, t("people.role_set", { name: username, role: inSentence(roleText(NAMES[chosen])) }));
        }}
      >
        {ROLES.map((one) => (
          <option key={one} value={one}>
            {roleText(NAMES[one])}
          </option>
        ))}
      </Pick>
      {!only && (
        <Button kind="danger" onClick={onRemove}>
          {t(you ? "people.leave" : "people.remove")}
        </Button>
      )}
      {role === "viewer" && (
        <div className="w-full pl-11">
          <SeesChoice
            name={username}
            sees={wanted ?? sees}
            disabled={change.isPending}
            onChange={(seen) => {
              setWanted(seen);
              set("viewer", seen, t("people.sees_set", { name: username }));
            }}
          />
        </div>
      )}
    </li>
  );
}

/** Somebody with a role for a while. */
function ForAWhile({ member: { id, username, role, you }, until }: { member: Member; until: string }) {
  const end = useEndTemporaryRole();
  const wish = usePreferences();
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-3 py-2" data-member={username}>
      <Initial name={username} />
      <span className="min-w-32 flex-1">
        <span className="block truncate font-medium">
          {username}
          {you && <span className="label ml-2 font-normal">{t("people.you")}</span>}
        </span>
        <span className="block text-sm text-ink-2">
          {t("people.until", { role: roleText(NAMES[role]), day: instant(until, wish) })}
        </span>
      </span>
      <Button
        kind="danger"
        busy={end.isPending}
        onClick={() => {
          end.mutate(id, {
            onSuccess: () => {
              say(t("people.ended", { name: username }));
            },
            onError: failed,
          });
        }}
      >
        {t("people.end")}
      </Button>
    </li>
  );
}

function Initial({ name }: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className={classes(
        "grid size-8 place-items-center rounded-full bg-accent-soft text-sm font-semibold",
        "text-accent uppercase",
      )}
    >
      {name.slice(0, 1)}
    </span>
  );
}

function Remove({ member: { id, username, you }, onClose }: { member: Member; onClose: () => void }) {
  const remove = useRemoveMember();
  const athlete = useAthlete();
  const go = (): void => {
    remove.mutate(id, {
      onSuccess: () => {
        if (you) {
          lookAt("", routes.today);
          return;
        }
        say(t("people.removed", { name: username }));
        onClose();
      },
      onError: failed,
    });
  };
  return (
    <Dialog
      title={
        you ? t("people.leave_title", { name: athlete?.name ?? "" }) : t("people.remove_title", { name: username })
      }
      onClose={onClose}
    >
      <p className="mb-5">{you ? t("people.leave_hint") : t("people.remove_hint", { name: username })}</p>
      <div className="flex justify-end gap-2">
        <Button kind="quiet" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button kind="danger" busy={remove.isPending} onClick={go}>
          {t(you ? "people.leave" : "people.remove")}
        </Button>
      </div>
    </Dialog>
  );
}

/** What somebody who owns the athlete not may do: leave. */
function Leaving() {
  const athlete = useAthlete();
  const { data: session } = useSession();
  const [asking, setAsking] = useState(false);
  const account = session?.account;
  if (!athlete || !account) return null;
  const me: Member = {
    id: account.id,
    username: account.username,
    role: athlete.role,
    sees: athlete.sees,
    until: null,
    you: true,
  };
  return (
    <Part title={athlete.name} lead={roleText(NAMES[athlete.role])}>
      <Button
        kind="danger"
        onClick={() => {
          setAsking(true);
        }}
      >
        {t("people.leave")}
      </Button>
      {asking && (
        <Remove
          member={me}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </Part>
  );
}
