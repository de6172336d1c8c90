"""Passkeys: added, used to sign in or to confirm who one is, renamed, removed.

A device asks for a finger, a face or a PIN before it uses one, so that a passkey alone is two factors.
"""

import json
import logging
import secrets
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass, replace
from typing import Literal

from homestretch.errors import BadRequest, Conflict, HomestretchError, NotFound
from homestretch.flow.accounts.accounts import Caller, PasswordsOff, charge, digest, forgive
from homestretch.flow.accounts.credentials import answers
from homestretch.flow.accounts.credentials.answers import ALGORITHMS, NewPasskey, PasskeyAnswer, PasskeyRefused
from homestretch.flow.accounts.sessions import confirmed, must_be_confirmed, opened
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.notifications import warn
from homestretch.flow.runtime.secret_store import KeyMissing, keys
from homestretch.flow.security.log import record, record_refusal
from homestretch.model.documents.passkeys import CreationOptions, CredentialName, PasskeyCreation, PasskeyRequest
from homestretch.store.database import Reader, Writer
from homestretch.store.queries import passkeys as stored
from homestretch.store.queries.accounts import has_password, username_of
from homestretch.store.queries.passkeys import Passkey, RelyingParty, relying_party
from homestretch.store.queries.sessions import NewSession
from homestretch.store.queries.sign_in import spend

log = logging.getLogger("homestretch.sign_in")
#: An account has at most so many.
MOST = 20
#: So long a person may take, and a challenge is good for.
LASTS_MS = 5 * 60_000
CHALLENGE_BYTES = HANDLE_BYTES = 32
MOST_NAME = 100
SITE = "Homestretch"

type Purpose = Literal["add", "sign_in", "confirm"]


class PasskeysUnusable(HomestretchError):
    """{reason}"""

    status = 409


class ChallengeOver(HomestretchError):
    """This took too long, or was sent before. Try again."""

    status = 400
    exit_code = 3


class UnknownPasskey(HomestretchError):
    """This passkey is not known here. It may have been removed. Sign in with your password."""

    status = 400
    exit_code = 3


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a browser is asked to sign (base64url), for what and until when; it is sealed and kept by the browser.

    `account_id` is who asks, and `handle` how a new passkey names the account.
    """

    purpose: Purpose
    text: str
    until_ms: int
    account_id: int | None = None
    handle: str = ""


def begin_add(context: Context, caller: Caller, device: str, asked_at: str) -> PasskeyCreation:
    """Return what a browser needs to make a passkey, called like the device.

    Raises ConfirmIdentity, PasskeysUnusable, BadRequest, Conflict.
    """
    must_be_confirmed(context, caller)
    with context.database.read() as reader:
        _must_be_offered(reader, context, caller.account_id)
        party = _usable(reader, context, asked_at)
        mine = stored.passkeys_of(reader, caller.account_id)
        name = username_of(reader, caller.account_id)
    _must_have_room(mine)
    handle = mine[0].user_handle if mine else _random(HANDLE_BYTES)
    challenge = replace(_challenge(context, "add"), account_id=caller.account_id, handle=handle)
    options: CreationOptions = {
        "rp": {"id": party.id, "name": SITE},
        "user": {"id": handle, "name": name, "displayName": name},
        "challenge": challenge.text,
        "pubKeyCredParams": [{"type": "public-key", "alg": number} for number in ALGORITHMS],
        "timeout": LASTS_MS,
        "excludeCredentials": [_named(one) for one in mine],
        "authenticatorSelection": {
            "residentKey": "required",
            "requireResidentKey": True,
            "userVerification": "required",
        },
        "attestation": "none",
    }
    return {"state": _sealed(context, challenge), "name": device, "options": options}


def add(context: Context, caller: Caller, state: str, name: str, answer: NewPasskey, asked_at: str) -> None:
    """Keep a passkey that a browser made; the account gets a notice.

    Raises ConfirmIdentity, PasskeysUnusable, ChallengeOver, PasskeyRefused, Conflict, BadRequest.
    """
    must_be_confirmed(context, caller)
    named = _name(name)
    challenge = _opened(context, state, "add", caller.account_id)
    with context.database.read() as reader:
        party = _usable(reader, context, asked_at)
    made = answers.made(answer, challenge.text, party)
    now = context.clock()
    with context.database.write() as session:
        _spend(session, challenge, now)
        _must_be_offered(session, context, caller.account_id)
        _must_have_room(stored.passkeys_of(session, caller.account_id))
        if stored.passkey_of(session, made.credential_id) is not None:
            raise Conflict(reason="This passkey is here already.")
        row = {**asdict(made), "account_id": caller.account_id, "user_handle": challenge.handle, "rp_id": party.id}
        transports = [one for one in answer.transports if one.isascii()]
        stored.add_passkey(session, {**row, "transports": transports, "name": named, "created_ms": now})
        warn(session, caller.account_id, now, "passkey_added", {"name": named})
        record(session, context, "passkey_added", account=caller.account_id)
    log.info("passkey added", extra={"account": caller.account_id})


def begin_sign_in(context: Context, asked_at: str) -> PasskeyRequest:
    """Return what a browser needs to use any passkey of this server. Raises PasswordsOff, PasskeysUnusable."""
    _must_be_taken(context)
    with context.database.read() as reader:
        party = _usable(reader, context, asked_at)
    return _request(context, _challenge(context, "sign_in"), party, [])


def sign_in(context: Context, state: str, answer: PasskeyAnswer, asked_at: str, *, agent: str, address: str) -> str:
    """Return the token of a new session, for a passkey.

    Raises PasswordsOff, PasskeysUnusable, ChallengeOver, UnknownPasskey, PasskeyRefused, TooManyTries.
    """
    _must_be_taken(context)
    tries = f"address:passkey {address}"
    charge(context, [tries])
    challenge = _opened(context, state, "sign_in", None)
    try:
        passkey, count = _checked(context, challenge, answer, asked_at)
    except (UnknownPasskey, PasskeyRefused):
        record_refusal(context, "passkey", None, address)
        raise
    now = context.clock()
    with context.database.write() as session:
        forgive(session, tries, now)
        _use(session, challenge, passkey, count, now)
        return opened(session, NewSession(passkey.account_id, "passkey", agent, address), context)


def begin_confirm(context: Context, caller: Caller, asked_at: str) -> PasskeyRequest:
    """Return what a browser needs to use one of the caller's passkeys. Raises PasskeysUnusable, NotFound."""
    _must_be_taken(context)
    with context.database.read() as reader:
        party = _usable(reader, context, asked_at)
        mine = stored.passkeys_of(reader, caller.account_id)
    if not mine:
        raise NotFound(what="passkey of", id=caller.username)
    return _request(context, replace(_challenge(context, "confirm"), account_id=caller.account_id), party, mine)


def confirm(context: Context, caller: Caller, state: str, answer: PasskeyAnswer, asked_at: str) -> str:
    """Keep that the caller has just shown who it is by a passkey, and return the session's new token.

    Raises PasswordsOff, PasskeysUnusable, ChallengeOver, UnknownPasskey, PasskeyRefused.
    """
    _must_be_taken(context)
    challenge = _opened(context, state, "confirm", caller.account_id)
    passkey, count = _checked(context, challenge, answer, asked_at)
    if passkey.account_id != caller.account_id:
        raise UnknownPasskey
    with context.database.write() as session:
        _use(session, challenge, passkey, count, context.clock())
    return confirmed(context, caller)


def rename(context: Context, caller: Caller, passkey_id: int, name: str) -> None:
    """Give one of the caller's passkeys another name. Raises NotFound, BadRequest."""
    with context.database.write() as session:
        if not stored.rename_passkey(session, caller.account_id, passkey_id, _name(name)):
            raise NotFound(what="passkey", id=passkey_id)


def remove(context: Context, caller: Caller, passkey_id: int) -> None:
    """Remove one of the caller's passkeys; the account gets a notice. Raises ConfirmIdentity, NotFound."""
    must_be_confirmed(context, caller)
    with context.database.write() as session:
        gone = stored.remove_passkeys(session, caller.account_id, passkey_id)
        if not gone:
            raise NotFound(what="passkey", id=passkey_id)
        warn(session, caller.account_id, context.clock(), "passkey_removed", {"name": gone[0]})
        record(session, context, "passkey_removed", account=caller.account_id)
    log.info("passkey removed", extra={"account": caller.account_id})


def remove_by_hand(context: Context, account_id: int) -> int:
    """Remove an account's passkeys from the server's own shell; return how many there were."""
    with context.database.write() as session:
        gone = stored.remove_passkeys(session, account_id)
        for name in gone:
            warn(session, account_id, context.clock(), "passkey_removed", {"name": name})
            record(session, context, "passkey_removed", account=account_id)
    return len(gone)


def _checked(context: Context, challenge: Challenge, answer: PasskeyAnswer, asked_at: str) -> tuple[Passkey, int]:
    """Return the passkey that signed a challenge, and its counter. Raises UnknownPasskey, PasskeyRefused."""
    with context.database.read() as reader:
        party = _usable(reader, context, asked_at)
        passkey = stored.passkey_of(reader, answer.id)
    if passkey is None or passkey.rp_id != party.id:
        raise UnknownPasskey
    # Who is asked by name may leave it out; who signs in without one is known by it.
    if answer.user_handle != passkey.user_handle and (answer.user_handle or challenge.purpose == "sign_in"):
        raise UnknownPasskey
    return passkey, answers.sign_count(answer, challenge.text, party, passkey)


def _use(session: Writer, challenge: Challenge, passkey: Passkey, count: int, now: int) -> None:
    """Keep that a passkey was used, once. Raises ChallengeOver, PasskeyRefused."""
    _spend(session, challenge, now)
    if not stored.use_passkey(session, passkey, count, now):
        raise PasskeyRefused  # used at the same moment elsewhere: the counter says nothing of this one


def _spend(session: Writer, challenge: Challenge, now: int) -> None:
    if not spend(session, [f"passkey:{digest(challenge.text)}"], challenge.until_ms, now):
        raise ChallengeOver


def _request(context: Context, challenge: Challenge, party: RelyingParty, mine: list[Passkey]) -> PasskeyRequest:
    return {
        "state": _sealed(context, challenge),
        "options": {
            "challenge": challenge.text,
            "rpId": party.id,
            "timeout": LASTS_MS,
            "userVerification": "required",
            "allowCredentials": [_named(one) for one in mine],
        },
    }


def _named(passkey: Passkey) -> CredentialName:
    return {"type": "public-key", "id": passkey.credential_id, "transports": passkey.transports}


def _challenge(context: Context, purpose: Purpose) -> Challenge:
    return Challenge(purpose, _random(CHALLENGE_BYTES), context.clock() + LASTS_MS)


def _random(count: int) -> str:
    return urlsafe_b64encode(secrets.token_bytes(count)).decode().rstrip("=")


def _sealed(context: Context, challenge: Challenge) -> str:
    return keys(context.settings).seal(json.dumps(asdict(challenge)))


def _opened(context: Context, state: str, purpose: Purpose, account_id: int | None) -> Challenge:
    """Return the challenge of a state that was sealed here for this. Raises ChallengeOver."""
    try:
        found = Challenge(**json.loads(keys(context.settings).open(state)))
    except (KeyMissing, ValueError, TypeError) as error:  # another sealed text of ours is no challenge
        raise ChallengeOver from error
    if (found.purpose, found.account_id) != (purpose, account_id) or found.until_ms <= context.clock():
        raise ChallengeOver
    return found


def _usable(reader: Reader, context: Context, asked_at: str) -> RelyingParty:
    """Return for which host passkeys are. Raises PasskeysUnusable where they do not work."""
    party = relying_party(reader, context.settings, asked_at)
    if party.problem is not None:
        raise PasskeysUnusable(reason=party.problem)
    return party


def _must_be_taken(context: Context) -> None:
    """Pass where people sign in here themselves: elsewhere a provider says who may. Raises PasswordsOff."""
    if not context.settings.takes_passwords:
        raise PasswordsOff


def _must_be_offered(reader: Reader, context: Context, account_id: int) -> None:
    if not (context.settings.takes_passwords and has_password(reader, account_id)):
        raise BadRequest(reason="You sign in with a provider, which says who may. A passkey would go around it.")


def _must_have_room(mine: list[Passkey]) -> None:
    if len(mine) >= MOST:
        raise Conflict(reason=f"An account can have {MOST} passkeys. Remove one first.")


def _name(name: str) -> str:
    if not name.strip():
        raise BadRequest(reason="Give the passkey a name, such as the device that it is on.")
    return name.strip()[:MOST_NAME]
