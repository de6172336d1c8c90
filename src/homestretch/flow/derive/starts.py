"""When an activity began, as a person set it: every recording in it moves by as much, wherever it was dated."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, select, update

from homestretch.analysis.geometry import polyline
from homestretch.analysis.zone import offset_at
from homestretch.errors import BadRequest
from homestretch.flow.derive.matching import portions
from homestretch.model.moment import iso
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.edits import starts_of
from homestretch.store.tables.derived import activities, recordings

EARLIEST_YEAR = 1900
DAY_MS = 86_400_000


def start_value(reader: Reader, activity_id: int, start: Any, now_ms: int) -> dict[str, Any]:
    """Return what is written down of a start: itself, and when that lets each of the activity's recordings begin.

    `start` is ISO 8601; without an offset it is meant on the activity's own clock. None goes back to the
    recordings' own. Raises BadRequest.
    """
    row = reader.row(select(activities).where(activities.c.id == activity_id))
    members = _members(reader, activity_id)
    if row is None or start is None:
        return {"start": None, "recordings": {member.key: None for member in members}}
    at_ms = _instant(start, row)
    if at_ms > now_ms + DAY_MS:
        raise BadRequest(reason=f"{start} is in the future. Enter an earlier time.")
    if row.split_from_id is not None:
        raise BadRequest(reason="This is part of a split activity. Change the start of the first part: both move.")
    by_ms = at_ms - row.start_ms
    return {"start": iso(at_ms), "recordings": {member.key: member.start_ms + by_ms for member in members}}


def put_starts(session: Writer, athlete_id: int, keys: Sequence[str]) -> None:
    """Let recordings, by key, begin when a person last set it, else as their files say."""
    starts = starts_of(session, athlete_id)
    columns = (recordings.c.id, recordings.c.key, recordings.c.features)
    for part in portions(sorted(keys)):
        mine = (recordings.c.athlete_id == athlete_id) & recordings.c.key.in_(part)
        for row in session.rows(select(*columns).where(mine)):
            session.run(
                update(recordings).where(recordings.c.id == row.id).values(**dated(row.features, row.key, starts))
            )


def dated(features: Mapping[str, Any], key: str, starts: Mapping[str, int]) -> dict[str, Any]:
    """Return the start, the end, and whether only the day is known, of a recording with these features."""
    start_ms, end_ms = features["start_ms"], features["end_ms"]
    by_ms = starts.get(key, start_ms) - start_ms
    date_only = bool(features["date_only"]) and key not in starts
    return {"start_ms": start_ms + by_ms, "end_ms": end_ms + by_ms, "date_only": date_only}


def _members(reader: Reader, activity_id: int) -> Sequence[Row[Any]]:
    legs = select(activities.c.id).where((activities.c.id == activity_id) | (activities.c.parent_id == activity_id))
    query = select(recordings.c.key, recordings.c.start_ms).where(recordings.c.activity_id.in_(legs))
    return reader.rows(query.order_by(recordings.c.key))


def _instant(start: Any, row: Row[Any]) -> int:
    try:
        at = datetime.fromisoformat(start)
    except (TypeError, ValueError) as error:
        raise BadRequest(reason=f"{start} is not a time. Write it like 2026-11-20T07:30.") from error
    if at.year < EARLIEST_YEAR:
        raise BadRequest(reason=f"{start} can't be the start of an activity.")
    if at.tzinfo is not None:
        return round(at.timestamp() * 1000)
    local_ms = round(at.replace(tzinfo=UTC).timestamp() * 1000)
    offset_s = row.offset_s or 0
    if row.zone:
        offset_s = offset_at(row.zone, local_ms - 1000 * offset_s) or 0
    return local_ms - 1000 * offset_s


def begins_at(thumb: str | None) -> dict[str, float | None]:
    """Return where the encoded line of an activity begins, in degrees; None without one."""
    latitude, longitude = polyline.decode(thumb or "")
    known = len(latitude) > 0
    return {
        "start_latitude": float(latitude[0]) if known else None,
        "start_longitude": float(longitude[0]) if known else None,
    }
