"""Push to a device: turned on in its browser, in a session, and gone with that session."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from homestretch.errors import BadRequest, Conflict, NotFound
from homestretch.flow.notices.channels import must_have_room
from homestretch.flow.runtime.context import Context, public_id
from homestretch.flow.runtime.secret_store import keys
from homestretch.flow.sinks.reach import must_reach
from homestretch.model.notices.agents import device_words
from homestretch.net.ways.push import WAY
from homestretch.net.ways.web_push import SECRET, from_base64url, is_point
from homestretch.store.database import Reader
from homestretch.store.queries import notices as stored
from homestretch.store.scope import Scope


@dataclass(frozen=True, slots=True)
class Session:
    """Whose browser it is: an account, and the session in which it asks."""

    account_id: int
    token_hash: str | None


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where a browser takes messages (`endpoint`), its public key and its secret, both base64url."""

    endpoint: str = field(repr=False)
    p256dh: str
    auth: str = field(repr=False)

    @property
    def hash(self) -> str:
        """The name of the device, which tells nothing of where it takes messages."""
        return hashlib.sha256(self.endpoint.encode()).hexdigest()


def turn_on(context: Context, by: Session, given: Subscription, agent: str) -> str:
    """Send an account's notices to a device from now on, and no other account's; return its channel.

    Raises BadRequest, Conflict, PrivateAddress, ReservedAddress.
    """
    values = _kept(context, by, given)
    with context.database.write() as session:
        there = stored.channel_of_device(session, given.hash)
        if there is not None and there.account_id == by.account_id:
            stored.set_channel(session, there.id, values)
            return there.public_id
        if there is not None:  # somebody else used this browser, and did not sign out
            stored.remove_channel(session, there.id)
        must_have_room(session, by.account_id)
        made = public_id()
        stored.add_channel(
            session,
            {
                **values,
                "public_id": made,
                "account_id": by.account_id,
                "way": WAY.key,
                "settings": {"device": device_words(agent) or "This device"},
                "choices": {},
                "paused": False,
                "stop_token": secrets.token_urlsafe(24),
                "created_ms": context.clock(),
            },
        )
        return made


def renew(context: Context, by: Session, name: str, given: Subscription) -> None:
    """Keep where a device takes messages now, and in which session. Raises NotFound, BadRequest, Conflict."""
    with context.database.read() as reader:
        _device(reader, by.account_id, name)
    values = _kept(context, by, given)
    with context.database.write() as session:
        row = _device(session, by.account_id, name)
        there = stored.channel_of_device(session, given.hash)
        if there is not None and there.id != row.id:
            raise Conflict(reason="This browser is another device here. Turn notifications off and on again.")
        if row.device_hash != given.hash or row.session_hash != by.token_hash:
            stored.set_channel(session, row.id, values)


def _device(reader: Reader, account_id: int, name: str) -> stored.Channel:
    row = stored.find_channel(reader, name, account_id)
    if row.device_hash is None:
        raise NotFound(what="device", id=name)
    return row


def _kept(context: Context, by: Session, given: Subscription) -> dict[str, object]:
    """Return what is kept of where a device takes messages. Raises BadRequest, PrivateAddress, ReservedAddress."""
    _must_be_good(given)
    by_admin = must_reach(context, Scope(0, by.account_id), {"url": given.endpoint})
    secret = {"endpoint": given.endpoint, "p256dh": given.p256dh, "auth": given.auth}
    return {
        "device_hash": given.hash,
        "session_hash": by.token_hash,
        "secret": keys(context.settings).seal(json.dumps(secret)),
        "by_admin": by_admin,
    }


def _must_be_good(given: Subscription) -> None:
    try:
        parts = urlsplit(given.endpoint)
        good = (parts.scheme, parts.username) == ("https", None) and parts.hostname and parts.port != 0
    except ValueError:  # brackets or a port that are none
        good = False
    if not good or not given.endpoint.isascii() or not given.endpoint.isprintable():
        raise BadRequest(reason="The push address of a browser begins with https://.")
    try:
        point, secret = from_base64url(given.p256dh), from_base64url(given.auth)
    except ValueError as error:
        raise BadRequest(reason="The keys of a browser are in base64url.") from error
    if not is_point(point) or len(secret) != SECRET:
        raise BadRequest(reason="The keys of a browser are a point of P-256 and 16 bytes.")
