"""Which day it is where the athlete lives, and what lies ahead."""

import time
from datetime import date

from sqlalchemy import select

from homestretch.analysis.zone import offset_at
from homestretch.model.moment import instant
from homestretch.store.database import Reader
from homestretch.store.queries.measurements import home_zone
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities

#: Further ahead than a zone explains: no activity has begun by then.
AHEAD_MS = 86_400_000


def latest_ms() -> int:
    """Return the latest instant, ms UTC, at which an activity can have begun; what is dated later has a wrong clock."""
    return int(time.time() * 1000) + AHEAD_MS


def today(reader: Reader, scope: Scope, now_ms: int) -> date:
    """Return the local day of an instant, as `local_now` has it."""
    return instant(local_now(reader, scope, now_ms)).date()


def local_now(reader: Reader, scope: Scope, now_ms: int) -> int:
    """Return an instant in ms on the local clock: of the home zone, else of the newest listed activity, else UTC."""
    zone = home_zone(reader, scope.athlete_id)
    offset = offset_at(zone, now_ms) if zone else None
    if offset is None:
        table = activities.c
        listed = (
            (table.athlete_id == scope.athlete_id)
            & table.deleted.is_(False)
            & table.hidden.is_(False)
            & table.parent_id.is_(None)
        )
        offset = reader.scalar(select(table.offset_s).where(listed).order_by(table.local_ms.desc()).limit(1))
    return now_ms + 1000 * (offset or 0)
