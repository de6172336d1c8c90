"""When a connection is synced by itself: a cron line of five fields, or an interval such as `every 6h`."""

import re
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, select

from homestretch.errors import HomestretchError
from homestretch.net.budget import Limits
from homestretch.sources.registry import sources
from homestretch.store.database import Reader
from homestretch.store.tables.kept import athletes, connections

_EVERY = re.compile(r"every\s+(\d{1,4})\s*(m|min|minutes?|h|hours?|d|days?)", re.IGNORECASE)
_UNITS_MS = {"m": 60_000, "h": 3_600_000, "d": 86_400_000}
#: No provider is asked more often than this, unless its description allows it.
LEAST_MS, MOST_MS = Limits().least_ms, 31 * 86_400_000


class BadSchedule(HomestretchError):
    """{text} is not a schedule ({reason}). Write `every 6h`, or five cron fields such as `0 */6 * * *`."""

    status = 422
    exit_code = 2


def interval_ms(text: str, least_ms: int = LEAST_MS) -> int | None:
    """Return the interval of `every …`, or None for anything else. Raises BadSchedule."""
    found = _EVERY.fullmatch(text.strip())
    if found is None:
        return None
    length = int(found[1]) * _UNITS_MS[found[2][0].lower()]
    if not least_ms <= length <= MOST_MS:
        raise BadSchedule(text=text, reason=f"the interval must be {_minutes(least_ms)} to 31 days")
    return length


def next_times(text: str, zone: str | None, after_ms: int, count: int = 1, least_ms: int = LEAST_MS) -> list[int]:
    """Return when it is due next after an instant, `count` times, UTC ms; cron uses the hours of the zone.

    Raises BadSchedule, also where it is due more often than once in `least_ms`.
    """
    length = interval_ms(text, least_ms)
    if length is not None:
        return [after_ms + length * number for number in range(1, count + 1)]
    if len(text.split()) != 5:
        raise BadSchedule(text=text, reason="it must have five fields")
    from croniter import croniter  # a server without a cron line starts without it

    local = datetime.fromtimestamp(after_ms / 1000, UTC).astimezone(ZoneInfo(zone or "UTC"))
    try:
        times = croniter(text, local)
        found = [int(times.get_next(datetime).timestamp() * 1000) for _ in range(count + 1)]
    except (ValueError, KeyError) as error:  # what croniter raises is a ValueError
        raise BadSchedule(text=text, reason=str(error).removeprefix(f"[{text}] ")) from error
    if any(later - earlier < least_ms for earlier, later in pairwise(found)):
        raise BadSchedule(text=text, reason=f"it runs more often than every {_minutes(least_ms)}")
    return found[:count]


def _minutes(span_ms: int) -> str:
    count = span_ms // 60_000
    return f"{count} minute{'' if count == 1 else 's'}"


def next_run(row: Row[Any], zone: str | None, now: int) -> int | None:
    """Return when a connection is due after this run, or None where it is not due now.

    A time further off than the schedule allows was written by a wrong clock.
    """
    if row.schedule is None:
        return None
    coming = next_times(row.schedule, zone, now, 2, sources()[row.source].least_ms(row.remote_account))
    if row.next_ms is not None and now < row.next_ms <= coming[1]:
        return None
    return coming[0]


def athlete_zone(reader: Reader, athlete_id: int) -> str | None:
    """Return the zone that an athlete's schedules are meant in: the home zone, else the one a provider knows."""
    return athlete_zones(reader, athletes.c.id == athlete_id).get(athlete_id)


def athlete_zones(reader: Reader, *where: ColumnElement[bool]) -> dict[int, str]:
    """Return the zones of the athletes who have one."""
    here = (connections.c.athlete_id == athletes.c.id) & connections.c.removed_ms.is_(None)
    query = select(athletes.c.id, athletes.c.home_zone, connections.c.remote_account).join_from(
        athletes, connections, here, isouter=True
    )
    zones: dict[int, str] = {}
    for row in reader.rows(query.where(*where).order_by(athletes.c.id, connections.c.id)):
        zone = row.home_zone or (row.remote_account or {}).get("zone")
        if zone and row.id not in zones:
            zones[row.id] = zone
    return zones
