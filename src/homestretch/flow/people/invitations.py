"""Invitations: made by an owner or an administrator, looked at and accepted by whoever has the link."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple

from homestretch.errors import BadRequest, Conflict, HomestretchError, NotFound
from homestretch.flow.accounts import accounts
from homestretch.flow.accounts.accounts import Caller, PasswordsOff, count_wrong_address
from homestretch.flow.accounts.passwords import hash_password
from homestretch.flow.runtime.context import Actor, Context, public_id
from homestretch.flow.security.log import record
from homestretch.model.moment import DAY_MS
from homestretch.model.rights import Role, Seen
from homestretch.model.security.events import Details
from homestretch.store.database import Reader, Writer
from homestretch.store.queries import people as stored
from homestretch.store.queries.grants import Held, seen_of, seen_words
from homestretch.store.queries.people import Invitation
from homestretch.store.scope import Scope

#: How many open invitations there are at most to one athlete or to the server, and for how many days one is open.
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
) -> Sent:
    """Invite somebody to an athlete with a role; `sees` is what a viewer sees.

    Raises BadRequest, or Conflict where too many are open.
    """
    scope.must("people: edit")
    if scope.account_id is None:
        raise BadRequest(reason="An invitation comes from an account. Sign in and invite in Settings.")
    given = {"role": role, "sees": seen_words(role, sees)}
    return _send(context, scope.account_id, scope.athlete_id, given, name, days)


def invite_to_server(context: Context, account_id: int, name: str, *, days: int = USUAL_DAYS) -> Sent:
    """Invite somebody to have an account with an athlete of their own. Raises BadRequest, Conflict."""
    return _send(context, account_id, None, {}, name, days)


def path_of(sent: Sent) -> str:
    """Return an invitation's address on this server; what stands behind the # is sent to no server, and in no log."""
    return f"/join#{sent.token}"


def revoke(context: Context, athlete_id: int | None, shown: str) -> None:
    """Take an invitation to an athlete (None: to the server) back. Raises NotFound."""
    with context.database.write() as session:
        found = stored.invitations_of(session, athlete_id, shown)
        if not found:
            raise NotFound(what="invitation", id=shown)
        stored.set_invitation(session, found[0].id, {"revoked_ms": context.clock()})
        record(session, context, "invitation_revoked", athlete=athlete_id)


def looked_at(context: Context, token: str, *, address: str) -> Invitation:
    """Return the invitation that a token opens. Looking changes nothing. Raises NoInvitation, WrongAddresses."""
    with context.database.read() as reader:
        found = stored.invitation_of_token(reader, token, context.clock())
    if found is None:
        count_wrong_address(context, address=address)
        raise NoInvitation
    return found


def accept(context: Context, caller: Caller, token: str, *, address: str) -> int:
    """Accept an invitation with the account that one has; return the athlete. A role is never lowered by it.

    Raises NoInvitation, or Conflict where there is nothing to be gained.
    """
    looked_at(context, token, address=address)
    with context.database.write() as session:
        found = _take(session, context, token)
        if found.athlete_id is None or found.role is None:
            raise Conflict(reason="You have an account already. This invitation is for somebody without one.")
        held = stored.grant_of(session, caller.account_id, found.athlete_id)
        given = Held(found.role, seen_of(found.role, found.sees))
        if held is not None and held.joined(given) == held:
            raise Conflict(reason=f"You are {held.role} of this athlete already.")
        together = given if held is None else held.joined(given)
        stored.put_grant(session, caller.account_id, found.athlete_id, together.role, together.sees)
        _accepted(session, context, caller.account_id, found)
    return found.athlete_id


def register(context: Context, token: str, username: str, password: str, *, address: str) -> int:
    """Accept an invitation with a new account; return the account.

    To an athlete it gives the role, to the server an athlete of one's own. Raises NoInvitation, PasswordsOff,
    WeakPassword, BadRequest, Conflict.
    """
    if not context.settings.takes_passwords:
        raise PasswordsOff
    context = replace(context, actor=Actor("link", None, address))
    looked_at(context, token, address=address)  # before the password is hashed, which anybody could ask for otherwise
    hashed = hash_password(password, username)
    with context.database.write() as session:
        found = _take(session, context, token)
        account_id = accounts.create_invited(session, context, username, hashed, with_athlete=found.athlete_id is None)
        _give(session, account_id, found)
        _accepted(session, context, account_id, found)
    return account_id


def _give(session: Writer, account_id: int, found: Invitation) -> None:
    """Give an account what an invitation to an athlete gives."""
    if found.athlete_id is not None and found.role is not None:
        stored.put_grant(session, account_id, found.athlete_id, found.role, seen_of(found.role, found.sees))


def _accepted(session: Writer, context: Context, account_id: int, found: Invitation) -> None:
    details: Details = {} if found.role is None else {"role": found.role}
    record(session, context, "invitation_accepted", account=account_id, athlete=found.athlete_id, details=details)


def _take(session: Writer, context: Context, token: str) -> Invitation:
    """Return an invitation that is used up by this. Raises NoInvitation."""
    found = stored.invitation_of_token(session, token, context.clock())
    if found is None or not stored.take_invitation(session, found.id, context.clock()):
        raise NoInvitation
    return found


def _send(
    context: Context, account_id: int, athlete_id: int | None, given: Mapping[str, str | None], name: str, days: int
) -> Sent:
    if not 1 <= days <= LONGEST_DAYS:
        raise BadRequest(reason=f"An invitation is open for 1 to {LONGEST_DAYS} days.")
    if not name.strip():
        raise BadRequest(reason="Give the invitation a name, such as who it is for.")
    now = context.clock()
    sent = Sent(public_id(), secrets.token_urlsafe(TOKEN_BYTES))
    values = {
        "public_id": sent.public_id,
        "account_id": account_id,
        "athlete_id": athlete_id,
        **given,
        "name": name.strip()[:100],
        "until_ms": now + days * DAY_MS,
        "created_ms": now,
    }
    with context.database.write() as session:
        _must_have_room(session, athlete_id, now)
        stored.add_invitation(session, sent.token, values)
        details: Details = {"role": given["role"] or ""} if given else {}
        record(session, context, "invitation_made", athlete=athlete_id, details=details)
    return sent


def _must_have_room(reader: Reader, athlete_id: int | None, now: int) -> None:
    if stored.open_invitations(reader, athlete_id, now) >= MOST:
        raise Conflict(reason=f"{MOST} invitations are open. Take one back first.")
