"""Lists in archives about days and gear: of several, the newest holds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from itertools import batched
from typing import Any

from sqlalchemy import Row, and_, delete, or_, select

from homestretch.flow.derive.decode.decode_original import DecodeResult
from homestretch.model.health.measurement import Wellness
from homestretch.store.database import Writer
from homestretch.store.queries.wellness import pack_wellness, put_wellness, unpack_wellness
from homestretch.store.tables.derived import listed_wellness, remote_gear
from homestretch.store.tables.derived_days import measurements, nights

PORTION = 500


def keep_days(session: Writer, athlete_id: int, prepared: Sequence[DecodeResult]) -> None:
    """Keep lists of days and of gear."""
    lists = {one.digest: one for one in prepared if one.wellness.days or one.wellness.gear}
    if not lists:
        return
    of = _take_away(session, athlete_id, sorted(lists))
    session.put(listed_wellness, [_row(athlete_id, one) for _, one in sorted(lists.items())])
    for one in lists.values():
        of.setdefault(one.format, set()).update(one.wellness.days)
    _put(session, athlete_id, of)


def forget_days(session: Writer, athlete_id: int, digests: Sequence[str]) -> None:
    """Forget these lists; other lists' values of the same hold then."""
    _put(session, athlete_id, _take_away(session, athlete_id, digests))


def rewrite_days(session: Writer, athlete_id: int, digests: Collection[str]) -> None:
    """Write the values of these lists about days and gear again."""
    mine = select(listed_wellness).where(listed_wellness.c.athlete_id == athlete_id)
    days: dict[str, set[str]] = {}
    for row in session.rows(mine):
        if row.digest in digests:
            days.setdefault(row.source, set()).update(unpack_wellness(row.blob).days)
    _put(session, athlete_id, days)


def _row(athlete_id: int, one: DecodeResult) -> dict[str, Any]:
    days = one.wellness.days
    return {
        "athlete_id": athlete_id,
        "digest": one.digest,
        "source": one.format,
        "since": min(days, default=None),
        "until": max(days, default=None),
        "blob": pack_wellness(one.wellness),
    }


def _take_away(session: Writer, athlete_id: int, digests: Sequence[str]) -> dict[str, set[str]]:
    """Delete lists and return the days that they covered, by source."""
    days: dict[str, set[str]] = {}
    for part in batched(digests, PORTION):
        mine = (listed_wellness.c.athlete_id == athlete_id) & listed_wellness.c.digest.in_(part)
        for row in session.rows(select(listed_wellness.c.source, listed_wellness.c.blob).where(mine)):
            days.setdefault(row.source, set()).update(unpack_wellness(row.blob).days)
        session.run(delete(listed_wellness).where(mine))
    return days


def _put(session: Writer, athlete_id: int, of: Mapping[str, set[str]]) -> None:
    """Write again the values of each source's lists for these days and for gear, the newest last."""
    for source, days in of.items():
        for table in (measurements, nights):
            mine = (table.c.athlete_id == athlete_id) & (table.c.source == source)
            for part in batched(sorted(days), PORTION):
                session.run(delete(table).where(mine, table.c.day.in_(part)))
        lists = sorted(_lists(session, athlete_id, source, days), key=_age)
        for row, wellness in lists:
            put_wellness(session, athlete_id, source, row.digest, wellness.within(days))
        _equip(session, athlete_id, source, [wellness for _, wellness in lists])


def _lists(session: Writer, athlete_id: int, source: str, days: set[str]) -> list[tuple[Row[Any], Wellness]]:
    """Return the lists of a source that hold gear or days near these, and their content."""
    near = or_(
        listed_wellness.c.since.is_(None),
        and_(listed_wellness.c.since <= max(days, default=""), listed_wellness.c.until >= min(days, default="")),
    )
    mine = (listed_wellness.c.athlete_id == athlete_id) & (listed_wellness.c.source == source)
    rows = session.rows(
        select(listed_wellness.c.digest, listed_wellness.c.until, listed_wellness.c.blob).where(mine, near)
    )
    return [(row, unpack_wellness(row.blob)) for row in rows]


def _age(one: tuple[Row[Any], Wellness]) -> tuple[str, float, str]:
    """Return how a list sorts, the newest last: that knows the last day, or gear that had gone furthest."""
    row, wellness = one
    return row.until or "", sum(gear.distance_m or 0.0 for gear in wellness.gear), row.digest


def _equip(session: Writer, athlete_id: int, source: str, lists: Sequence[Wellness]) -> None:
    mine = (remote_gear.c.athlete_id == athlete_id) & (remote_gear.c.source == source)
    session.run(delete(remote_gear).where(mine))
    found = {one.key: one for wellness in lists for one in wellness.gear}
    session.put(remote_gear, [{"athlete_id": athlete_id, "source": source, **asdict(one)} for one in found.values()])
