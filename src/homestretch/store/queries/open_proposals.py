"""Reads which changes at providers wait for a person."""

from sqlalchemy import func, select

from homestretch.store.database import Reader
from homestretch.store.tables.kept import proposals


def newest_open(reader: Reader, athlete_id: int, state: str) -> int | None:
    """Return the newest proposal of an athlete that is in a state; None for none."""
    mine = (proposals.c.athlete_id == athlete_id) & (proposals.c.state == state)
    found: int | None = reader.scalar(select(func.max(proposals.c.id)).where(mine))
    return found
