"""Accounts, sign-in, sessions and tokens: who may act, and for which athletes."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from homestretch.errors import BadRequest, Conflict, HomestretchError, NotFound
from homestretch.flow.accounts.passwords import folded, hash_password, is_right
from homestretch.flow.runtime.context import Context
from homestretch.flow.security.log import forget_account, record, record_refusal
from homestretch.model.documents.people import TokenRight, TokenScope
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.accounts import NO_PASSWORD
from homestretch.store.queries.password_resets import put_password
from homestretch.store.queries.sign_in import locked_admins, set_admin
from homestretch.store.tables.kept import accounts, athletes, demos, grants
from homestretch.store.tables.ops import throttles

FREE_TRIES = 5
FIRST_WAIT_MS = 2_000
LONGEST_WAIT_MS = 15 * 60_000


class WrongPassword(HomestretchError):
    """Wrong user name or password."""

    status = 401
    exit_code = 3


class PasswordsOff(HomestretchError):
    """This server takes no passwords. Sign in with a provider."""

    status = 403
    exit_code = 3


class WrongCode(HomestretchError):
    """Wrong one-time code. The right one is in the terminal or log where Homestretch was started."""

    status = 403


class TooManyTries(HomestretchError):
    """Too many failed sign-ins. Try again in {retry_after_s} seconds."""

    status = 429
    exit_code = 4


class WrongAddresses(TooManyTries):
    """Too many requests for addresses that lead nowhere. Try again in {retry_after_s} seconds."""


class TooManyTests(TooManyTries):
    """Too many tests of channels. Try again in {retry_after_s} seconds."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is asking: an account, signed in or by a token of limited scope, which is never an administrator's.

    `may` is what a token for MCP may do besides reading about training.
    """

    account_id: int
    username: str
    is_admin: bool
    scope: TokenScope = "write"
    token_id: int | None = None
    session_hash: str | None = None
    may: tuple[TokenRight, ...] = ()

    @property
    def by_token(self) -> bool:
        """Whether a token stands for a sign-in."""
        return self.token_id is not None

    @property
    def mcp_scopes(self) -> tuple[str, ...]:
        """What a token may do at the MCP server (`read`, `health`, `propose`): what it may do elsewhere."""
        if self.scope == "mcp":
            return ("read", *self.may)
        return {"read": ("read", "health"), "write": ("read", "health", "propose")}.get(self.scope, ())


def set_up_done(reader: Reader) -> bool:
    """Return whether there is an account yet."""
    return bool(reader.scalar(select(func.count()).select_from(accounts)))


def check_code(context: Context, given: str, expected: str | None, *, address: str) -> None:
    """Pass who gives the one-time code of the first visit, where one is asked for.

    Raises Conflict where Homestretch is set up already, WrongCode, or TooManyTries.
    """
    with context.database.read() as reader:
        _must_be_first(reader)
    if expected is None:
        return
    if not given.strip():
        raise WrongCode  # asked for, not guessed
    charge(context, [f"code:{address}"])
    if not hmac.compare_digest(expected.encode(), given.strip().encode()):
        raise WrongCode


def set_up(context: Context, username: str, password: str) -> int:
    """Create the first account, an administrator, with an athlete of its own. Raises Conflict if there is one."""
    with context.database.read() as reader:  # before the password is hashed, which anybody could ask for otherwise
        _must_be_first(reader)
    hashed = hash_password(password, username)
    with context.database.write() as session:
        _must_be_first(session)
        return _create(session, context, username, hashed, is_admin=True, athlete=None)


def _must_be_first(reader: Reader) -> None:
    if set_up_done(reader):
        raise Conflict(reason="Homestretch is already set up. Sign in instead.")


def create_account(
    context: Context, username: str, password: str, *, is_admin: bool, athlete: str | None = None
) -> int:
    """Create an account with an athlete of its own (named like it unless `athlete` says) and return its id."""
    hashed = hash_password(password, username)
    with context.database.write() as session:
        return _create(session, context, username, hashed, is_admin=is_admin, athlete=athlete)


def create_without_password(session: Writer, context: Context, username: str) -> int:
    """Create an ordinary account with an athlete of its own, for somebody who signs in at a provider."""
    return _create(session, context, username, NO_PASSWORD, is_admin=False, athlete=None)


def create_invited(session: Writer, context: Context, username: str, hashed: str, *, with_athlete: bool) -> int:
    """Create an ordinary account for somebody who was invited: to the server, or to an athlete that is there."""
    return _create(session, context, username, hashed, is_admin=False, athlete=None, with_athlete=with_athlete)


def _create(
    session: Writer,
    context: Context,
    username: str,
    hashed: str,
    *,
    is_admin: bool,
    athlete: str | None,
    with_athlete: bool = True,
) -> int:
    username = username.strip()
    if not 1 <= len(username) <= 64:
        raise BadRequest(reason="A user name has 1 to 64 characters.")
    if known_by_name(session, username) is not None:
        raise Conflict(reason=f"The user name {username} is taken. Choose another one.")
    now = context.clock()
    row = {"username": username, "password_hash": hashed, "is_admin": is_admin, "preferences": {}, "created_ms": now}
    first = not set_up_done(session)
    account_id = session.add(insert(accounts), row)
    # The first account gets what was imported on the command line before there was any account. Later ones do not: an
    # administrator hands over what a removed account had. A demo athlete is no one's own data.
    there = _athletes(session) if first and is_admin and athlete is None else []
    mine = [row.id for row in there]
    if with_athlete and all(row.is_demo for row in there):
        mine.append(session.add(insert(athletes), {"name": athlete or username, "created_ms": now}))
    for athlete_id in mine:
        session.run(insert(grants), {"account_id": account_id, "athlete_id": athlete_id, "role": "owner"})
    record(session, context, "account_made", account=account_id)
    return account_id


def known_by_name(reader: Reader, username: str) -> Row[Any] | None:
    """Return the account of a name, however it is capitalised in whatever script."""
    rows = reader.rows(select(accounts.c.id, accounts.c.username, accounts.c.password_hash))
    return next((row for row in rows if folded(row.username) == folded(username)), None)


def athlete_named(context: Context, name: str | None) -> int:
    """Return the athlete of that name or number, or the only one; the first one is made on first use.

    A demo athlete is meant only by its name. Raises BadRequest where there are several and none is named.
    """
    with context.database.read() as reader:
        found = _meant(reader, name)
    if not found and name is None:
        with context.database.write() as session:
            found = _meant(session, name)
            if not found:
                return session.add(insert(athletes), {"name": "Athlete", "created_ms": context.clock()})
    wanted = [row.id for row in found]
    if not wanted:
        raise NotFound(what="athlete", id=name)
    if len(wanted) > 1:
        raise BadRequest(
            reason=f"There are several athletes. Choose one with --athlete: {', '.join(row.name for row in found)}."
        )
    return int(wanted[0])


def athlete_to_show(context: Context, name: str | None) -> int:
    """Return the athlete as `athlete_named` does, or the demo athlete where there is no other one and none is named."""
    with context.database.read() as reader:
        there = _athletes(reader)
    if name is None and len(there) == 1:
        return int(there[0].id)
    return athlete_named(context, name)


def _meant(reader: Reader, name: str | None) -> list[Row[Any]]:
    """Return the athletes that a name or number means; without a name, all but demos."""
    found = _athletes(reader)
    if name is None:
        return [row for row in found if not row.is_demo]
    return [row for row in found if name in (row.name, str(row.id))]


def _athletes(reader: Reader) -> list[Row[Any]]:
    """Return (id, name, is_demo) of every athlete that is not about to be removed."""
    is_demo = demos.c.athlete_id.is_not(None).label("is_demo")
    query = select(athletes.c.id, athletes.c.name, is_demo).outerjoin(demos, demos.c.athlete_id == athletes.c.id)
    return list(reader.rows(query.where(athletes.c.removed_ms.is_(None)).order_by(athletes.c.id)))


def remove_account(context: Context, account_id: int) -> None:
    """Remove an account, its sessions and its tokens; the athlete's data stays. The last administrator stays too."""
    with context.database.write() as session:
        if locked_admins(session) == [account_id]:
            raise Conflict(reason="This is the only administrator. Make another account an administrator first.")
        if not session.run(delete(accounts).where(accounts.c.id == account_id)):
            raise NotFound(what="account", id=account_id)
        forget_account(session, context, account_id)


def make_admin(context: Context, account_id: int, is_admin: bool) -> None:
    """Make an account an administrator's, or an ordinary one. Raises Conflict for the last administrator."""
    with context.database.write() as session:
        if not is_admin and locked_admins(session) == [account_id]:
            raise Conflict(reason="This is the only administrator. Make another account an administrator first.")
        set_admin(session, account_id, is_admin)
        record(session, context, "administrator_given" if is_admin else "administrator_taken", account=account_id)


def set_password(context: Context, account_id: int, password: str, *, keep_tokens: bool = False) -> None:
    """Set a new password; every session of the account ends, and its tokens unless they are kept."""
    with context.database.read() as reader:
        username = reader.scalar(select(accounts.c.username).where(accounts.c.id == account_id))
    hashed = hash_password(password, username)
    with context.database.write() as session:
        put_password(session, account_id, hashed, keep_tokens=keep_tokens)
        record(session, context, "password_changed", account=account_id)


def change_password(context: Context, caller: Caller, current: str, new: str, *, keep_tokens: bool = False) -> None:
    """Set a new password for whoever knows the current one. Raises WrongPassword, TooManyTries or WeakPassword."""
    confirm(context, caller, current)
    set_password(context, caller.account_id, new, keep_tokens=keep_tokens)


def set_preferences(context: Context, account_id: int, changes: Mapping[str, str | list[str] | None]) -> None:
    """Merge the changes into the account's preferences; None removes one."""
    with context.database.write() as session:
        held = session.scalar(select(accounts.c.preferences).where(accounts.c.id == account_id)) or {}
        merged = {key: value for key, value in {**held, **changes}.items() if value is not None}
        session.run(update(accounts).where(accounts.c.id == account_id).values(preferences=merged))


def sign_in(context: Context, username: str, password: str, *, address: str) -> int:
    """Check a password and return whose it is. Raises PasswordsOff, WrongPassword or TooManyTries."""
    if not context.settings.takes_passwords:
        raise PasswordsOff
    by_name, by_address = f"name:{folded(username)}", f"address:{address}"
    charge(context, [by_name, by_address])
    with context.database.read() as reader:
        account = known_by_name(reader, username)
    # Checked outside any transaction: argon2 takes its time on purpose.
    if not is_right(password, account.password_hash if account else None) or account is None:
        record_refusal(context, "password", account.id if account else None, address)
        raise WrongPassword
    with context.database.write() as session:
        # A right one is no failure of the address. In the order in which keys are counted: no two wait for each other.
        forgive(session, by_address, context.clock())
        forget_tries(session, by_name)
    return int(account.id)


def confirm(context: Context, caller: Caller, password: str) -> None:
    """Check the caller's own password again. Raises PasswordsOff, WrongPassword or TooManyTries."""
    if not context.settings.takes_passwords:
        raise PasswordsOff
    with context.database.read() as reader:
        account = reader.row(select(accounts.c.password_hash).where(accounts.c.id == caller.account_id))
    # Counted apart: failed sign-ins by this name keep no one from changing their own password.
    key = f"change:{caller.account_id}"
    charge(context, [key])
    if account is None or not is_right(password, account.password_hash):
        record_refusal(context, "session", caller.account_id, context.actor.address)
        raise WrongPassword
    with context.database.write() as session:
        forget_tries(session, key)


def count_wrong_address(context: Context, *, address: str) -> None:
    """Count a request for a secret address that leads nowhere. Raises WrongAddresses."""
    try:
        charge(context, [f"address:secret {address}"])
    except TooManyTries as error:
        raise WrongAddresses(**error.details) from error


def count_test(context: Context, account_id: int) -> None:
    """Count a test of a channel, which may be anybody's address. Raises TooManyTests."""
    try:
        charge(context, [f"test:{account_id}"])
    except TooManyTries as error:
        raise TooManyTests(**error.details) from error


def digest(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def charge(context: Context, keys: list[str]) -> None:
    """Count a try for each key before it is made, so that many at once get no more of them.

    Raises TooManyTries. Failures fade: half of them are forgotten with each of the longest waits that goes by.
    """
    now = context.clock()
    with context.database.write() as session:
        session.insert_new(throttles, [{"key": key, "failures": 0, "until_ms": 0} for key in sorted(keys)])
        held = select(throttles).where(throttles.c.key.in_(keys)).order_by(throttles.c.key)
        rows = session.rows(held.with_for_update())  # PostgreSQL would let others count from the same number
        until = max(row.until_ms for row in rows)
        if until > now:
            raise TooManyTries(retry_after_s=-(-(until - now) // 1000))
        for row in rows:
            failures = 1 + (row.failures >> min((now - row.until_ms) // LONGEST_WAIT_MS, 30))
            counted = {"failures": failures, "until_ms": now + _wait_ms(row.key, failures)}
            session.run(update(throttles).where(throttles.c.key == row.key).values(counted))


def forgive(session: Writer, key: str, now: int) -> None:
    """Take back a try that was counted: it was right."""
    mine = (throttles.c.key == key) & (throttles.c.failures > 0)
    session.run(update(throttles).where(mine).values(failures=throttles.c.failures - 1, until_ms=now))


def forget_tries(session: Writer, key: str) -> None:
    """Forget the tries that were counted for a key: whoever made them has shown who it is."""
    session.run(delete(throttles).where(throttles.c.key == key))


def _wait_ms(key: str, failures: int) -> int:
    """Return how long the next try has to wait; an address may be shared by a whole house, so it gets more of them."""
    free = 4 * FREE_TRIES if key.startswith("address:") else FREE_TRIES
    return min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** min(failures - free, 16)) if failures >= free else 0
