"""Marks per athlete, as they are read: what has changed, and what a job has taken notice of."""

from sqlalchemy import select

from homestretch.store.database import Reader
from homestretch.store.tables.derived import watermarks

#: The mark that is another one after every change of what is derived of an athlete.
CHANGED = "changed"
#: The mark that is another one after every change of the counts of the heat map.
DRAWN = "drawn"
#: The mark that is another one after every change of activities, or of what was measured of them.
MEASURED = "measured"
#: The mark that is another one once other thresholds are estimated.
ESTIMATES = "estimates"


def watermark(reader: Reader, athlete_id: int, name: str) -> str | None:
    """Return a mark, or None before the first one."""
    mine = (watermarks.c.athlete_id == athlete_id) & (watermarks.c.job == name)
    found: str | None = reader.scalar(select(watermarks.c.mark).where(mine))
    return found


def marks_of_all(reader: Reader, name: str) -> dict[int, str]:
    """Return a mark of every athlete who has it."""
    query = select(watermarks.c.athlete_id, watermarks.c.mark).where(watermarks.c.job == name)
    return {row.athlete_id: row.mark for row in reader.rows(query)}
