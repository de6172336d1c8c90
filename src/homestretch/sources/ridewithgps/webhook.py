"""Ride with GPS's webhook messages about changes, checked for their signature: anybody could send some."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

import orjson

#: Whether only who knows a secret of the connection's can send a message.
SIGNED = True

ANYONE = "*"


def is_signed(headers: Mapping[str, str], body: bytes, client_secret: str) -> bool:
    """Return whether a body was signed with the secret: `x-rwgps-signature` is its HMAC-SHA256, in hex."""
    said = headers.get("x-rwgps-signature", "").strip().lower()
    made = hmac.new(client_secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(said.encode(), made.encode())


def owner(headers: Mapping[str, str], body: bytes, secret: Mapping[str, Any]) -> str | None:
    """Return whose trips an authentic message is about, `*` where it is about several people's; else None.

    `headers` have names in lower case; `secret` is that of a connection.
    """
    known = secret.get("client_secret")
    if not isinstance(known, str) or not known or not is_signed(headers, body, known):
        return None
    people = {str(one["user_id"]) for one in _notifications(body) if one.get("user_id") is not None}
    return people.pop() if len(people) == 1 else ANYONE


def _notifications(body: bytes) -> list[dict[str, Any]]:
    try:
        message = orjson.loads(body)
    except ValueError:
        return []
    listed = message.get("notifications") if isinstance(message, dict) else None
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
