"""What intervals.icu's list says of each activity: read leniently, and of what came from Strava only that it is."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from homestretch.net.budget import UnexpectedResponse
from homestretch.sources import _recorded as read
from homestretch.sources.base import RemoteItem
from homestretch.sources.intervals._sports import sport_of

#: What of an activity a person changes there; the figures it computes may change at any time.
_CHANGEABLE = ("name", "description", "type", "sub_type", "start_date_local", "distance", "trainer", "race", "commute")
#: Other ids of where an activity came from are no names of files.
_FILES = (".fit", ".tcx", ".gpx", ".gz", ".zip")


def items_of(body: bytes, name: str) -> tuple[RemoteItem, ...]:
    """Return the items of a slice of the list. Raises UnexpectedResponse for anything but a list."""
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not isinstance(found, list):
        raise UnexpectedResponse(name=name, reason="no list", what="the request for activities")
    return tuple(_item(item) for item in found if isinstance(item, dict) and read.key_of(item.get("id")))


def is_stub(activity: Mapping[str, Any]) -> bool:
    """Return whether it stands for an activity that came from Strava, of which nothing may be handed on."""
    return activity.get("source") == "STRAVA" or "not available via the API" in str(activity.get("_note") or "")


def gear_of(activity: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return key and name of an activity's gear, None without gear."""
    gear = activity.get("gear")
    return (read.key_of(gear.get("id")), read.text(gear.get("name"))) if isinstance(gear, dict) else (None, None)


def _item(item: Mapping[str, Any]) -> RemoteItem:
    key, local = read.key_of(item["id"]) or "", read.text(item.get("start_date_local"))
    at = read.instant_ms(item.get("start_date"))
    day = (local or "1970-01-01")[:10]
    details: dict[str, Any] = {"start": local, "start_utc": None if at is None else item["start_date"]}
    if is_stub(item):
        details |= {"stub": True, "strava_id": key}
        return RemoteItem("activity", key, day, day, None, {name: value for name, value in details.items() if value})
    sport, (gear, gear_name), external = sport_of(item), gear_of(item), read.key_of(item.get("external_id"))
    details |= {
        "name": item.get("name"),
        "description": item.get("description"),
        "sport": sport.key,
        "sub_sport": sport.sub,
        "elapsed_s": read.amount(item.get("elapsed_time")),
        "moving_s": read.amount(item.get("moving_time")),
        "distance_m": next((d for d in map(read.amount, (item.get("distance"), item.get("icu_distance"))) if d), None),
        "gear": gear,
        "gear_name": gear_name,
        "device": read.text(item.get("device_name")),
        "file": external if external and external.lower().endswith(_FILES) else None,
        "external_id": external,
        "strava_id": read.key_of(item.get("strava_id")),
        "file_type": read.text(item.get("file_type")),
        "source": read.text(item.get("source")),
        "workout": read.key_of(item.get("paired_event_id")),
    }
    said = [item.get(field) for field in _CHANGEABLE] + [gear]
    version = hashlib.blake2b(json.dumps(said, sort_keys=True).encode(), digest_size=8).hexdigest()
    return RemoteItem("activity", key, day, day, version, details)
