"""Reads and writes the goals that athletes set, and the charts that they make."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Table, insert, select, update

from homestretch.model.documents.goals import GoalKind, GoalPeriodName
from homestretch.model.documents.history import ChartDefinition
from homestretch.store.database import Reader, Writer
from homestretch.store.tables.saved import goals, saved_charts


class GoalRow(NamedTuple):
    """A goal; `targets` are the first local days from which each target holds, in order."""

    id: int
    public_id: str
    period: GoalPeriodName
    kind: GoalKind
    sport: str | None
    targets: list[tuple[str, float]]
    removed_ms: int | None


class ChartRow(NamedTuple):
    """A chart that an athlete made."""

    id: int
    public_id: str
    name: str
    definition: ChartDefinition
    removed_ms: int | None


def goal_rows(reader: Reader, athlete_id: int) -> list[GoalRow]:
    """Return an athlete's goals, removed ones too, in the order in which they were set."""
    query = select(*(goals.c[name] for name in GoalRow._fields))
    return [
        GoalRow._make(row) for row in reader.rows(query.where(goals.c.athlete_id == athlete_id).order_by(goals.c.id))
    ]


def chart_rows(reader: Reader, athlete_id: int) -> list[ChartRow]:
    """Return an athlete's charts, removed ones too, in the order in which they were saved."""
    table = saved_charts.c
    query = select(*(table[name] for name in ChartRow._fields))
    return [ChartRow._make(row) for row in reader.rows(query.where(table.athlete_id == athlete_id).order_by(table.id))]


def add_row(session: Writer, table: Table, values: Mapping[str, object]) -> None:
    """Add a goal or a chart."""
    session.add(insert(table), values)


def set_values(session: Writer, table: Table, number: int, values: Mapping[str, object]) -> None:
    """Set columns of a goal or a chart by its number."""
    session.run(update(table).where(table.c.id == number).values(**values))
