"""Derives again what an athlete's home zone decides: days, and the clock of activities that state none."""

from itertools import batched

from sqlalchemy import or_, select

from homestretch.flow.derive.activities import refresh
from homestretch.flow.derive.days.stale_days import derive_stale_days
from homestretch.flow.runtime.athlete_lock import lock_athlete
from homestretch.flow.runtime.context import Context
from homestretch.store.queries.measurements import home_zone
from homestretch.store.tables.derived import activities, recordings

PORTION = 200


def derive_at_home(context: Context, athlete_id: int) -> None:
    """Put activities on the clock of today's home zone, and derive stale days again."""
    for portion in batched(_elsewhere(context, athlete_id), PORTION):
        with context.database.write() as session:
            lock_athlete(session, athlete_id)
            refresh(session, athlete_id, portion)
    derive_stale_days(context, athlete_id)


def _elsewhere(context: Context, athlete_id: int) -> list[int]:
    """Return the recordings of activities that are on the clock of another home."""
    with context.database.read() as reader:
        home = home_zone(reader, athlete_id)
        at_home = activities.c.zone_source == "home"
        moved = at_home if home is None else (at_home & (activities.c.zone != home))
        homeless = activities.c.zone_source == "none"
        mine = activities.c.athlete_id == athlete_id
        where = mine & (moved if home is None else or_(moved, homeless))
        query = select(recordings.c.id).join(activities, activities.c.id == recordings.c.activity_id)
        return sorted(row.id for row in reader.rows(query.where(where)))
