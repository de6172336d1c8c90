"""Channels of an account's notices: added, changed, tried, removed. Secrets are kept encrypted."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from homestretch.errors import BadRequest, Conflict, NotFound, unknown
from homestretch.flow.notices.addresses import asked, must_be_confirmed
from homestretch.flow.notices.mail import must_be_address
from homestretch.flow.notices.sending import deliver
from homestretch.flow.runtime.context import Context, public_id
from homestretch.flow.runtime.notifications import unwarn
from homestretch.flow.runtime.secret_store import keys
from homestretch.flow.sinks.reach import must_reach
from homestretch.model.documents.notices import Digest
from homestretch.model.notices.kinds import KINDS
from homestretch.net.ways import ways
from homestretch.net.ways.base import Message, Way
from homestretch.store.database import Reader
from homestretch.store.queries import notices as stored
from homestretch.store.queries.notices import Wishes
from homestretch.store.scope import Scope

#: An account has at most so many.
MOST = 20


@dataclass(frozen=True, slots=True)
class ChannelChange:
    """What changes of a channel: None stays as it is; `kinds` are switched on (true) or off."""

    settings: Mapping[str, str] | None = None
    secret: str | None = None
    kinds: Mapping[str, bool] | None = None
    paused: bool | None = None


@dataclass(frozen=True, slots=True)
class WishesChange:
    """What changes of how notices are sent: None stays as it is; `quiet` are minutes of the day, or no such hours."""

    quiet: tuple[int | None, int | None] | None = None
    digest: Digest | None = None
    health_values: bool | None = None


def add(context: Context, account_id: int, way_key: str, settings: Mapping[str, str], secret: str | None) -> str:
    """Add a channel and return its id; what comes from now on is sent, by e-mail once the address is confirmed.

    Raises BadRequest, Conflict, PrivateAddress, ReservedAddress; for e-mail what `addresses.asked` raises.
    """
    way = ways().get(way_key)
    if way is None:
        raise unknown("way", way_key, ways())
    if way.by_device:
        raise BadRequest(reason=f"{way.name} is turned on in the browser that it is for: Settings › Notifications.")
    kept = _checked(way, settings)
    if way.secret_required and not secret:
        raise BadRequest(reason=f"{way.name} needs one more setting: {way.secret}.")
    by_admin = must_reach(context, Scope(0, account_id), kept)
    made = public_id()
    with context.database.read() as reader:
        must_have_room(reader, account_id)
    waits = _unconfirmed(context, made, kept["to"]) if "to" in kept else {}
    with context.database.write() as session:
        must_have_room(session, account_id)
        stored.add_channel(
            session,
            {
                "public_id": made,
                "account_id": account_id,
                "way": way.key,
                "settings": kept,
                "secret": keys(context.settings).seal(secret) if secret else None,
                "choices": {},
                "by_admin": by_admin,
                "paused": False,
                "stop_token": secrets.token_urlsafe(24),
                "created_ms": context.clock(),
                **waits,
            },
        )
    return made


def _unconfirmed(context: Context, name: str, address: str) -> dict[str, object]:
    return {"address_state": "unconfirmed", "confirmation": asked(context, name, address)}


def must_have_room(reader: Reader, account_id: int) -> None:
    """Pass an account that may have one more channel. Raises Conflict."""
    if len(stored.channels_of(reader, account_id)) >= MOST:
        raise Conflict(reason=f"An account can have {MOST} channels. Remove one first.")


def change(context: Context, account_id: int, name: str, wanted: ChannelChange) -> None:
    """Change a channel; one that stopped goes on, and a new address of e-mail is to be confirmed.

    Raises NotFound, BadRequest, PrivateAddress, ReservedAddress; for e-mail what `addresses.asked` raises.
    """
    by_admin = must_reach(context, Scope(0, account_id), wanted.settings or {})
    waits = _new_address(context, account_id, name, wanted)
    with context.database.write() as session:
        row = stored.find_channel(session, name, account_id)
        way = ways()[row.way]
        values: dict[str, object] = {**waits}
        if wanted.settings is not None:
            new = _checked(way, {**row.settings, **wanted.settings})
            if new.get("url") != row.settings.get("url"):
                # A secret goes to the server that it was entered for, and to no other.
                values |= {"by_admin": by_admin, "secret": None}
            values["settings"] = new
        if wanted.secret is not None and way.secret is None:
            raise BadRequest(reason=f"{way.name} has no secret to enter.")
        if wanted.secret is not None:
            values["secret"] = keys(context.settings).seal(wanted.secret) if wanted.secret else None
        if way.secret_required and values.get("secret", row.secret) is None:
            raise BadRequest(reason=f"{way.name} needs one more setting: {way.secret}.")
        if wanted.kinds is not None:
            for key in wanted.kinds:
                if key not in KINDS:
                    raise unknown("kind", key, KINDS)
            values["choices"] = {**row.choices, **wanted.kinds}
        if wanted.paused is not None:
            values["paused"] = wanted.paused
        if wanted.settings is not None or wanted.secret is not None or wanted.paused is False:
            values |= {"state": "ready", "reason": None, "retry_at_ms": None, "failures": 0}
            unwarn(session, account_id, "channel_stopped", row.public_id)
        if values:
            stored.set_channel(session, row.id, values)


def _new_address(context: Context, account_id: int, name: str, wanted: ChannelChange) -> dict[str, object]:
    """Return what is kept of an address that takes the place of another one."""
    if wanted.settings is None or "to" not in wanted.settings:
        return {}
    with context.database.read() as reader:
        row = stored.find_channel(reader, name, account_id)
    address = _checked(ways()[row.way], {**row.settings, **wanted.settings})["to"]
    return {} if address == row.settings["to"] else _unconfirmed(context, name, address)


def remove(context: Context, account_id: int, name: str) -> None:
    """Remove a channel. Raises NotFound."""
    with context.database.write() as session:
        row = stored.find_channel(session, name, account_id)
        stored.remove_channel(session, row.id)
        unwarn(session, account_id, "channel_stopped", row.public_id)


def stop_by_token(context: Context, token: str) -> None:
    """Pause the channel that an e-mail names, without a sign-in. Raises NotFound."""
    with context.database.write() as session:
        if not stored.pause_by_token(session, token):
            raise NotFound(what="channel with this", id="token")


def send_test(context: Context, name: str, account_id: int | None = None) -> None:
    """Send a test to a channel of an account, or (None) of anybody; one that stopped goes on if it arrives.

    Raises NotFound, NotSent, Unreachable, DeviceGone, NoMailServer, AddressNotConfirmed, PrivateAddress,
    ReservedAddress, KeyMissing.
    """
    with context.database.read() as reader:
        row = stored.find_channel(reader, name, account_id)
    must_be_confirmed(row)
    text = "This is a test. Notifications are sent here."
    deliver(context, row, Message(public_id(), "Test from Homestretch", (text,), context.clock(), kinds=("test",)))
    with context.database.write() as session:
        stored.set_channel(session, row.id, {"state": "ready", "reason": None, "retry_at_ms": None, "failures": 0})
        unwarn(session, row.account_id, "channel_stopped", row.public_id)


def set_wishes(context: Context, account_id: int, wanted: WishesChange) -> None:
    """Change how an account wants its notices sent. Raises BadRequest."""
    with context.database.write() as session:
        before = stored.wishes_of(session, account_id)
        begin, end = (before.quiet_from, before.quiet_until) if wanted.quiet is None else wanted.quiet
        health = before.health_values if wanted.health_values is None else wanted.health_values
        new = Wishes(begin, end, wanted.digest or before.digest, health)
        if (new.quiet_from is None) != (new.quiet_until is None):
            raise BadRequest(reason="Quiet hours need a begin and an end.")
        if new.quiet_from is not None and new.quiet_from == new.quiet_until:
            raise BadRequest(reason="Quiet hours end at another time than they begin.")
        stored.put_wishes(session, account_id, new)


def _checked(way: Way, given: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of a way that are set. Raises BadRequest."""
    fields = {field.key: field for field in way.fields}
    for key in given:
        if key not in fields:
            raise unknown(f"setting of {way.name}", key, fields)
    settings = {key: text.strip() for key, text in given.items() if text.strip()}
    for field in fields.values():
        if field.required and field.key not in settings:
            raise BadRequest(reason=f"{way.name} needs a setting: {field.key} ({field.title}).")
    if "url" in settings and not _is_address(settings["url"]):
        raise BadRequest(reason="The address is not one of a server. It begins with http:// or https://.")
    if "to" in settings:
        must_be_address(settings["to"])
    return settings


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # brackets or a port that are none
        return False
