"""Strava's calls to us: a challenge when a subscription is made, then hints, unsigned, that something was changed.

Anybody can send a hint, so none is believed: it makes a sync due, and that asks Strava. Where the athlete removed
the application there, that sync is refused and the cached data deleted.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

import orjson

#: Whether only who knows a secret of the connection's can send a message.
SIGNED = False


def verify_token(secret: Mapping[str, Any]) -> str:
    """Return the word by which Strava's challenge is known; it goes with the asking for a subscription."""
    key = str(secret.get("client_secret") or "").encode()
    return hmac.new(key, b"strava webhook", hashlib.sha256).hexdigest()[:40]


def answer(query: Mapping[str, str], secret: Mapping[str, Any]) -> dict[str, str] | None:
    """Return the answer to a challenge, or None for any other request or another secret."""
    said, challenge = query.get("hub.verify_token", ""), query.get("hub.challenge")
    mine = hmac.compare_digest(said.encode(), verify_token(secret).encode())
    if query.get("hub.mode") != "subscribe" or not challenge or not mine or not secret.get("client_secret"):
        return None
    return {"hub.challenge": challenge}


def owner(headers: Mapping[str, str], body: bytes, secret: Mapping[str, Any]) -> str | None:
    """Return the key of the person that an event is about, or None where it is no event."""
    try:
        event = orjson.loads(body)
    except ValueError:
        return None
    if not isinstance(event, dict) or event.get("object_type") not in ("activity", "athlete"):
        return None
    whose = event.get("owner_id")
    return str(whose) if isinstance(whose, int) and not isinstance(whose, bool) else None
