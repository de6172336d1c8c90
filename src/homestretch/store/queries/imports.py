"""Which imports have files left to import."""

from sqlalchemy import func, select

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


def failed_files(reader: Reader, batch_id: int) -> tuple[int, int, int]:
    """Return whose an import is, how many of its files could not be imported, and how many there are."""
    mine = items.c.batch_id == batch_id
    failed = reader.scalar(select(func.count()).where(mine, items.c.status == "failed"))
    count = reader.scalar(select(func.count()).where(mine))
    return int(reader.scalar(select(batches.c.athlete_id).where(batches.c.id == batch_id))), int(failed), int(count)
