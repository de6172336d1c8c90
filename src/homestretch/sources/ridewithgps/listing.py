"""A page of Ride with GPS's list of trips: read leniently, for its shape is not documented."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from homestretch.net.budget import UnexpectedResponse
from homestretch.sources import _recorded as read
from homestretch.sources.base import RemoteItem
from homestretch.sources.ridewithgps._sports import sport_of
from homestretch.sources.ridewithgps.decode import gear_of


class Page(NamedTuple):
    """A page: its trips, whether there is another, how many there are, the day when the last of these was changed."""

    items: tuple[RemoteItem, ...]
    more: bool
    total: int
    changed: str


def page_of(body: bytes, name: str) -> Page:
    """Return what a page says. Raises UnexpectedResponse for what is no page."""
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    listed = found.get("trips") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(listed, list):
        raise UnexpectedResponse(name=name, reason="no list", what="the request for trips")
    meta = found.get("meta")
    paging = meta.get("pagination") if isinstance(meta, dict) else None
    paging = paging if isinstance(paging, dict) else {}
    more, total = bool(paging.get("next_page_url")), paging.get("record_count")
    trips = [trip for trip in listed if isinstance(trip, dict) and read.key_of(trip.get("id"))]
    changed = [str(trip["updated_at"])[:10] for trip in trips if trip.get("updated_at")]
    items = tuple(_item(trip) for trip in trips)
    return Page(items, more and bool(listed), total if isinstance(total, int) else 0, changed[-1] if changed else "")


def _item(trip: Mapping[str, Any]) -> RemoteItem:
    key = read.key_of(trip["id"]) or ""
    departed, zone = read.text(trip.get("departed_at")), read.zone_of(trip.get("time_zone"))
    at = read.instant_ms(departed, zone)
    local = (departed or "")[:19]
    day = local[:10] if at is not None else "1970-01-01"
    sport = sport_of(trip)
    details = {
        "name": trip.get("name"),
        "description": trip.get("description"),
        "sport": sport.key,
        "sub_sport": sport.sub,
        "start": local or None,
        "start_utc": None if at is None else read.moment(at[0], None, None).utc().isoformat(),
        "elapsed_s": read.amount(trip.get("duration")),
        "moving_s": read.amount(trip.get("moving_time")),
        "distance_m": read.amount(trip.get("distance")),
        "gear": gear_of(trip),
        "device": read.text(trip.get("device")),
    }
    return RemoteItem("activity", key, day, day, read.text(trip.get("updated_at")), details)
