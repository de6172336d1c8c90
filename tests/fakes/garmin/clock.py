"""Times as Garmin writes them: in GMT, and as local time that looks like GMT."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

DAY_MS = 86_400_000


def midnight_ms(day: date, zone: str) -> int:
    """Return when a day begins in a zone (ms, UTC)."""
    return round(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).timestamp() * 1000)


def offset_s(at_ms: int, zone: str) -> int:
    """Return the zone's offset from UTC at an instant (s)."""
    found = datetime.fromtimestamp(at_ms / 1000, ZoneInfo(zone)).utcoffset()
    assert found is not None
    return round(found.total_seconds())


def local_ms(at_ms: int, zone: str) -> int:
    """Return the local wall time at an instant, as ms since 1970 as if it were UTC."""
    return at_ms + 1000 * offset_s(at_ms, zone)


def stamp(at_ms: int) -> str:
    """Return `2026-01-08T08:10:21.0`: most of Garmin's stamps."""
    return f"{datetime.fromtimestamp(at_ms / 1000, UTC):%Y-%m-%dT%H:%M:%S}.0"


def spaced(at_ms: int) -> str:
    """Return `2026-01-08 08:10:21`: the stamps of the list of activities."""
    return f"{datetime.fromtimestamp(at_ms / 1000, UTC):%Y-%m-%d %H:%M:%S}"


def day_of(at_ms: int, zone: str) -> str:
    """Return the local date of an instant, ISO."""
    return f"{datetime.fromtimestamp(local_ms(at_ms, zone) / 1000, UTC):%Y-%m-%d}"


def days_between(first: date, last: date) -> list[date]:
    """Return the days from one to another, both included."""
    return [first + timedelta(days=k) for k in range((last - first).days + 1)]


def both(name: str, at_ms: int | None, zone: str) -> dict[str, str | None]:
    """Return `{name}GMT` and `{name}Local` of an instant, nulls of none."""
    if at_ms is None:
        return {f"{name}GMT": None, f"{name}Local": None}
    return {f"{name}GMT": stamp(at_ms), f"{name}Local": stamp(local_ms(at_ms, zone))}
