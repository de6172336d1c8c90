"""Links by which athletes share what they choose: made, changed, revoked, and opened by whoever has one."""

import secrets
from collections.abc import Sequence

from homestretch.errors import BadRequest, Conflict, HomestretchError, NotFound
from homestretch.flow.accounts.accounts import charge, count_wrong_address, forget_tries, forgive
from homestretch.flow.accounts.passwords import hash_password, is_right
from homestretch.flow.runtime.context import Context, public_id
from homestretch.flow.runtime.notifications import announce
from homestretch.flow.runtime.secret_store import KeyMissing, keys
from homestretch.flow.security.log import record
from homestretch.model.moment import DAY_MS, day_of
from homestretch.model.sharing import Aspect, Subject
from homestretch.store.database import Writer
from homestretch.store.queries import shares as stored
from homestretch.store.queries.shares import StoredShare
from homestretch.store.scope import Scope

#: How many open links an athlete has at most, for how many days one is open, and what is so by default.
MOST, LONGEST_DAYS, USUAL_DAYS = 500, 366, 30
#: Of a token's bytes base64 makes 22 characters.
TOKEN_BYTES = 16


class NoShare(HomestretchError):
    """This link leads nowhere. It may have ended, or have been taken back. Ask for a new one."""

    status = 404


class PasswordNeeded(HomestretchError):
    """This link asks for a password. Ask for it where you got the link."""

    status = 403


class WrongSharePassword(HomestretchError):
    """Wrong password for this link."""

    status = 403


def make(
    context: Context,
    scope: Scope,
    subject: Subject,
    hidden: Sequence[Aspect],
    *,
    days: int | None = USUAL_DAYS,
    password: str | None = None,
) -> str:
    """Make a link that is open for so many days (None: no end); return its public id.

    Raises Conflict where links are off or there are too many, BadRequest, WeakPassword.
    """
    scope.must("shares: edit")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    values = {
        "public_id": public_id(),
        "kind": subject.kind,
        "subject": subject.id,
        "token": keys(context.settings).seal(token),
        "hidden": list(hidden),
        "until_ms": _until(context, days),
        "password_hash": None if password is None else hash_password(password, ""),
        "created_ms": context.clock(),
    }
    with context.database.write() as session:
        if not stored.links_are_on(session, context.settings):
            raise Conflict(reason="Links are off on this server. An administrator can switch them on in Settings.")
        _must_have_room(session, scope)
        stored.add_share(session, scope, token, values)
        record(session, context, "link_made", athlete=scope.athlete_id)
    return str(values["public_id"])


def change(
    context: Context,
    scope: Scope,
    shown: str,
    *,
    hidden: Sequence[Aspect] | None = None,
    days: int | None = None,
    endless: bool = False,
    password: str | None = None,
    without_password: bool = False,
) -> None:
    """Change what a link hides, for how many days from now it is open, or its password. What is None stays.

    Raises NotFound, BadRequest, WeakPassword.
    """
    scope.must("shares: edit")
    values: dict[str, object] = {} if hidden is None else {"hidden": list(hidden)}
    if days is not None or endless:
        values["until_ms"] = _until(context, days)
    if password is not None or without_password:
        values["password_hash"] = None if password is None else hash_password(password, "")
    with context.database.write() as session:
        share = _own(session, scope, shown)
        if share.revoked_ms is not None:
            raise NotFound(what="link", id=shown)
        if values:
            stored.set_share(session, share.id, values)
            record(session, context, "link_changed", athlete=scope.athlete_id)


def revoke(context: Context, scope: Scope, shown: str) -> None:
    """Take a link back: it leads nowhere from now on. `restore` undoes it. Raises NotFound."""
    scope.must("shares: edit")
    with context.database.write() as session:
        stored.set_share(session, _own(session, scope, shown).id, {"revoked_ms": context.clock()})
        record(session, context, "link_revoked", athlete=scope.athlete_id)


def restore(context: Context, scope: Scope, shown: str) -> None:
    """Let a link that was taken back lead there again. Raises NotFound, Conflict."""
    scope.must("shares: edit")
    with context.database.write() as session:
        share = _own(session, scope, shown)
        if share.revoked_ms is not None:
            _must_have_room(session, scope)
        stored.set_share(session, share.id, {"revoked_ms": None})
        record(session, context, "link_restored", athlete=scope.athlete_id)


def set_hidden_by_default(context: Context, scope: Scope, hidden: Sequence[Aspect]) -> None:
    """Choose what new links hide; those that are there stay as they are."""
    scope.must("shares: edit")
    with context.database.write() as session:
        stored.put_hidden_by_default(session, scope.athlete_id, hidden, context.clock())


def opened(context: Context, token: str, password: str | None = None, *, address: str) -> StoredShare:
    """Return the link that a token opens, for whoever has it, and its password where it has one.

    Raises NoShare, PasswordNeeded, WrongSharePassword, TooManyTries.
    """
    with context.database.read() as reader:
        on = stored.links_are_on(reader, context.settings)
        share = stored.share_of_token(reader, token, context.clock()) if on else None
    if share is None:
        count_wrong_address(context, address=address)
        raise NoShare
    if share.password_hash is not None:
        if password is None:
            raise PasswordNeeded
        _check(context, share, password, address)
    return share


def path_of(context: Context, share: StoredShare) -> str | None:
    """Return a link's address on this server; None once the key that sealed it is lost."""
    try:
        return f"/s/{keys(context.settings).open(share.token)}"
    except KeyMissing:
        return None


def count_open(context: Context, share: StoredShare) -> None:
    """Count that a link was opened."""
    now = context.clock()
    with context.database.write() as session:
        first = share.id not in stored.opens_of(session, share.athlete_id)
        stored.count_open(session, share.id, day_of(now))
        if first:
            announce(session, share.athlete_id, now, "share_opened", share.public_id, {})


def _check(context: Context, share: StoredShare, password: str, address: str) -> None:
    by_link, by_address = f"share:{share.id}", f"address:share {address}"
    charge(context, [by_link, by_address])
    if not is_right(password, share.password_hash):
        raise WrongSharePassword
    with context.database.write() as session:
        forgive(session, by_address, context.clock())
        forget_tries(session, by_link)


def _until(context: Context, days: int | None) -> int | None:
    if days is None:
        return None
    if not 1 <= days <= LONGEST_DAYS:
        raise BadRequest(reason=f"A link is open for 1 to {LONGEST_DAYS} days, or has no end.")
    return context.clock() + days * DAY_MS


def _must_have_room(session: Writer, scope: Scope) -> None:
    if stored.open_shares(session, scope.athlete_id) >= MOST:
        raise Conflict(reason=f"You have {MOST} links. Take one back first.")


def _own(session: Writer, scope: Scope, shown: str) -> StoredShare:
    found = stored.shares_of(session, scope.athlete_id, shown)
    if not found:
        raise NotFound(what="link", id=shown)
    return found[0]
