"""Strava's list of activities: read leniently; it gives no measurements and no titles."""

import hashlib
import json
from datetime import datetime
from typing import Any

from homestretch.model.health.measurement import Wellness
from homestretch.net.budget import UnexpectedResponse
from homestretch.sources.base import RemoteItem
from homestretch.vendors.sport_names import sport_named

VERSION = 1
#: Nothing is asked of days.
KINDS: frozenset[str] = frozenset()
#: What of an activity a person changes at Strava.
_CHANGEABLE = (
    "name", "sport_type", "type", "gear_id", "start_date_local", "distance", "elapsed_time", "trainer", "commute",
    "private", "visibility",
)  # fmt: skip
#: The start of an activity whose time its owner hides, on the local clock.
_HIDDEN = "T00:00:01"
#: Facts that are Strava's fields as they are.
_SAME = {
    "name": "name", "distance_m": "distance", "elapsed_s": "elapsed_time", "moving_s": "moving_time",
    "gear": "gear_id", "file": "external_id", "device": "device_name", "trainer": "trainer", "commute": "commute",
    "manual": "manual",
}  # fmt: skip


def decode(kind: str, payload: bytes) -> Wellness:
    """Return nothing: Strava's terms let nothing of an answer become part of what lasts."""
    return Wellness()


def items_of(body: bytes, name: str, page: str) -> tuple[tuple[RemoteItem, ...], tuple[int, ...]]:
    """Return the items of a page of the list, and when those activities began (UTC s).

    `page` is the address of an activity, with `{key}` in it. Raises UnexpectedResponse for anything but a list.
    """
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not isinstance(found, list):
        raise UnexpectedResponse(name=name, reason="no list", what="the request for activities")
    items = [item for item in found if isinstance(item, dict) and item.get("id")]
    starts = [start for item in items if (start := _seconds(item.get("start_date"))) is not None]
    if found and not starts:
        raise UnexpectedResponse(name=name, reason="a list without times", what="the request for activities")
    return tuple(_item(item, page) for item in items), tuple(starts)


def _item(item: dict[str, Any], page: str) -> RemoteItem:
    key = str(item["id"])
    local = _wall_clock(item.get("start_date_local") or item.get("start_date"))
    hidden = local is not None and local.endswith(_HIDDEN)
    day = local[:10] if local else "1970-01-01"
    sport = sport_named(_word(item.get("sport_type")) or _word(item.get("type")))
    details = {fact: item.get(field) for fact, field in _SAME.items()}
    details |= {"sport": sport.key, "sub_sport": sport.sub, "url": page.format(key=key)}
    details |= {"start": day, "start_hidden": True} if hidden else {"start": local, "start_utc": item.get("start_date")}
    said = json.dumps([item.get(field) for field in _CHANGEABLE], sort_keys=True)
    version = hashlib.blake2b(said.encode(), digest_size=8).hexdigest()
    return RemoteItem(
        "activity", key, day, day, version, {name: value for name, value in details.items() if value is not None}
    )


def _wall_clock(said: Any) -> str | None:
    """Return a time on the local clock: Strava writes a Z behind it that means nothing."""
    try:
        at = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None
    return None if at is None else at.replace(tzinfo=None).isoformat()


def _seconds(said: Any) -> int | None:
    try:
        at = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None
    return None if at is None or at.tzinfo is None else int(at.timestamp())


def _word(said: Any) -> str | None:
    return said if isinstance(said, str) else None
