"""Time zones from places, offline."""

from datetime import UTC, datetime
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


@cache
def _finder() -> Any:
    import tzfpy  # 33 MB of borders, loaded on first use

    return tzfpy
