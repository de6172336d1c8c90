"""Invitations: made by an owner or an administrator, looked at and accepted by whoever has the link."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple

from homestretch.errors import BadRequest, Conflict, HomestretchError, NotFound
from homestretch.flow.accounts import accounts
from homestretch.flow.accounts.accounts import Caller, PasswordsOff, count_wrong_address
from homestretch.flow.accounts.passwords import hash_password
from homestretch.flow.people import groups
from homestretch.flow.people.members import give_for_hours, must_be_for_a_while
from homestretch.flow.runtime.context import Actor, Context, public_id
from homestretch.flow.security.log import record
from homestretch.model.moment import DAY_MS
from homestretch.model.rights import GroupRole, Role, Seen
from homestretch.model.security.events import Details
from homestretch.store.database import Reader, Writer
from homestretch.store.queries import invitations as stored
from homestretch.store.queries.grants import Held, seen_of, seen_words
from homestretch.store.queries.invitations import Invitation, InvitedTo
from homestretch.store.queries.people import grant_of, put_grant
from homestretch.store.scope import Scope

#: How many open invitations there are at most to one athlete, group or server, and for how many days one is open.
MOST, LONGEST_DAYS, USUAL_DAYS = 20, 30, 7
TOKEN_BYTES = 32


class NoInvitation(HomestretchError):
    """This invitation leads nowhere. It may have ended, or have been used. Ask for a new one."""

    status = 404


class Sent(NamedTuple):
    """An invitation's public id, and its token, which is not kept."""

    public_id: str
    token: str


def invite(
    context: Context,
    scope: Scope,
    role: Role,
    name: str,
    *,
    days: int = USUAL_DAYS,
    sees: Collection[Seen] | None = None,
    hours: int | None = None,
) -> Sent:
    """Invite somebody to an athlete with a role, for so many hours once it is accepted, or (None) for good.

    `sees` is what a viewer sees.

    Raises BadRequest, or Conflict where too many are open.
    """
    scope.must("people: edit")
    if scope.account_id is None:
        raise BadRequest(reason="An invitation comes from an account. Sign in and invite in Settings.")
    must_be_for_a_while(role, hours)
    given: dict[str, object] = {"role": role, "sees": seen_words(role, sees), "hours": hours}
    return _send(context, scope.account_id, InvitedTo(athlete_id=scope.athlete_id), given, name, days)


def invite_to_group(
    context: Context, account_id: int, shown: str, role: GroupRole, name: str, *, days: int = USUAL_DAYS, many: bool
) -> Sent:
    """Invite somebody to a group that an account leads, or everybody who has the link; return the group too.

    Only members come by a link for many. Raises NotFound, Forbidden, BadRequest, Conflict.
    """
    if many and role != "member":
        raise BadRequest(reason="A link for many makes members. Invite each coach by a link of their own.")
    with context.database.read() as reader:
        group = groups.led(reader, account_id, shown)
    return _send(context, account_id, InvitedTo(group_id=group.id), {"group_role": role, "many": many}, name, days)


def invite_to_server(context: Context, account_id: int, name: str, *, days: int = USUAL_DAYS) -> Sent:
    """Invite somebody to have an account with an athlete of their own. Raises BadRequest, Conflict."""
    return _send(context, account_id, InvitedTo(), {}, name, days)


def path_of(sent: Sent) -> str:
    """Return an invitation's address on this server; what stands behind the # is sent to no server, and in no log."""
    return f"/join#{sent.token}"


def revoke(context: Context, scope: Scope, shown: str) -> None:
    """Take an invitation to an athlete back. Raises NotFound."""
    scope.must("people: edit")
    _revoke(context, InvitedTo(athlete_id=scope.athlete_id), shown)


def revoke_to_group(context: Context, account_id: int, group: str, shown: str) -> None:
    """Take an invitation to a group that an account leads back. Raises NotFound, Forbidden."""
    with context.database.read() as reader:
        to = InvitedTo(group_id=groups.led(reader, account_id, group).id)
    _revoke(context, to, shown)


def revoke_to_server(context: Context, shown: str) -> None:
    """Take an invitation to the server back. Raises NotFound."""
    _revoke(context, InvitedTo(), shown)


def _revoke(context: Context, to: InvitedTo, shown: str) -> None:
    with context.database.write() as session:
        found = stored.invitation_named(session, shown)
        if found is None or found.to != to:
            raise NotFound(what="invitation", id=shown)
        stored.set_invitation(session, found.id, {"revoked_ms": context.clock()})
        record(session, context, "invitation_revoked", athlete=to.athlete_id)


def looked_at(context: Context, token: str, *, address: str) -> Invitation:
    """Return the invitation that a token opens. Looking changes nothing. Raises NoInvitation, WrongAddresses."""
    with context.database.read() as reader:
        found = stored.invitation_of_token(reader, token, context.clock())
    if found is None:
        count_wrong_address(context, address=address)
        raise NoInvitation
    return found


def accept(context: Context, caller: Caller, token: str, *, address: str) -> Invitation:
    """Accept an invitation with the account that one has; return it. A role is never lowered by it.

    Raises NoInvitation, or Conflict where there is nothing to be gained.
    """
    looked_at(context, token, address=address)
    with context.database.write() as session:
        found = _take(session, context, token)
        if found.group_id is not None:
            _give(session, context, caller.account_id, found)
        elif found.athlete_id is None or found.role is None:
            raise Conflict(reason="You have an account already. This invitation is for somebody without one.")
        else:
            held = grant_of(session, caller.account_id, found.athlete_id)
            given = Held(found.role, seen_of(found.role, found.sees))
            if held is not None and held.joined(given) == held:
                raise Conflict(reason=f"You are {held.role} of this athlete already.")
            if found.hours is not None:
                give_for_hours(session, context, found.athlete_id, caller.account_id, given, found.hours)
            else:
                together = given if held is None else held.joined(given)
                put_grant(session, caller.account_id, found.athlete_id, together.role, together.sees)
        _accepted(session, context, caller.account_id, found)
    return found


def register(context: Context, token: str, username: str, password: str, *, address: str) -> int:
    """Accept an invitation with a new account; return the account.

    To an athlete it gives the role, to a group or the server an athlete of one's own.

    Raises NoInvitation, PasswordsOff, WeakPassword, BadRequest, Conflict.
    """
    if not context.settings.takes_passwords:
        raise PasswordsOff
    context = replace(context, actor=Actor("link", None, address))
    looked_at(context, token, address=address)  # before the password is hashed, which anybody could ask for otherwise
    hashed = hash_password(password, username)
    with context.database.write() as session:
        found = _take(session, context, token)
        account_id = accounts.create_invited(session, context, username, hashed, with_athlete=found.athlete_id is None)
        _give(session, context, account_id, found)
        _accepted(session, context, account_id, found)
    return account_id


def _give(session: Writer, context: Context, account_id: int, found: Invitation) -> None:
    """Give an account what an invitation to an athlete or a group gives. Raises Conflict."""
    if found.athlete_id is not None and found.role is not None:
        given = Held(found.role, seen_of(found.role, found.sees))
        if found.hours is None:
            put_grant(session, account_id, found.athlete_id, given.role, given.sees)
        else:
            give_for_hours(session, context, found.athlete_id, account_id, given, found.hours)
    if found.group_id is not None and found.group_role is not None:
        groups.join(session, context, found.group_id, account_id, found.group_role)


def _accepted(session: Writer, context: Context, account_id: int, found: Invitation) -> None:
    role = found.role or found.group_role
    details: Details = {} if role is None else {"role": role}
    record(session, context, "invitation_accepted", account=account_id, athlete=found.athlete_id, details=details)


def _take(session: Writer, context: Context, token: str) -> Invitation:
    """Return an invitation that is used up by this. Raises NoInvitation."""
    found = stored.invitation_of_token(session, token, context.clock())
    if found is None or not stored.take_invitation(session, found, context.clock()):
        raise NoInvitation
    return found


def _send(context: Context, account_id: int, to: InvitedTo, given: Mapping[str, object], name: str, days: int) -> Sent:
    if not 1 <= days <= LONGEST_DAYS:
        raise BadRequest(reason=f"An invitation is open for 1 to {LONGEST_DAYS} days.")
    if not name.strip():
        raise BadRequest(reason="Give the invitation a name, such as who it is for.")
    now = context.clock()
    sent = Sent(public_id(), secrets.token_urlsafe(TOKEN_BYTES))
    values = {
        "public_id": sent.public_id,
        "account_id": account_id,
        **given,
        "name": name.strip()[:100],
        "until_ms": now + days * DAY_MS,
        "created_ms": now,
    }
    with context.database.write() as session:
        _must_have_room(session, to, now)
        stored.add_invitation(session, sent.token, to, values)
        role = given.get("role") or given.get("group_role")
        details: Details = {} if role is None else {"role": str(role)}
        record(session, context, "invitation_made", athlete=to.athlete_id, details=details)
    return sent


def _must_have_room(reader: Reader, to: InvitedTo, now: int) -> None:
    if stored.open_invitations(reader, to, now) >= MOST:
        raise Conflict(reason=f"{MOST} invitations are open. Take one back first.")
