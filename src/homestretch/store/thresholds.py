"""Reads what was stated of an athlete, in the order in which it was."""

from typing import Any

from sqlalchemy import Row, select

from homestretch.store.database import Reader
from homestretch.store.tables.kept import thresholds


def stated(reader: Reader, athlete_id: int) -> tuple[tuple[str, str, str, float | None], ...]:
    """Return everything that was stated: (key, sport family or "", first day, value or None)."""
    return tuple((row.key, row.family, row.valid_from, row.value) for row in threshold_rows(reader, athlete_id))


def threshold_rows(reader: Reader, athlete_id: int) -> list[Row[Any]]:
    """Return the rows themselves, in the order in which they were set."""
    query = select(thresholds).where(thresholds.c.athlete_id == athlete_id)
    return list(reader.rows(query.order_by(thresholds.c.set_ms, thresholds.c.id)))
