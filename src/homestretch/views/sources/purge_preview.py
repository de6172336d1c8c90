"""A preview of what a disconnect would delete."""

from typing import Any

from sqlalchemy import func, select

from homestretch.store.database import Reader
from homestretch.store.queries import connections as stored
from homestretch.store.queries.arrivals import only_by
from homestretch.store.scope import Scope
from homestretch.store.tables.cached import cached_items
from homestretch.store.tables.derived import recordings
from homestretch.store.tables.kept import arrivals, payloads


def losses(reader: Reader, scope: Scope, public_id: str) -> dict[str, int]:
    """Return how many activities have files that came by a connection, and how many of them and of files only so.

    `days` are those that its answers are about, `payloads` the answers. `cached` are the activities of which only the
    source's list is here, which its terms delete with the sign-in in any case. Raises NotFound.
    """
    row = stored.find(reader, scope, public_id)
    came = (arrivals.c.connection_id == row.id) & arrivals.c.purged_ms.is_(None)
    only = only_by(row.id)
    mine = recordings.c.athlete_id == scope.athlete_id
    of = select(func.count(recordings.c.activity_id.distinct())).where(mine)
    queries: dict[str, Any] = {
        "activities": of.where(recordings.c.digest.in_(select(arrivals.c.digest).where(came))),
        "only_here": of.where(recordings.c.digest.in_(only)),
        "files": select(func.count()).select_from(only.subquery()),
        "days": select(func.count(payloads.c.key.distinct())).where(
            payloads.c.connection_id == row.id, payloads.c.until.is_not(None)
        ),
        "cached": select(func.count()).where(cached_items.c.connection_id == row.id, cached_items.c.kind == "activity"),
        "payloads": select(func.count()).where(payloads.c.connection_id == row.id),
    }
    return {name: int(reader.scalar(query) or 0) for name, query in queries.items()}
