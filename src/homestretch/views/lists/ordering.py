"""In which order a list shows activities: by any of its columns, on from a cursor.

Nothing that is hidden decides an order: days instead of times, and of figures only those that are shown as they are.
"""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, or_

from homestretch.analysis.measure.metric import metrics as described
from homestretch.errors import BadRequest
from homestretch.model.moment import FIRST_MS
from homestretch.store.database import Reader
from homestretch.store.queries.listed import TIME_S, any_after, gear_name, summed
from homestretch.store.tables.derived import activities
from homestretch.views.kit.paging import decode_cursor
from homestretch.views.kit.privacy import PrivacyMask, unless_near
from homestretch.views.kit.today import latest_ms
from homestretch.views.lists.filters import DAY_MS

#: Columns by which one sorts; `load` and `gear` are in tables of their own.
SORTS = {
    "start": activities.c.local_ms,
    "name": activities.c.name,
    "sport": activities.c.sport,
    "distance": activities.c.distance_m,
    "elapsed": activities.c.elapsed_s,
    "moving": activities.c.moving_s,
    "time": TIME_S,
    "ascent": activities.c.ascent_m,
    "descent": activities.c.descent_m,
    "speed": activities.c.avg_speed_mps,
    "heart_rate": activities.c.avg_hr_bpm,
    "max_heart_rate": activities.c.max_hr_bpm,
    "power": activities.c.avg_power_w,
    "cadence": activities.c.avg_cadence_rpm,
    "temperature": activities.c.avg_temperature_c,
    "calories": activities.c.calories_kcal,
    "rpe": activities.c.rpe,
    "feel": activities.c.feel,
    "workout_type": activities.c.workout_type,
}
KEYS = (*SORTS, "load", "gear")
#: What says nothing of where one was.
_FREE = frozenset({"name", "sport", "rpe", "feel", "workout_type", "gear"})


class Order(NamedTuple):
    """What a list is ordered by: a column or what stands for it, whether it may be empty, and of which type it is."""

    by: Any
    nullable: bool
    type: type[Any]
    #: Beyond this an activity is dated in the future, and comes last whichever way the list goes.
    ahead: int | None = None


def order_by(sort: str, hidden: PrivacyMask) -> Order:
    """Return what a list is ordered by: nothing that is hidden, so by days, and by figures that are shown as they are.

    Raises BadRequest.
    """
    if sort not in KEYS:
        raise BadRequest(reason=f"Sort activities by one of {', '.join(KEYS)}, with - in front for descending.")
    if sort == "gear":
        return Order(gear_name(), nullable=True, type=str)
    column = load_of() if sort == "load" else SORTS[sort]
    kind = float if sort in ("load", "time") else column.type.python_type
    if not hidden.circles or sort in _FREE:
        return Order(column, bool(getattr(column, "nullable", True)), kind)
    if sort == "start":
        return Order((column - FIRST_MS) // DAY_MS, nullable=False, type=int)
    return Order(unless_near(hidden, column), nullable=True, type=kind)


def load_of() -> ColumnElement[float]:
    """Return the training load of an activity as a column, that of a multisport one the sum over its legs."""
    return summed(described()["load"].number)


def ahead(reader: Reader, wanted: list[ColumnElement[bool]], order: Order) -> int | None:
    """Return what an order by starts has for today where anything wanted is dated in the future, else None."""
    limit_ms = latest_ms()
    if not any_after(reader, wanted, limit_ms):
        return None
    return limit_ms if order.by is activities.c.local_ms else (limit_ms - FIRST_MS) // DAY_MS


def ordered(query: Select[Any], order: Order, *, descending: bool, cursor: str | None) -> Select[Any]:
    """Order by a column, what has no value or lies ahead of today last, then by id; go on after the cursor."""
    table, column, limit = activities.c, order.by, order.ahead
    empty = [case((column.is_(None), 1), else_=0)] if order.nullable else []
    if limit is not None:
        empty.append(case((column > limit, 1), else_=0))
    query = query.order_by(*empty, column.desc() if descending else column.asc(), table.id.desc())
    if cursor is None:
        return query
    value, last = decode_cursor(cursor, order.type, int)
    if value is None:
        return query.where(column.is_(None), table.id < last)
    beyond, from_here = (column < value, column <= value) if descending else (column > value, column >= value)
    if limit is not None:
        after = or_(beyond, and_(column == value, table.id < last))
        return query.where(and_(column > limit, after) if value > limit else or_(column > limit, after))
    if order.nullable:
        return query.where(or_(beyond, column.is_(None), and_(column == value, table.id < last)))
    return query.where(from_here, or_(beyond, table.id < last))  # a range that the index knows
