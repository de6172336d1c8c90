"""Reads activities as blocks of time."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Row, func, or_, select

from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, metrics, recordings


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


class Beside(NamedTuple):
    """The activity before or after another, with what its name needs."""

    id: int
    public_id: str
    name: str
    sport: str
    local_ms: int


def beside(
    reader: Reader, where: Sequence[ColumnElement[bool]], by: ColumnElement[int], place: int, id: int, *, later: bool
) -> Beside | None:
    """Return the nearest of the activities that these conditions let through, in order of `by`, then of id.

    It lies after (`later`) or before an activity with this id, which is at `place` in that order.
    """
    table = activities.c
    beyond, from_here = (by > place, by >= place) if later else (by < place, by <= place)
    same = table.id > id if later else table.id < id
    # A range that the index knows, then what of it is not the activity itself.
    query = select(*(table[name] for name in Beside._fields)).where(*where, from_here, or_(beyond, same))
    order = (by.asc(), table.id.asc()) if later else (by.desc(), table.id.desc())
    row = reader.row(query.order_by(*order).limit(1))
    return None if row is None else Beside._make(row)


def place_of(reader: Reader, by: ColumnElement[int], activity_id: int) -> int:
    """Return where an activity is in the order of `by`."""
    return int(reader.scalar(select(by).where(activities.c.id == activity_id)))


class DoneLeg(NamedTuple):
    """An activity, or a leg of a multisport one, with what the coach looks at; times are s, lengths m.

    `public_id` and `name` are those of the whole.
    """

    id: int
    parent_id: int | None
    public_id: str
    local_ms: int
    sport: str
    sub_sport: str | None
    name: str
    indoor: bool
    distance_m: float | None
    moving_s: float | None
    elapsed_s: float | None
    rpe: float | None


def legs_done(reader: Reader, where: Sequence[ColumnElement[bool]]) -> list[DoneLeg]:
    """Return the activities and legs that these conditions let through, in order of time."""
    whole = activities.alias("whole")
    of_whole = {"public_id": func.coalesce(whole.c.public_id, activities.c.public_id),
                "name": func.coalesce(whole.c.name, activities.c.name)}  # fmt: skip
    columns = [of_whole.get(name, activities.c[name]) for name in DoneLeg._fields]
    query = (
        select(*columns)
        .outerjoin_from(activities, whole, whole.c.id == activities.c.parent_id)
        .where(*where)
        .order_by(activities.c.local_ms, activities.c.id)
    )
    return [DoneLeg._make(row) for row in reader.rows(query)]


def values_of(reader: Reader, metric: int, where: Sequence[ColumnElement[bool]]) -> dict[int, float]:
    """Return the values of a metric (by its number) of the activities that these conditions let through, by id."""
    same = (metrics.c.athlete_id == activities.c.athlete_id) & (metrics.c.activity_id == activities.c.id)
    query = select(activities.c.id, metrics.c.value).join(metrics, same & (metrics.c.metric == metric)).where(*where)
    return {row.id: row.value for row in reader.rows(query)}


def recordings_elsewhere(reader: Reader, athlete_id: int, home: str | None) -> list[int]:
    """Return the recordings of activities that state no clock and are on that of another home zone than this."""
    at_home, homeless = (activities.c.zone_source == word for word in ("home", "none"))
    moved = at_home if home is None else (at_home & (activities.c.zone != home)) | homeless
    query = select(recordings.c.id).join(activities, activities.c.id == recordings.c.activity_id)
    return sorted(row.id for row in reader.rows(query.where(activities.c.athlete_id == athlete_id, moved)))


def metrics_of(reader: Reader, athlete_id: int, activity_id: int) -> dict[int, float]:
    """Return the values of an activity's metrics, by the metric's number."""
    of = (metrics.c.athlete_id == athlete_id) & (metrics.c.activity_id == activity_id)
    return {row.metric: row.value for row in reader.rows(select(metrics.c.metric, metrics.c.value).where(of))}


def activity_row(reader: Reader, scope: Scope, activity_id: int) -> "Row[tuple[object, ...]] | None":
    """Return an athlete's activity as it is kept, or None."""
    mine = (activities.c.id == activity_id) & (activities.c.athlete_id == scope.athlete_id)
    return reader.row(select(activities).where(mine))
