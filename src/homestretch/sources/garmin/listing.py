"""Garmin's list of activities: read leniently, for its shape is not documented."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from homestretch.model.health.measurement import Title
from homestretch.net.budget import UnexpectedResponse
from homestretch.sources.base import RemoteItem
from homestretch.vendors.given_names import Given, given
from homestretch.vendors.sport_names import sport_named

#: What of an activity a person changes at Garmin; what Garmin computes itself may change at any time.
_CHANGEABLE = ("activityName", "description", "startTimeLocal", "distance", "elapsedDuration", "eventType", "favorite")


def items_of(body: bytes, name: str) -> tuple[tuple[RemoteItem, ...], int]:
    """Return the items of a page of the list, and how many it holds.

    Raises UnexpectedResponse for anything but a list.
    """
    try:
        found = json.loads(body or b"[]")
    except ValueError:
        found = None
    if found == {}:
        found = []
    if not isinstance(found, list):
        raise UnexpectedResponse(name=name, reason="no list", what="the request for activities")
    items = [_item(item) for item in found if isinstance(item, dict) and item.get("activityId")]
    return tuple(items), len(found)


def _item(item: dict[str, Any]) -> RemoteItem:
    key = str(item["activityId"])
    day = str(item.get("startTimeLocal") or item.get("startTimeGMT") or "1970-01-01")[:10]
    kind = item.get("activityType")
    kind = kind if isinstance(kind, dict) else {}
    sport = sport_named(kind.get("typeKey"))
    details = {
        "name": item.get("activityName"),
        "description": item.get("description"),
        "sport": sport.key,
        "sub_sport": sport.sub,
        "start": item.get("startTimeLocal"),
        "start_utc": item.get("startTimeGMT"),
        "distance_m": item.get("distance"),
        "elapsed_s": item.get("elapsedDuration") or item.get("duration"),
        "moving_s": item.get("movingDuration"),
        "workout": str(item["workoutId"]) if item.get("workoutId") else None,
    }
    said = [item.get(field) for field in _CHANGEABLE] + [kind.get("typeKey")]
    version = hashlib.blake2b(json.dumps(said, sort_keys=True).encode(), digest_size=8).hexdigest()
    return RemoteItem("activity", key, day, day, version, details)


def titles(body: Any) -> Iterator[Title]:
    """Yield what the list calls each of its activities."""
    for item in body if isinstance(body, list) else []:
        if isinstance(item, dict) and item.get("activityId"):
            name, description = item.get("activityName"), item.get("description")
            yield Title(str(item["activityId"]), _own(_text(name), item.get("locationName")), _text(description))


def _own(name: str | None, place: Any) -> str | None:
    """Return a name, unless Garmin made it up of a place and the sport."""
    if name is None or not isinstance(place, str) or not place or not name.startswith(place):
        return name
    return None if given(name[len(place) :]) is Given.NOT else name


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
