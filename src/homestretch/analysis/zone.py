"""Time zones: from places, offline, and what they make of an instant and of a day."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def zone_at(latitude: float, longitude: float) -> str | None:
    """Return the IANA name of the zone of a place (degrees), or None where the map has none."""
    name: str = _finder().get_tz(longitude, latitude)
    return name or None


def offset_at(zone: str, utc_ms: int) -> int | None:
    """Return a zone's offset from UTC in seconds at an instant; None for a name this system does not know."""
    try:
        moment = datetime.fromtimestamp(utc_ms / 1000, tz=UTC).astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OverflowError, OSError):
        return None
    offset = moment.utcoffset()
    return None if offset is None else int(offset.total_seconds())


def day_bounds(day: date, zone: str) -> tuple[int, int] | None:
    """Return the first instant of a local day and that of the next, UTC ms; None for a name this system does not know.

    A day on which the clock is changed lasts 23, 24.5 or 25 h; one whose midnight is skipped begins at 1:00.
    """
    try:
        clock = ZoneInfo(zone)
        ends = (datetime.combine(one, time(), clock) for one in (day, day + timedelta(days=1)))
        start_ms, end_ms = (round(one.timestamp() * 1000) for one in ends)
    except (ZoneInfoNotFoundError, ValueError, OverflowError, OSError):
        return None
    return start_ms, end_ms


@cache
def _finder() -> Any:
    import tzfpy  # 33 MB of borders, loaded on first use

    return tzfpy
