"""Sessions: begun at a sign-in, given a new token when the person confirms who it is, ended."""

import secrets
from dataclasses import replace

from homestretch.errors import ConfirmIdentity, NotFound
from homestretch.flow.accounts.accounts import Caller, digest
from homestretch.flow.accounts.passwords import folded
from homestretch.flow.runtime.context import Actor, Context
from homestretch.flow.runtime.notifications import warn
from homestretch.flow.security.log import network_of, record
from homestretch.store.database import Writer
from homestretch.store.queries import sessions as stored
from homestretch.store.queries.second_factors import is_required
from homestretch.store.queries.sessions import NewSession, Session

#: So long after a sign-in, or after confirming who it is, credentials may be changed.
STRONG_MS = 10 * 60_000
#: So long a browser keeps a token; the session may end before.
COOKIE_MS = max(stored.LONGEST_MS.values())
#: So long a person may take between the password and a code.
HALF_LASTS_MS = stored.HALF_MS
#: A session's last use is kept to the hour.
SEEN_MS = 3_600_000
MOST_AGENT = 300
#: So much of the hash of a session's token is its name; nobody finds the token by it.
NAME_LENGTH = 16


def open_by_password(context: Context, account_id: int, *, agent: str = "", address: str = "") -> str:
    """Return the token of a new session of somebody who gave the password, or has just set it."""
    return open_session(context, NewSession(account_id, "password", agent, address))


def open_session(context: Context, new: NewSession) -> str:
    """Return the token of a new session."""
    with context.database.write() as session:
        return opened(session, new, context)


def opened(session: Writer, new: NewSession, context: Context) -> str:
    """Return the token of a new session that begins with the transaction's end."""
    token, now = secrets.token_urlsafe(32), context.clock()
    kept = replace(new, agent=new.agent[:MOST_AGENT].replace("\0", ""), address=network_of(new.address))
    agents = {one.agent for one in stored.sessions_of(session, new.account_id, now)}
    stored.add_session(session, digest(token), kept, now)
    actor = Actor(new.kind, new.account_id, new.address)
    record(session, context, "signed_in", account=new.account_id, actor=actor)
    # Of the first one, and after all have ended, nothing says which devices are known.
    if agents and kept.agent and kept.agent not in agents:
        warn(session, new.account_id, now, "new_device", {"about": kept.agent})
    return token


def caller_of_session(context: Context, token: str, proxy_user: str | None = None) -> Caller | None:
    """Return who holds the session, or None when it has ended; keeps that it is used.

    A password alone is no session for whoever has to have a second factor. One by a proxy holds while that names the
    same account as `proxy_user`.
    """
    now = context.clock()
    with context.database.read() as reader:
        found = stored.session_of(reader, digest(token), now)
        alone = found is not None and found.kind == "password" and not found.has_factor
        if found is None or (alone and is_required(reader, context.settings, found.is_admin)):
            return None
    if found.kind == "proxy" and (proxy_user is None or folded(proxy_user) != folded(found.username)):
        return None
    if now - found.seen_ms > SEEN_MS and not context.database.frozen:
        with context.database.write() as session:
            stored.see_session(session, found.token_hash, now)
    return Caller(found.account_id, found.username, found.is_admin, session_hash=found.token_hash)


def sign_out(context: Context, token: str) -> Session | None:
    """End the session and return what it was; None where it had ended."""
    with context.database.write() as session:
        found = stored.session_of(session, digest(token), context.clock())
        stored.end_session(session, digest(token))
        if found is not None:
            actor = replace(context.actor, account_id=found.account_id)
            record(session, context, "signed_out", account=found.account_id, actor=actor)
    return found


def confirmed(context: Context, caller: Caller) -> str:
    """Keep that the caller has just shown who it is, and return the new token of the session. Raises NotFound."""
    token = secrets.token_urlsafe(32)
    with context.database.write() as session:
        if not stored.renew_session(session, caller.session_hash or "", digest(token), context.clock()):
            raise NotFound(what="session of", id=caller.username)
    return token


def must_be_confirmed(context: Context, caller: Caller) -> None:
    """Pass who showed who it is a short while ago. Raises ConfirmIdentity."""
    now = context.clock()
    with context.database.read() as reader:
        found = stored.session_of(reader, caller.session_hash or "", now)
    if found is None or now - found.strong_ms > STRONG_MS:
        raise ConfirmIdentity


def end_named(context: Context, account_id: int, name: str) -> None:
    """End one of an account's sessions by its name. Raises NotFound."""
    with context.database.write() as session:
        if len(name) != NAME_LENGTH or not stored.end_sessions(session, account_id, begins=name):
            raise NotFound(what="session", id=name)
        record(session, context, "sessions_ended", account=account_id, details={"sessions": 1})


def end_others(context: Context, account_id: int, caller: Caller) -> None:
    """End all sessions of an account but the caller's own."""
    with context.database.write() as session:
        _end(session, context, account_id, but=caller.session_hash)


def end_all(context: Context, account_id: int) -> None:
    """End all sessions of an account."""
    with context.database.write() as session:
        _end(session, context, account_id)


def _end(session: Writer, context: Context, account_id: int, *, but: str | None = None) -> None:
    if ended := stored.end_sessions(session, account_id, but=but):
        record(session, context, "sessions_ended", account=account_id, details={"sessions": ended})
