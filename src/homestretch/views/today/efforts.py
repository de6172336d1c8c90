"""Where best efforts stand among all: one question for those of several activities at once."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Select, and_, case, or_, select

from homestretch.store.database import Reader
from homestretch.store.queries.refusals import not_refused
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, bests
from homestretch.views.kit.statistics_scope import counting
from homestretch.views.training.records import MEDALS

#: How high a heart or a cadence was is no achievement.
UNPRAISED = ("heart_rate", "cadence")


def placed_efforts(reader: Reader, scope: Scope, ids: Collection[int]) -> list[Row[Any]]:
    """Return the best efforts of activities that rank up to the third, where there are others to rank with.

    Each row has `activity_id`, `kind`, `size`, `goodness` and `rank`; the best ranks come first, then the longest.
    """
    if not ids:
        return []
    mine = bests.alias("mine")
    others = _others(reader, scope, mine)
    tie = and_(bests.c.goodness == mine.c.goodness, bests.c.start_ms < mine.c.start_ms)
    better = others.where(or_(bests.c.goodness > mine.c.goodness, tie))
    # One who is second has one who is better, and none after that.
    rank = case(*((~better.limit(1).offset(place).exists(), place + 1) for place in range(MEDALS)), else_=None)
    counts = select(activities.c.id).where(
        activities.c.id == mine.c.activity_id, not_refused(mine.c.kind), *counting(reader, scope)
    )
    ranked = (
        select(mine.c.activity_id, mine.c.kind, mine.c.size, mine.c.goodness, rank.label("rank"))
        .where(mine.c.activity_id.in_(sorted(ids)), mine.c.kind.not_in(UNPRAISED), counts.exists())
        .where(others.where(bests.c.activity_id != mine.c.activity_id).exists())
        .subquery()
    )
    query = select(ranked).where(ranked.c.rank.is_not(None))
    return list(reader.rows(query.order_by(ranked.c.rank, ranked.c.size.desc(), ranked.c.kind)))


def _others(reader: Reader, scope: Scope, mine: FromClause) -> Select[Any]:
    """Return the query for the best efforts that rank with one."""
    same: list[ColumnElement[bool]] = [
        bests.c[name] == mine.c[name] for name in ("athlete_id", "class", "kind", "size")
    ]
    return (
        select(bests.c.activity_id)
        .join(activities, activities.c.id == bests.c.activity_id)
        .where(*same, not_refused(bests.c.kind), *counting(reader, scope))
    )
