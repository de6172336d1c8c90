"""Reads what was stated of an athlete, in the order in which it was, and what best efforts show."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from homestretch.store.database import Reader
from homestretch.store.tables.derived import estimates
from homestretch.store.tables.kept import thresholds

type Dated = tuple[tuple[str, str, str, float | None], ...]


def dated(reader: Reader, athlete_id: int) -> tuple[Dated, Dated]:
    """Return what was stated, and what is estimated: (key, sport family or "", first day, value or None)."""
    shown = select(estimates).where(estimates.c.athlete_id == athlete_id)
    return _dated(threshold_rows(reader, athlete_id)), _dated(reader.rows(shown.order_by(estimates.c.valid_from)))


def _dated(rows: Sequence[Row[Any]]) -> Dated:
    """Return rows as they are used: SQLite keeps 250.0 as the whole number 250, which would be another digest."""
    return tuple((row.key, row.family, row.valid_from, _float(row.value)) for row in rows)


def _float(value: float | None) -> float | None:
    return None if value is None else float(value)


def threshold_rows(reader: Reader, athlete_id: int) -> list[Row[Any]]:
    """Return the rows themselves, in the order in which they were set."""
    query = select(thresholds).where(thresholds.c.athlete_id == athlete_id)
    return list(reader.rows(query.order_by(thresholds.c.set_ms, thresholds.c.id)))
