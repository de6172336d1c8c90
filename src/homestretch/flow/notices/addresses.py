"""E-mail addresses are confirmed: until then nothing is sent there but the code that confirms them."""

import hmac
import secrets
from hashlib import sha256

from homestretch.errors import Conflict, HomestretchError
from homestretch.flow.notices.mail import mail_server
from homestretch.flow.runtime.context import Context
from homestretch.net.ways.base import Message, NoMailServer
from homestretch.net.ways.email import send_mail
from homestretch.store.queries import notices as stored
from homestretch.store.queries.notices import Channel, Confirmation

#: A code has so many digits, holds so long, and may be wrong so often.
DIGITS, HOLDS_MS, TRIES = 6, 30 * 60_000, 5


class WrongAddressCode(HomestretchError):
    """This code is wrong. Enter the newest one, or have a new one sent."""

    status = 422


class AddressCodeOver(HomestretchError):
    """This code has expired or was wrong too often. Have a new one sent."""

    status = 422


class AddressNotConfirmed(HomestretchError):
    """{address} is not confirmed yet. Enter the code that was sent there."""

    status = 409


def asked(context: Context, name: str, address: str) -> Confirmation:
    """Send a code to the address of a channel, and return what it is confirmed by.

    Raises NoMailServer, NotSent, Unreachable, NotEncrypted, KeyMissing.
    """
    server = mail_server(context)
    if server is None:
        raise NoMailServer
    code, token = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}", secrets.token_urlsafe(24)
    now = context.clock()
    lines = (
        f"Your code is {code}. It holds for 30 minutes.",
        "Somebody entered this address in Homestretch, to have notifications sent here. If that was not you, ignore "
        "this message: nothing else is sent.",
    )
    home = (context.settings.public_url or "").rstrip("/")
    # Behind the # it is sent to no server; the page asks for a click, so that a program that opens links does nothing.
    link = f"{home}/settings/notifications#{name}.{token}" if home else None
    send_mail(server, address, Message(f"{name}.{token[:8]}", "Confirm your address", lines, now, link=link))
    return {"code": _hash(name, code), "token": _hash(name, token), "until_ms": now + HOLDS_MS, "tries": 0}


def ask_again(context: Context, account_id: int, name: str) -> None:
    """Send a new code; the one before holds no more. Raises NotFound, Conflict, and what `asked` raises."""
    with context.database.read() as reader:
        row = stored.find_channel(reader, name, account_id)
    if row.way != "email" or row.address_state == "confirmed":
        raise Conflict(reason="There is no address to confirm here.")
    address = row.settings["to"]
    confirmation = asked(context, name, address)
    with context.database.write() as session:
        row = stored.find_channel(session, name, account_id)
        if row.settings["to"] == address and row.address_state != "confirmed":
            stored.set_channel(session, row.id, {"confirmation": confirmation})


def confirm(context: Context, account_id: int, name: str, proof: str) -> None:
    """Confirm the address of a channel by the code or the token that was sent there; what comes from now on is sent.

    Raises NotFound, WrongAddressCode, AddressCodeOver.
    """
    now = context.clock()
    with context.database.write() as session:
        row = stored.find_channel(session, name, account_id)
        error = _wrong(row, proof.strip(), now)
        if error is None:
            since = {"created_ms": now} if row.address_state == "unconfirmed" else {}
            stored.set_channel(session, row.id, {"address_state": "confirmed", "confirmation": None, **since})
        elif isinstance(error, WrongAddressCode) and row.confirmation is not None:
            counted = {**row.confirmation, "tries": row.confirmation["tries"] + 1}
            stored.set_channel(session, row.id, {"confirmation": counted})
    if error is not None:
        raise error


def _wrong(row: Channel, proof: str, now: int) -> HomestretchError | None:
    """Return why something does not confirm an address; None where it does, or it is confirmed."""
    if row.address_state == "confirmed":
        return None
    given = row.confirmation
    if given is None or now >= given["until_ms"] or given["tries"] >= TRIES:
        return AddressCodeOver()
    hashed = _hash(row.public_id, proof)
    right = any([hmac.compare_digest(hashed, given["code"]), hmac.compare_digest(hashed, given["token"])])
    return None if right else WrongAddressCode()


def must_be_confirmed(channel: Channel) -> None:
    """Pass a channel to which something may be sent. Raises AddressNotConfirmed."""
    if channel.address_state == "unconfirmed":
        raise AddressNotConfirmed(address=channel.settings["to"])


def _hash(name: str, proof: str) -> str:
    return sha256(f"{name}:{proof}".encode()).hexdigest()
