"""Reads activities as blocks of time."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from homestretch.store.database import Reader
from homestretch.store.tables.derived import activities


class Block(NamedTuple):
    """When an activity was, and what it is called."""

    public_id: str
    name: str
    sport: str
    start_ms: int
    elapsed_s: float | None


def blocks(reader: Reader, where: Sequence[ColumnElement[bool]]) -> list[Block]:
    """Return the activities that these conditions let through, in order of time."""
    query = select(*(activities.c[name] for name in Block._fields)).where(*where)
    return [Block._make(row) for row in reader.rows(query.order_by(activities.c.start_ms, activities.c.id))]
