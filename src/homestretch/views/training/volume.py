"""How much was trained: what counts, and the weeks, months and years that it is summed over."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, literal, select

from homestretch.model.documents.people import WeekStart
from homestretch.model.sport import TRANSITION
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, metrics
from homestretch.views.kit.statistics_scope import DAY_MS, counting, is_of, ordinal

#: What is summed: its column (or the metric `load`), unit, decimals and label.
KINDS: dict[str, tuple[str, str, int, str]] = {
    "time": ("moving_s", "s", 0, "Moving time"),
    "distance": ("distance_m", "m", 0, "Distance"),
    "ascent": ("ascent_m", "m_up", 0, "Ascent"),
    "load": ("load", "", 0, "Load"),
    "count": ("count", "", 0, "Activities"),
}
PERIODS = ("week", "month", "year")


def volume_rows(
    reader: Reader, scope: Scope, kind: str, since: date | None, until: date | None, sport: str | None
) -> Sequence[Row[Any]]:
    """Return (local_ms, sport, value) of what is counted between two local days, of a kind of `KINDS`.

    The count of all sports is of activities as lists show them; sums are of their legs, each of its own sport.
    """
    value, wanted = _counted(reader, scope, kind, since, until, sport)
    return reader.rows(_from(kind, activities.c.local_ms, activities.c.sport, value.label("value")).where(*wanted))


def daily_sums(
    reader: Reader, scope: Scope, kind: str, since: date, until: date, sport: str | None
) -> list[tuple[int, float]]:
    """Return the sums of the same by day, as its number in the calendar, in order; days without any are left out."""
    value, wanted = _counted(reader, scope, kind, since, until, sport)
    # Whole days since 1970: none is before, so that rounding down and towards zero are one.
    number = activities.c.local_ms // literal(DAY_MS, literal_execute=True)
    query = _from(kind, number.label("number"), func.sum(value).label("value")).where(*wanted)
    rows = reader.rows(query.group_by(number).order_by(number))
    return [(ordinal(row.number * DAY_MS), float(row.value)) for row in rows if row.value is not None]


def start_of(when: date, by: str, first: WeekStart = "monday") -> date:
    """Return the first day of the week, month or year that a day lies in."""
    if by == "week":
        into = when.weekday() if first == "monday" else (when.weekday() + 1) % 7
        return when - timedelta(days=min(into, when.toordinal() - 1))
    return when.replace(day=1) if by == "month" else when.replace(month=1, day=1)


def following(start: date, by: str) -> date:
    """Return the first day of the week, month or year after the one that begins at `start`."""
    if by == "week":
        return start + timedelta(days=7)
    months = 1 if by == "month" else 12
    year, month = divmod(start.month - 1 + months, 12)
    return date(start.year + year, month + 1, 1)


def _counted(
    reader: Reader, scope: Scope, kind: str, since: date | None, until: date | None, sport: str | None
) -> tuple[ColumnElement[float], list[ColumnElement[bool]]]:
    """Return what is summed of each row, and the conditions for what counts. Raises BadRequest for a sport."""
    legs = kind != "count" or sport is not None
    wanted = counting(reader, scope, since, until, sport, legs=legs)
    wanted.append(activities.c.sport != TRANSITION)
    if kind == "load":
        return metrics.c.value, wanted
    return (literal(1) if kind == "count" else activities.c[KINDS[kind][0]]), wanted


def _from(kind: str, *columns: ColumnElement[float]) -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = select(*columns).select_from(activities)
    return query.join(metrics, is_of("load")) if kind == "load" else query
