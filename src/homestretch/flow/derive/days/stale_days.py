"""Derives the days again that today's code, another zone or other priorities make otherwise, and no others."""

from itertools import batched

from homestretch.flow.derive.days.derive_days import Basis, derive_again
from homestretch.flow.runtime.athlete_lock import lock_athlete
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.watermarks import set_watermark
from homestretch.store.database import Reader
from homestretch.store.queries.day_reports import days_with_reports
from homestretch.store.queries.health_entries import days_with_entries, priorities_of_all
from homestretch.store.queries.measurements import home_zones, read_fingerprints
from homestretch.store.queries.watermarks import marks_of_all, watermark

#: The mark of what all of an athlete's days are derived by.
JOB = "days"
#: So many days are derived in one transaction.
PORTION = 100


def athletes_with_stale_days(context: Context) -> list[int]:
    """Return the athletes whose days are to be looked at: after a rebuild, an update, a change of zone."""
    with context.database.read() as reader:
        known, believed = marks_of_all(reader, JOB), priorities_of_all(reader)
        today = {one: Basis(zone, believed.get(one, {})).mark for one, zone in home_zones(reader).items()}
    return [athlete for athlete, mark in sorted(today.items()) if known.get(athlete) != mark]


def derive_stale_days(context: Context, athlete_id: int) -> int:
    """Derive an athlete's stale days again and return how many that was; one that is cut short goes on later."""
    with context.database.read() as reader:
        basis = Basis.of(reader, athlete_id)
        if watermark(reader, athlete_id, JOB) == basis.mark:
            return 0
        days = stale_days(reader, athlete_id, basis)
    for portion in batched(days, PORTION):
        with context.database.write() as session:
            lock_athlete(session, athlete_id)
            derive_again(session, athlete_id, portion)
    with context.database.write() as session:
        lock_athlete(session, athlete_id)
        set_watermark(session, athlete_id, JOB, basis.mark)
    return len(days)


def stale_days(reader: Reader, athlete_id: int, basis: Basis) -> list[str]:
    """Return the days with reports or entries that were derived on another basis, or not yet."""
    had = read_fingerprints(reader, athlete_id)
    days = {*days_with_reports(reader, athlete_id), *days_with_entries(reader, athlete_id)}
    return sorted(day for day in days if had.get(day) != basis.fingerprint(day))
