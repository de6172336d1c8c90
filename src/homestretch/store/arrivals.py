"""Reads how originals came."""

from typing import Any

from sqlalchemy import Select, select

from homestretch.store.tables.kept import arrivals


def only_by(connection_id: int, *, purged: bool = False) -> Select[Any]:
    """Return the query for the digests of files that came to the athlete by this connection and in no other way.

    With `purged` those too that are taken away, of which the bytes may still be there.
    """
    others = arrivals.alias()
    elsewhere = (
        (others.c.athlete_id == arrivals.c.athlete_id)
        & (others.c.digest == arrivals.c.digest)
        & others.c.connection_id.is_distinct_from(connection_id)
        & others.c.undone_ms.is_(None)
        & others.c.purged_ms.is_(None)
    )
    mine = select(arrivals.c.digest).where(arrivals.c.connection_id == connection_id)
    held = mine if purged else mine.where(arrivals.c.purged_ms.is_(None))
    return held.where(~select(others.c.id).where(elsewhere).exists()).distinct()
