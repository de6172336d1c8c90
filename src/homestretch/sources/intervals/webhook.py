"""Messages from intervals.icu that something was changed there; they bear a word that only its application knows."""

import hmac
from collections.abc import Mapping
from typing import Any

import orjson

#: Whether only who knows a secret of the connection's can send a message.
SIGNED = True

ANYONE = "*"


def owner(headers: Mapping[str, str], body: bytes, secret: Mapping[str, Any]) -> str | None:
    """Return whose data an authentic message is about, `*` where it is about several people's; else None."""
    known = secret.get("webhook_secret")
    try:
        message = orjson.loads(body)
    except ValueError:
        return None
    said = message.get("secret") if isinstance(message, dict) else None
    if not isinstance(known, str) or not known or not isinstance(said, str):
        return None
    if not hmac.compare_digest(said.encode(), known.encode()):
        return None
    listed = message.get("events")
    events = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    people = {str(one["athlete_id"]) for one in events if one.get("athlete_id")}
    return people.pop() if len(people) == 1 else ANYONE
