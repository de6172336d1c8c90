"""Which day it is where the athlete lives."""

from datetime import date

from sqlalchemy import select

from homestretch.analysis.zone import offset_at
from homestretch.model.moment import instant
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.store.tables.kept import athletes


def today(reader: Reader, scope: Scope, now_ms: int) -> date:
    """Return the local day of an instant: by the home zone, else by the offset of the newest activity, else UTC."""
    zone = reader.scalar(select(athletes.c.home_zone).where(athletes.c.id == scope.athlete_id))
    offset = offset_at(zone, now_ms) if zone else None
    if offset is None:
        newest = select(activities.c.offset_s).where(activities.c.athlete_id == scope.athlete_id)
        offset = reader.scalar(newest.order_by(activities.c.local_ms.desc()).limit(1))
    return instant(now_ms + 1000 * (offset or 0)).date()
