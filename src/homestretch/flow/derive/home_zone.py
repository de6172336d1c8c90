"""Derives again what an athlete's home zone decides: days, and the clock of activities that state none."""

from itertools import batched

from homestretch.flow.derive.activities import refresh
from homestretch.flow.derive.days.stale_days import derive_stale_days
from homestretch.flow.runtime.athlete_lock import lock_athlete
from homestretch.flow.runtime.context import Context
from homestretch.store.queries.activities import recordings_elsewhere
from homestretch.store.queries.measurements import home_zone

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
        return recordings_elsewhere(reader, athlete_id, home_zone(reader, athlete_id))
