"""Links that set a new password, good for once: made by an administrator and open for a day, or sent by e-mail."""

import logging
import secrets
from typing import NamedTuple

from homestretch.errors import Conflict, HomestretchError, NotFound
from homestretch.flow.accounts.accounts import Caller, PasswordsOff, count_wrong_address, digest, forget_tries
from homestretch.flow.accounts.passwords import folded, hash_password
from homestretch.flow.accounts.sessions import must_be_confirmed
from homestretch.flow.runtime.context import Actor, Context
from homestretch.flow.runtime.notifications import warn
from homestretch.flow.security.log import record
from homestretch.model.moment import DAY_MS
from homestretch.store.database import Writer
from homestretch.store.queries import password_resets as stored
from homestretch.store.queries.accounts import has_password, username_of
from homestretch.store.queries.password_resets import Reset

log = logging.getLogger("homestretch.sign_in")
TOKEN_BYTES = 32


class NoReset(HomestretchError):
    """This link leads nowhere. It may have ended, or have been used. Ask for a new one."""

    status = 404


class MadeReset(NamedTuple):
    """A new link: its address on this server, which is not kept, and until when it is open (UTC ms)."""

    path: str
    until_ms: int


def make(context: Context, account_id: int, by: Caller | None) -> MadeReset:
    """Make a link that sets a new password of an account; an earlier one ends. `by` None: on the server itself.

    Raises ConfirmIdentity, PasswordsOff, NotFound, or Conflict where there is no password.
    """
    if by is not None:
        must_be_confirmed(context, by)
    if not context.settings.takes_passwords:
        raise PasswordsOff
    now = context.clock()
    with context.database.write() as session:
        if not username_of(session, account_id):
            raise NotFound(what="account", id=account_id)
        if not has_password(session, account_id):
            raise Conflict(reason="This account has no password: its person signs in with a provider.")
        by_account = None if by is None else by.account_id
        path = new_path(session, account_id, by_account, now + DAY_MS)
        warn(session, account_id, now, "reset_link_made", {})
        record(session, context, "reset_link_made", account=account_id)
    log.warning("link for a new password made", extra={"account": account_id, "by": by_account})
    return MadeReset(path, now + DAY_MS)


def new_path(session: Writer, account_id: int, by_account: int | None, until_ms: int) -> str:
    """Return the address on this server of a new link for an account; an earlier one ends."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    stored.put_reset(session, account_id, by_account, digest(token), until_ms)
    # What stands behind the # is sent to no server, and is in no log.
    return f"/reset#{token}"


def looked_at(context: Context, token: str, *, address: str) -> Reset:
    """Return whose password a link sets. Looking changes nothing. Raises NoReset, WrongAddresses."""
    with context.database.read() as reader:
        found = stored.reset_of(reader, digest(token), context.clock())
    if found is None or not context.settings.takes_passwords:
        count_wrong_address(context, address=address)
        raise NoReset
    return found


def set_password(context: Context, token: str, password: str, *, keep_tokens: bool, address: str) -> None:
    """Set a new password by a link, which is used up; the account is signed out everywhere.

    A second factor is asked for afterwards as ever. Raises NoReset, WrongAddresses, WeakPassword.
    """
    found = looked_at(context, token, address=address)  # before the password is hashed, which takes its time
    hashed = hash_password(password, found.username)
    now = context.clock()
    with context.database.write() as session:
        again = stored.reset_of(session, digest(token), now)
        if again is None or not stored.take_reset(session, digest(token)):
            raise NoReset
        stored.put_password(session, again.account_id, hashed, keep_tokens=keep_tokens)
        forget_tries(session, f"name:{folded(again.username)}")
        warn(session, again.account_id, now, "password_reset", {})
        actor = Actor("link", again.account_id, address)
        record(session, context, "password_reset", account=again.account_id, actor=actor)
    log.warning("password set by a link", extra={"account": found.account_id})
