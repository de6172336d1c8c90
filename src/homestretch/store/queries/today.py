"""Reads what today shows besides what other pages ask: the last days, ranks of best efforts, new tiles, what failed."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple, TypedDict

from sqlalchemy import BigInteger, ColumnElement, FromClause, Row, and_, bindparam, case, func, or_, select

from homestretch.store.database import Reader
from homestretch.store.queries.refusals import not_refused
from homestretch.store.tables.derived import activities, bests, cells, measures, metrics, pairs
from homestretch.store.tables.kept import proposals
from homestretch.store.tables.ops import batches, items

type Conditions = Sequence[ColumnElement[bool]]
#: A row of a table, whole.
type Stored = Row[Any]


class RecentActivity(NamedTuple):
    """An activity or a leg: its time in s, its length in m, its load."""

    id: int
    parent_id: int | None
    public_id: str
    name: str
    sport: str
    local_ms: int
    moving_s: float | None
    elapsed_s: float | None
    distance_m: float | None
    load: float | None


class PlacedEffort(NamedTuple):
    """A best effort with its rank over all time."""

    activity_id: int
    kind: str
    size: float
    goodness: float
    rank: int


class DayActivity(NamedTuple):
    """An activity of a day: its time in motion in s, its length in m."""

    id: int
    public_id: str
    name: str
    sport: str
    local_ms: int
    distance_m: float | None
    moving_s: float | None


class ZoneTimes(TypedDict, total=False):
    """Seconds by zone, and below the first one."""

    seconds: list[float]
    below: float


class FailedFiles(NamedTuple):
    """An import, and how many of its files could not be read."""

    batch: int
    files: int


def recent_activities(reader: Reader, where: Conditions, load: int) -> list[RecentActivity]:
    """Return the activities that these conditions let through, in order of time, with a metric (by its number)."""
    of = (metrics.c.athlete_id == activities.c.athlete_id) & (metrics.c.activity_id == activities.c.id)
    named = [activities.c[name] for name in RecentActivity._fields[:-1]]
    query = (
        select(*named, metrics.c.value).outerjoin(metrics, of & (metrics.c.metric == load)).where(*where)
    )  # fmt: skip
    return [RecentActivity._make(row) for row in reader.rows(query.order_by(activities.c.local_ms, activities.c.id))]


def loads_by_day(reader: Reader, where: Conditions, load: int, first_ms: int, day_ms: int) -> list[tuple[int, float]]:
    """Return the sum of a metric (by its number) for each local day with any, counted from `first_ms`, in order."""
    # Counted from the first day of the calendar on, so that dividing never rounds towards 1970 from below.
    number = ((activities.c.local_ms - first_ms) // day_ms).label("day")
    of = (metrics.c.athlete_id == activities.c.athlete_id) & (metrics.c.activity_id == activities.c.id)
    query = (
        select(number, func.sum(metrics.c.value).label("load"))
        .join(metrics, of & (metrics.c.metric == load))
        .where(*where)
        .group_by(number)
    )
    return [(row.day, row.load) for row in reader.rows(query.order_by(number))]


def placed_efforts(
    reader: Reader, where: Conditions, ids: Collection[int], worst: int, without: Sequence[str]
) -> list[PlacedEffort]:
    """Return the best efforts of activities that rank up to the `worst`, where there are others to rank with.

    Ranked are those of activities that the conditions let through, `without` some kinds; the best ranks come first,
    then the longest.
    """
    if not ids:
        return []
    mine = bests.alias("mine")
    same = and_(*(bests.c[name] == mine.c[name] for name in ("athlete_id", "class", "kind", "size")))
    others = (
        select(bests.c.activity_id)
        .join(activities, activities.c.id == bests.c.activity_id)
        .where(same, not_refused(bests.c.kind), *where)
    )
    tie = and_(bests.c.goodness == mine.c.goodness, bests.c.start_ms < mine.c.start_ms)
    better = others.where(or_(bests.c.goodness > mine.c.goodness, tie))
    # One who is second has one who is better, and none after that.
    rank = case(*((~better.limit(1).offset(place).exists(), place + 1) for place in range(worst)), else_=None)
    ranked = (
        select(mine.c.activity_id, mine.c.kind, mine.c.size, mine.c.goodness, rank.label("rank"))
        .where(mine.c.activity_id.in_(sorted(ids)), mine.c.kind.not_in(without))
        .where(_counts(mine, where), others.where(bests.c.activity_id != mine.c.activity_id).exists())
        .subquery()
    )
    query = select(ranked).where(ranked.c.rank.is_not(None))
    return [
        PlacedEffort._make(row)
        for row in reader.rows(query.order_by(ranked.c.rank, ranked.c.size.desc(), ranked.c.kind))
    ]


def _counts(mine: FromClause, where: Conditions) -> ColumnElement[bool]:
    """Return the condition that a best effort's own activity is let through, and not refused."""
    own = select(activities.c.id).where(activities.c.id == mine.c.activity_id, not_refused(mine.c.kind), *where)
    return own.exists()


def new_cells(reader: Reader, where: Conditions, ids: Collection[int]) -> list[tuple[int, int]]:
    """Return (cell, activity) of the cells where some activities were the first of those let through."""
    if not ids:
        return []
    mine, own = cells.alias("mine"), activities.alias("own")
    earlier = (
        select(cells.c.activity_id)
        .join(activities, activities.c.id == cells.c.activity_id)
        .where(cells.c.cell == mine.c.cell, activities.c.start_ms < own.c.start_ms, *where)
    )
    query = (
        select(mine.c.cell, mine.c.activity_id)
        .join(own, own.c.id == mine.c.activity_id)
        .where(mine.c.activity_id.in_(sorted(ids)), ~earlier.exists())
    )
    return [(row.cell, row.activity_id) for row in reader.rows(query)]


def longest_from(
    reader: Reader, where: Conditions, begins: Sequence[int], length_ms: int, most: int
) -> list[DayActivity]:
    """Return the activity that took longest of each stretch of local time with any, of at most so many stretches."""
    table = activities.c
    first = bindparam("first", type_=BigInteger)
    query = (
        select(*(table[name] for name in DayActivity._fields))
        .where(*where, table.local_ms >= first, table.local_ms < first + length_ms)
        .order_by(func.coalesce(table.moving_s, 0.0).desc(), table.id)
        .limit(1)
    )
    found: list[DayActivity] = []
    for begin in begins:
        if len(found) == most:
            break
        found += [DayActivity._make(row) for row in reader.rows(query, {"first": begin})]
    return found


def zones_of(reader: Reader, activity_id: int) -> Mapping[str, ZoneTimes]:
    """Return the time in zones of an activity, by kind."""
    found = reader.scalar(select(measures.c.zones).where(measures.c.activity_id == activity_id))
    return dict(found or {})


def has_pairs(reader: Reader, athlete_id: int, verdict: str) -> bool:
    """Return whether any two recordings have a verdict."""
    mine = (pairs.c.athlete_id == athlete_id) & (pairs.c.verdict == verdict)
    return reader.row(select(pairs.c.a).where(mine).limit(1)) is not None


def open_proposals(reader: Reader, athlete_id: int) -> int:
    """Return how many proposals wait for an answer."""
    mine = (proposals.c.athlete_id == athlete_id) & (proposals.c.state == "open")
    return int(reader.scalar(select(func.count()).select_from(proposals).where(mine)) or 0)


def failed_items(reader: Reader, table: FromClause, connection_id: int) -> int:
    """Return how many items of a connection (in their table) could not be fetched."""
    mine = (table.c.connection_id == connection_id) & (table.c.state == "failed")
    return int(reader.scalar(select(func.count()).select_from(table).where(mine)) or 0)


def failed_files(reader: Reader, athlete_id: int, since_ms: int) -> list[FailedFiles]:
    """Return the imports since an instant of which files could not be read, the newest first."""
    mine = (batches.c.athlete_id == athlete_id) & (batches.c.state == "done") & (batches.c.created_ms >= since_ms)
    query = (
        select(batches.c.id, func.count().label("files"))
        .join(items, items.c.batch_id == batches.c.id)
        .where(mine, items.c.status == "failed")
        .group_by(batches.c.id)
    )
    return [FailedFiles._make(row) for row in reader.rows(query.order_by(batches.c.id.desc()))]
