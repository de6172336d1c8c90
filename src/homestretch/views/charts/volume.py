"""How much was trained by week, month or year, by sport."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, literal, select

from homestretch.model.documents.charts import FrameAxis, FrameBody
from homestretch.model.sport import TRANSITION
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, metrics
from homestretch.views.kit.frame import Asked, Chart, line
from homestretch.views.kit.statistics_scope import counting, day, family_of, is_of

#: What is summed: its column (or the metric `load`), unit, decimals and label.
KINDS: dict[str, tuple[str, str, int, str]] = {
    "time": ("moving_s", "s", 0, "Moving time"),
    "distance": ("distance_m", "m", 0, "Distance"),
    "ascent": ("ascent_m", "m_up", 0, "Ascent"),
    "load": ("load", "", 0, "Load"),
    "count": ("count", "", 0, "Activities"),
}
BY = ("week", "month", "year")


def _frame(reader: Reader, scope: Scope, asked: Asked) -> FrameBody:
    kind, by = CHART.chosen(asked, "kind"), CHART.chosen(asked, "by")
    column, unit, decimals, label = KINDS[kind]
    sums: dict[str, dict[date, float]] = {}
    for row in rows(reader, scope, asked, column):
        if row.value is not None:
            of = sums.setdefault(family_of(row.sport), {})
            begin = start_of(day(row.local_ms), by)
            of[begin] = of.get(begin, 0.0) + row.value
    starts = _starts(sums, asked, by)
    ranked = sorted(sums, key=lambda family: -sum(sums[family].values()))
    lines = [
        line(
            family,
            family,
            unit,
            [sums[family].get(start, 0.0) for start in starts],
            style="bar",
            decimals=decimals,
            stack="sum",
            colour=family,
        )
        for family in ranked
    ]
    x = FrameAxis(scale="category", unit=by, label="", values=[start.isoformat() for start in starts])
    return FrameBody(key="volume", title=f"{label} by {by}", x=x, lines=lines, bands=[], notes=[], details={})


def rows(reader: Reader, scope: Scope, asked: Asked, column: str) -> Sequence[Row[Any]]:
    """Return (local_ms, sport, value) of what is counted; `column` is of activities, `count`, or the metric `load`.

    The count of all sports is of activities as lists show them; sums are of their legs, each of its own sport.
    """
    legs = column != "count" or asked.sport is not None
    wanted = counting(reader, scope, asked.since, asked.until, asked.sport, legs=legs)
    wanted.append(activities.c.sport != TRANSITION)
    if column == "load":
        query = select(activities.c.local_ms, activities.c.sport, metrics.c.value).join(metrics, is_of("load"))
    else:
        value = literal(1) if column == "count" else activities.c[column]
        query = select(activities.c.local_ms, activities.c.sport, value.label("value"))
    return reader.rows(query.where(*wanted))


def start_of(when: date, by: str) -> date:
    """Return the first day of the week (a Monday), month or year that a day lies in."""
    if by == "week":
        return when - timedelta(days=min(when.weekday(), when.toordinal() - 1))
    return when.replace(day=1) if by == "month" else when.replace(month=1, day=1)


def following(start: date, by: str) -> date:
    """Return the first day of the week, month or year after the one that begins at `start`."""
    if by == "week":
        return start + timedelta(days=7)
    months = 1 if by == "month" else 12
    year, month = divmod(start.month - 1 + months, 12)
    return date(start.year + year, month + 1, 1)


def _starts(sums: dict[str, dict[date, float]], asked: Asked, by: str) -> list[date]:
    """Return every beginning from the first to the last one asked for, else from the first that has something."""
    known = [start for of in sums.values() for start in of]
    first = start_of(asked.since, by) if asked.since else min(known, default=None)
    last = start_of(min(asked.until or asked.today, asked.today), by)
    found = []
    while first is not None and first <= last:
        found.append(first)
        first = following(first, by)
    return found


CHART = Chart(
    key="volume",
    title="Volume",
    page="training",
    frame=_frame,
    asks=("since", "until", "sport", "kind", "by"),
    choices={"kind": tuple(KINDS), "by": BY},
)
