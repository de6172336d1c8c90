"""Reads how originals came."""

from typing import Any

from sqlalchemy import Select, select

from homestretch.store.tables.kept import arrivals


def only_by(connection_id: int) -> Select[Any]:
    """Return the query for the digests of files that came to the athlete by this connection and in no other way."""
    others = arrivals.alias()
    elsewhere = (
        (others.c.athlete_id == arrivals.c.athlete_id)
        & (others.c.digest == arrivals.c.digest)
        & others.c.connection_id.is_distinct_from(connection_id)
        & others.c.undone_ms.is_(None)
        & others.c.purged_ms.is_(None)
    )
    mine = (arrivals.c.connection_id == connection_id) & arrivals.c.purged_ms.is_(None)
    return select(arrivals.c.digest).where(mine, ~select(others.c.id).where(elsewhere).exists()).distinct()
