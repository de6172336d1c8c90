"""What lists of days in Garmin's export say of somebody's days: the list that came last has the word."""

from collections.abc import Sequence
from itertools import batched

from sqlalchemy import delete, func, select

from homestretch.flow.prepare import Prepared
from homestretch.formats.garmin_export import KEY
from homestretch.store.database import Writer
from homestretch.store.tables.derived import days_listed, measurements, nights
from homestretch.store.tables.kept import arrivals
from homestretch.store.wellness import pack_wellness, put_wellness, unpack_wellness

PORTION = 500


def keep_days(session: Writer, athlete_id: int, prepared: Sequence[Prepared]) -> None:
    """Keep what lists of days say."""
    lists = {one.digest: one.wellness for one in prepared if one.wellness.days}
    if not lists:
        return
    days = _take_away(session, athlete_id, sorted(lists)).union(*(told.days for told in lists.values()))
    session.put(days_listed, [
        {"athlete_id": athlete_id, "digest": digest, "since": min(told.days), "until": max(told.days),
         "blob": pack_wellness(told)} for digest, told in sorted(lists.items())
    ])  # fmt: skip
    _tell(session, athlete_id, days)


def forget_days(session: Writer, athlete_id: int, digests: Sequence[str]) -> None:
    """Forget what these lists said; what others say of the same days holds then."""
    if days := _take_away(session, athlete_id, digests):
        _tell(session, athlete_id, days)


def _take_away(session: Writer, athlete_id: int, digests: Sequence[str]) -> set[str]:
    """Take lists away and return the days that they told of."""
    days: set[str] = set()
    for part in batched(digests, PORTION):
        mine = (days_listed.c.athlete_id == athlete_id) & days_listed.c.digest.in_(part)
        for row in session.rows(select(days_listed.c.blob).where(mine)):
            days |= unpack_wellness(row.blob).days
        session.run(delete(days_listed).where(mine))
    return days


def _tell(session: Writer, athlete_id: int, days: set[str]) -> None:
    """Write anew what lists say of these days, in the order in which they first came."""
    for table in (measurements, nights):
        mine = (table.c.athlete_id == athlete_id) & (table.c.source == KEY)
        for part in batched(sorted(days), PORTION):
            session.run(delete(table).where(mine, table.c.day.in_(part)))
    came = (arrivals.c.athlete_id == athlete_id) & (arrivals.c.digest == days_listed.c.digest)
    first = select(func.min(arrivals.c.id)).where(came).scalar_subquery()
    near = (days_listed.c.since <= max(days)) & (days_listed.c.until >= min(days))
    query = select(days_listed.c.digest, days_listed.c.blob, first.label("first"))
    rows = session.rows(query.where(days_listed.c.athlete_id == athlete_id, near))
    for row in sorted(rows, key=lambda row: (row.first or 0, row.digest)):
        put_wellness(session, athlete_id, KEY, row.digest, unpack_wellness(row.blob).within(days))
