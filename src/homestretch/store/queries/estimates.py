"""Reads the best efforts that thresholds are estimated from."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, select

from homestretch.store.database import Reader
from homestretch.store.queries.refusals import not_refused
from homestretch.store.tables.derived import activities, bests


def best_efforts(
    reader: Reader, athlete_id: int, classes: Collection[str], kind: str, sizes: Collection[float]
) -> list[Row[Any]]:
    """Return (size, goodness, local_ms, start_ms) of the best efforts of a kind over these sizes.

    They are of activities that are neither deleted nor hidden, in these classes or, without any, in every class.
    Efforts that a person refuses as records are left out.
    """
    shown = (activities.c.local_ms, activities.c.start_ms)
    query = select(bests.c.size, bests.c.goodness, *shown).join(activities, activities.c.id == bests.c.activity_id)
    mine = (bests.c.athlete_id == athlete_id) & (bests.c.kind == kind) & bests.c.size.in_(sizes)
    if classes:
        mine &= bests.c["class"].in_(classes)
    counted = activities.c.deleted.is_(False) & activities.c.hidden.is_(False) & not_refused(kind)
    return list(reader.rows(query.where(mine, counted)))
