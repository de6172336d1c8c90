"""Which imports have files left to import."""

from sqlalchemy import select

from homestretch.store.database import Reader
from homestretch.store.tables.ops import batches, items


def waiting_athletes(reader: Reader) -> list[int]:
    """Return the athletes with something to import."""
    query = (
        select(batches.c.athlete_id)
        .join(items, items.c.batch_id == batches.c.id)
        .where(batches.c.state.in_(("receiving", "running")), items.c.status == "waiting")
        .distinct()
    )
    return [row.athlete_id for row in reader.rows(query)]
