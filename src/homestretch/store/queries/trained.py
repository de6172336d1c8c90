"""Reads what was trained: best efforts of a record, figures of activities, and the values of any column or metric."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, literal, select

from homestretch.model.sport import MULTISPORT, TRANSITION
from homestretch.store.database import Reader
from homestretch.store.tables.derived import activities, bests, metrics


class BestEffort(NamedTuple):
    """A best effort: its value, negative where less is better, and the activity that has it."""

    goodness: float
    start_s: float
    public_id: str
    name: str
    local_ms: int


class Trained(NamedTuple):
    """An activity with what milestones are of; `refused` names what does not count as a record."""

    local_ms: int
    sport: str
    distance_m: float | None
    moving_s: float | None
    ascent_m: float | None
    refused: str
    public_id: str
    name: str


class OneValue(NamedTuple):
    """A value of an activity, and how long that was in motion and lasted, in s."""

    local_ms: int
    moving_s: float | None
    elapsed_s: float | None
    public_id: str
    value: float


def best_efforts_of(
    reader: Reader, name: str, kind: str, size: float, wanted: Sequence[ColumnElement[bool]]
) -> list[BestEffort]:
    """Return the best efforts of a class, a kind and a size in order of time; of one moment the best first."""
    table = bests.c
    query = (
        select(table.goodness, table.start_s, activities.c.public_id, activities.c.name, activities.c.local_ms)
        .join(activities, activities.c.id == table.activity_id)
        .where(table.athlete_id == activities.c.athlete_id, table["class"] == name, table.kind == kind)
        .where(table.size == size, *wanted)
    )
    return [BestEffort._make(row) for row in reader.rows(query.order_by(table.start_ms, table.goodness.desc()))]


def trained(reader: Reader, wanted: Sequence[ColumnElement[bool]]) -> list[Trained]:
    """Return the activities that fulfil the conditions, without transitions."""
    columns = (activities.c[name] for name in Trained._fields)
    query = select(*columns).where(*wanted, activities.c.sport.not_in((TRANSITION, MULTISPORT)))
    return [Trained._make(row) for row in reader.rows(query)]


def values_of(
    reader: Reader, column: str | None, metric: ColumnElement[bool] | None, wanted: Sequence[ColumnElement[bool]]
) -> list[OneValue]:
    """Return the values of a column, or of the `metric` that a join is on, or 1 each, in order of time."""
    table = activities.c
    value = metrics.c.value if metric is not None else literal(1.0) if column is None else table[column]
    query = select(table.local_ms, table.moving_s, table.elapsed_s, table.public_id, value).select_from(activities)
    query = query if metric is None else query.join(metrics, metric)
    query = query.where(*wanted, value.is_not(None), table.sport != TRANSITION)
    return [OneValue._make(row) for row in reader.rows(query.order_by(table.local_ms, table.id))]
