"""Second factors: switched on by a first code, asked for after the password, with recovery codes in their place."""

import base64
import logging
import re
import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from homestretch.errors import BadRequest, Conflict, HomestretchError
from homestretch.flow.accounts import accounts, totp
from homestretch.flow.accounts.accounts import Caller, charge, digest, forget_tries, forgive
from homestretch.flow.accounts.sessions import must_be_confirmed, opened
from homestretch.flow.runtime.context import Actor, Context
from homestretch.flow.runtime.notifications import warn
from homestretch.flow.runtime.secret_store import keys
from homestretch.flow.security.log import record, record_refusal
from homestretch.model.documents.sign_in import FactorOffer
from homestretch.store.database import Reader, Writer
from homestretch.store.queries import second_factors as stored
from homestretch.store.queries import sessions as stored_sessions
from homestretch.store.queries.accounts import has_password, is_admin, username_of
from homestretch.store.queries.passkeys import has_passkeys
from homestretch.store.queries.sessions import NewSession

log = logging.getLogger("homestretch.sign_in")
#: Recovery codes that are made at once, and the bytes of each, of which base32 makes 24 characters.
CODES, CODE_BYTES = 10, 15

#: What is asked of somebody whose password was right.
type Asked = Literal["second_factor", "second_factor_setup", "passkey"]


class WrongFactor(HomestretchError):
    """Wrong code. Each code works once and for about a minute: wait for the next one, and check your phone's clock."""

    status = 400
    exit_code = 3


class SignInEnded(HomestretchError):
    """This sign-in took too long or has ended. Start again with your password."""

    status = 400
    exit_code = 3


def asked_of(context: Context, account_id: int) -> Asked | None:
    """Return what somebody has to do after the password; None: nothing."""
    with context.database.read() as reader:
        has = stored.has_factor(reader, account_id)
        required = stored.is_required(reader, context.settings, is_admin(reader, account_id))
        return _asked(reader, account_id) if has or required else None


def _asked(reader: Reader, account_id: int) -> Asked:
    """Return by what somebody goes on after the password: a passkey is two factors, so none is set up beside it."""
    if stored.has_factor(reader, account_id):
        return "second_factor"
    return "passkey" if has_passkeys(reader, account_id) else "second_factor_setup"


def begin_half(context: Context, account_id: int) -> str:
    """Return the token of half a session: it takes a code, or a second factor to set up, and nothing else."""
    token = secrets.token_urlsafe(32)
    with context.database.write() as session:
        stored_sessions.add_half(session, digest(token), account_id, context.clock())
    return token


def asked_of_half(context: Context, half: str) -> Asked | None:
    """Return what half a session waits for; None when it has ended."""
    with context.database.read() as reader:
        account_id = stored_sessions.half_of(reader, digest(half), context.clock())
        return None if account_id is None else _asked(reader, account_id)


def end_half(context: Context, half: str) -> None:
    """End half a session."""
    with context.database.write() as session:
        stored_sessions.end_half(session, digest(half))


def enter(context: Context, half: str, code: str, *, agent: str, address: str) -> str:
    """Make half a session a whole one, for a code; return its token. Raises SignInEnded, WrongFactor, TooManyTries."""
    account_id = _account_of(context, half)
    tries = [f"second:{account_id}", f"address:second {address}"]
    charge(context, tries)
    context = replace(context, actor=Actor("password", account_id, address))
    try:
        with context.database.write() as session:
            _take(context, session, account_id, code)
            _pass(context, session, tries)
            return _whole(context, session, half, account_id, agent, address)
    except WrongFactor:
        record_refusal(context, "password", account_id, address)
        raise


def offer_to_half(context: Context, half: str) -> FactorOffer:
    """Return a new secret to somebody who has to set up a second factor before anything else.

    Raises SignInEnded, also where the account has one or a passkey: a password alone changes none.
    """
    account_id = _account_of(context, half)
    with context.database.write() as session:
        if _asked(session, account_id) != "second_factor_setup":
            raise SignInEnded
        return _offer(context, session, account_id)


def switch_on_by_half(context: Context, half: str, code: str, *, agent: str, address: str) -> tuple[list[str], str]:
    """Switch on the second factor that half a session was offered; return recovery codes and a session's token.

    Raises SignInEnded, Conflict, WrongFactor.
    """
    account_id = _account_of(context, half)
    context = replace(context, actor=Actor("password", account_id, address))
    with context.database.write() as session:
        if _asked(session, account_id) != "second_factor_setup":
            raise SignInEnded
        codes = _switch_on(context, session, account_id, code)
        stored_sessions.end_sessions(session, account_id, but=digest(half))
        return codes, _whole(context, session, half, account_id, agent, address)


def offer(context: Context, caller: Caller) -> FactorOffer:
    """Return a new secret for an app; nothing changes before a first code. Raises ConfirmIdentity, BadRequest."""
    must_be_confirmed(context, caller)
    with context.database.write() as session:
        if not (context.settings.takes_passwords and has_password(session, caller.account_id)):
            raise BadRequest(reason="You sign in with a provider, which asks for a second factor itself.")
        return _offer(context, session, caller.account_id)


def switch_on(context: Context, caller: Caller, code: str) -> list[str]:
    """Switch on the app that was offered, in the place of any other; return new recovery codes.

    Everywhere else the account is signed out. Raises ConfirmIdentity, Conflict, WrongFactor.
    """
    must_be_confirmed(context, caller)
    with context.database.write() as session:
        codes = _switch_on(context, session, caller.account_id, code)
        stored_sessions.end_sessions(session, caller.account_id, but=caller.session_hash)
    return codes


def switch_off(context: Context, caller: Caller) -> None:
    """Switch off the second factor and forget its recovery codes. Raises ConfirmIdentity, Conflict."""
    must_be_confirmed(context, caller)
    with context.database.write() as session:
        required = stored.is_required(session, context.settings, is_admin(session, caller.account_id))
        if required and not has_passkeys(session, caller.account_id):
            raise Conflict(reason="This server asks you for a second factor. You can set up another app instead.")
        if stored.remove_factor(session, caller.account_id):
            record(session, context, "second_factor_off", account=caller.account_id)
    log.info("second factor switched off", extra={"account": caller.account_id})


def renew_codes(context: Context, caller: Caller) -> list[str]:
    """Return new recovery codes; the former ones are worth nothing. Raises ConfirmIdentity, Conflict."""
    must_be_confirmed(context, caller)
    with context.database.write() as session:
        if not stored.has_factor(session, caller.account_id):
            raise Conflict(reason="Set up an authenticator app first.")
        record(session, context, "recovery_codes_renewed", account=caller.account_id)
        return _new_codes(session, caller.account_id)


def remove_by_hand(context: Context, account_id: int) -> bool:
    """Remove an account's second factor from the server's own shell; its sessions end. Return whether it had one."""
    with context.database.write() as session:
        stored_sessions.end_sessions(session, account_id)
        removed = stored.remove_factor(session, account_id)
        if removed:
            record(session, context, "second_factor_off", account=account_id)
    return removed


def confirm(context: Context, caller: Caller, password: str, code: str) -> None:
    """Check the caller's own password, and a code where a second factor is on.

    Raises PasswordsOff, WrongPassword, WrongFactor, TooManyTries, or Conflict where a passkey is the second factor.
    """
    accounts.confirm(context, caller, password)
    with context.database.read() as reader:
        required = stored.is_required(reader, context.settings, caller.is_admin)
        asked = _asked(reader, caller.account_id)
    if asked == "passkey" and required:
        raise Conflict(reason="This server asks you for a second factor. Confirm with your passkey.")
    if asked != "second_factor":
        return
    tries = [f"second:{caller.account_id}"]
    charge(context, tries)
    try:
        with context.database.write() as session:
            _take(context, session, caller.account_id, code)
            _pass(context, session, tries)
    except WrongFactor:
        record_refusal(context, "session", caller.account_id, context.actor.address)
        raise


def must_be_shown(context: Context, caller: Caller) -> None:
    """Pass who has no second factor, or has shown it a short while ago. Raises ConfirmIdentity."""
    with context.database.read() as reader:
        has = stored.has_factor(reader, caller.account_id)
    if has:
        must_be_confirmed(context, caller)


def may_require(context: Context, caller: Caller, changes: Mapping[str, str | None]) -> None:
    """Pass an administrator who changes settings: one who wants second factors of others has one where it is wanted.

    Raises ConfirmIdentity, Conflict.
    """
    if stored.OPTION.key not in changes:
        return
    policy = changes[stored.OPTION.key]
    must_be_confirmed(context, caller)
    with context.database.read() as reader:
        has = stored.has_factor(reader, caller.account_id) or has_passkeys(reader, caller.account_id)
        lacks = has_password(reader, caller.account_id) and not has
    if lacks and stored.wanted_of(policy, caller.is_admin):
        raise Conflict(reason="Set up your own second factor first, or add a passkey, in Settings › Account.")


def _account_of(context: Context, half: str) -> int:
    with context.database.read() as reader:
        account_id = stored_sessions.half_of(reader, digest(half), context.clock())
    if account_id is None:
        raise SignInEnded
    return account_id


def _whole(context: Context, session: Writer, half: str, account_id: int, agent: str, address: str) -> str:
    """Return the token of the session that half a one becomes, once. Raises SignInEnded."""
    if not stored_sessions.end_half(session, digest(half)):
        raise SignInEnded
    return opened(session, NewSession(account_id, "password", agent, address), context)


def _take(context: Context, session: Writer, account_id: int, code: str) -> None:
    """Use a code of the app, or a recovery code; neither works twice. Raises WrongFactor, KeyMissing."""
    plain = re.sub(r"[\s-]", "", code).upper()
    if re.fullmatch(rf"[0-9]{{{totp.DIGITS}}}", plain):
        factor = stored.factor_of(session, account_id)
        if factor is None or factor.secret is None:
            raise WrongFactor
        secret = keys(context.settings).open(factor.secret)
        step = totp.step_of(secret, plain, context.clock(), factor.last_step)
        if step is None or not stored.take_step(session, account_id, step):
            raise WrongFactor
    elif not stored.take_code(session, account_id, digest(plain)):
        raise WrongFactor
    else:
        log.warning("recovery code used", extra={"account": account_id})
        warn(session, account_id, context.clock(), "recovery_code_used", {})
        record(session, context, "recovery_code_used", account=account_id)


def _pass(context: Context, session: Writer, tries: list[str]) -> None:
    """Take back tries that were counted, as the last one was right; a shared address keeps its others."""
    for key in sorted(tries):  # the order in which they are counted: no two wait for each other
        if key.startswith("address:"):
            forgive(session, key, context.clock())
        else:
            forget_tries(session, key)


def _offer(context: Context, session: Writer, account_id: int) -> FactorOffer:
    secret = totp.new_secret()
    stored.offer(session, account_id, keys(context.settings).seal(secret))
    return {"secret": secret, "address": totp.address(secret, username_of(session, account_id))}


def _switch_on(context: Context, session: Writer, account_id: int, code: str) -> list[str]:
    factor = stored.factor_of(session, account_id)
    if factor is None or factor.offered is None:
        raise Conflict(reason="Begin to set up the app first: its secret is not known any more.")
    secret, now = keys(context.settings).open(factor.offered), context.clock()
    step = totp.step_of(secret, re.sub(r"\s", "", code), now, 0)
    if step is None:
        raise WrongFactor
    if not stored.switch_on(session, factor, step, now):
        raise Conflict(reason="The app was set up elsewhere in the meantime. Begin again.")
    log.info("second factor switched on", extra={"account": account_id})
    record(session, context, "second_factor_on", account=account_id)
    return _new_codes(session, account_id)


def _new_codes(session: Writer, account_id: int) -> list[str]:
    codes = [base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode() for _ in range(CODES)]
    stored.replace_codes(session, account_id, map(digest, codes))
    return ["-".join(re.findall("....", code)) for code in codes]
