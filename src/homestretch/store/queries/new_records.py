"""Finds activities of late that hold records, for notices about them."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select

from homestretch.store.database import Reader
from homestretch.store.queries.today import placed_efforts
from homestretch.store.tables.derived import activities
from homestretch.store.tables.kept import demos


class Record(NamedTuple):
    """A record of an activity: the least time over `size` metres (`distance`), or the best mean over so many s."""

    activity: str
    name: str | None
    kind: str
    size: float


def new_records(
    reader: Reader, athlete_id: int, since_ms: int, kinds: Sequence[str], without: Sequence[str], least: int
) -> list[Record]:
    """Return the records that activities since an instant hold, the longest first, of an athlete with enough of them.

    Of the first few activities each would be a record. What a demo athlete does is no news.
    """
    where = [
        activities.c.athlete_id == athlete_id, activities.c.deleted.is_(False), activities.c.hidden.is_(False),
        activities.c.primary_id.is_not(None),
    ]  # fmt: skip
    is_demo = reader.scalar(select(demos.c.athlete_id).where(demos.c.athlete_id == athlete_id)) is not None
    if is_demo or (reader.scalar(select(func.count()).select_from(activities).where(*where)) or 0) < least:
        return []
    late = select(activities.c.id, activities.c.public_id, activities.c.name)
    rows = {row.id: row for row in reader.rows(late.where(*where, activities.c.start_ms >= since_ms))}
    return [
        Record(rows[one.activity_id].public_id, rows[one.activity_id].name, one.kind, one.size)
        for one in placed_efforts(reader, where, list(rows), 1, without)
        if one.kind in kinds
    ]
