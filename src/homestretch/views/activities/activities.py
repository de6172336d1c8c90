"""The list of activities: filtered, sorted, a page at a time, and its totals."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal, NamedTuple, cast

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select

from homestretch.errors import BadRequest
from homestretch.model import figures
from homestretch.model.documents.activity import (
    ActivityItem,
    ActivitySummary,
    Figures,
    GearUsed,
    SportCount,
    YearCount,
)
from homestretch.model.documents.collections import Page
from homestretch.model.moment import FIRST_MS, instant, iso, local_iso
from homestretch.store.database import Reader
from homestretch.store.queries.gear import NONE, gear_names
from homestretch.store.queries.withheld import allowed
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.store.tables.kept import gear
from homestretch.vendors.sport_names import must_be_sport
from homestretch.views.kit.paging import decode_cursor, page
from homestretch.views.kit.privacy import PrivacyMask, privacy_mask, unless_near
from homestretch.views.kit.redacted import shown_of
from homestretch.views.kit.statistics_scope import must_be_in_order, sports_of
from homestretch.views.kit.today import latest_ms

type YesNoAll = Literal["true", "false", "all"]

DAY_MS = 86_400_000
SORTS = {
    "start": activities.c.local_ms,
    "name": activities.c.name,
    "distance": activities.c.distance_m,
    "elapsed": activities.c.elapsed_s,
    "moving": activities.c.moving_s,
    "ascent": activities.c.ascent_m,
    "speed": activities.c.avg_speed_mps,
    "heart_rate": activities.c.avg_hr_bpm,
    "power": activities.c.avg_power_w,
}
#: What a list shows of a row; the rest is long.
_SHOWN = [column for column in activities.c if column.name not in ("provenance", "search", "description")]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which activities: `since` and `until` are inclusive local dates; `text` words must all occur.

    `sport` is a sport, or with `or_family` also a family of sports. `gear` is the public id of an item that they or
    legs of theirs were done on, or `none`.
    """

    sport: str | None = None
    since: date | None = None
    until: date | None = None
    text: str | None = None
    hidden: YesNoAll = "false"
    deleted: bool = False
    gear: str | None = None
    or_family: bool = False


def activity_list(
    reader: Reader, scope: Scope, what: Filter, sort: str, limit: int, cursor: str | None
) -> Page[ActivityItem]:
    """Return a page of activities; `sort` is a key of SORTS, with a minus in front for the largest first."""
    hidden = privacy_mask(reader, scope)
    order = _order(sort.removeprefix("-"), hidden)
    if what.deleted or what.hidden != "false":
        scope.must("activities: see removed")
    wanted = conditions(scope, what)
    if sort.removeprefix("-") == "start":
        order = order._replace(ahead=_ahead(reader, wanted, order))
    # Only the ids go through the sorting; whole rows are read of what is shown.
    query = select(activities.c.id, order.by.label("by")).where(*wanted)
    placed = reader.rows(_ordered(query, order, descending=sort.startswith("-"), cursor=cursor).limit(limit + 1))
    ids = [row.id for row in placed]
    found = {row.id: row for row in reader.rows(select(*_SHOWN).where(activities.c.id.in_(ids)))}
    rows = [found[identity] for identity in ids]
    total = reader.scalar(select(func.count()).select_from(activities).where(*wanted))
    children = _legs(reader, [row.id for row in rows])
    gears, shown = gear_names(reader, scope.athlete_id), shown_of(reader, scope.athlete_id, rows, hidden)
    items = [activity_item(row, children.get(row.id, []), hidden, gears, shown) for row in rows]
    last = placed[limit - 1] if len(rows) > limit else None
    position = None if last is None else [last.by, last.id]
    return page(items, limit, total, position)


def activity_summary(reader: Reader, scope: Scope, what: Filter) -> ActivitySummary:
    """Return counts by sport and year, and sums, of the filtered activities."""
    if what.deleted or what.hidden != "false":
        scope.must("activities: see removed")
    wanted = conditions(scope, what)
    hidden = privacy_mask(reader, scope)
    sums = [
        func.coalesce(func.sum(unless_near(hidden, activities.c[key])), 0.0).label(key)
        for key in ("distance_m", "moving_s", "ascent_m")
    ]
    (row,) = reader.rows(select(func.count().label("total"), *sums).where(*wanted))
    return {
        "sports": _sports(reader, wanted),
        "years": _years(reader, wanted),
        "total": row.total,
        "distance_m": row.distance_m,
        "moving_s": row.moving_s,
        "ascent_m": row.ascent_m,
    }


def conditions(scope: Scope, what: Filter) -> list[ColumnElement[bool]]:
    """Return the filter as conditions, the scope first; legs are shown through their parents. Raises BadRequest."""
    must_be_in_order(what.since, what.until)
    if what.sport:
        must_be_sport(what.sport, or_family=what.or_family)
    table = activities.c
    found = [table.athlete_id == scope.athlete_id, table.deleted.is_(what.deleted), table.parent_id.is_(None)]
    found += allowed(scope)
    if what.hidden != "all":
        found.append(table.hidden.is_(what.hidden == "true"))
    if what.sport:
        found.append(table.sport.in_(sports_of(what.sport)) if what.or_family else table.sport == what.sport)
    if what.since:
        found.append(table.local_ms >= _midnight_ms(what.since))
    if what.until:
        found.append(table.local_ms < _midnight_ms(what.until) + DAY_MS)
    if what.gear:
        found.append(_on(scope, what.gear))
    words = (what.text or "").lower().split()
    return found + [table.search.contains(word, autoescape=True) for word in words]


def _on(scope: Scope, public_id: str) -> ColumnElement[bool]:
    """Return the condition for activities on an item of gear, or on none: the activity itself, or one of its legs."""
    table = activities.c
    if public_id == NONE:
        return table.gear_id.is_(None)
    named = (gear.c.public_id == public_id) & (gear.c.athlete_id == scope.athlete_id)
    number = select(gear.c.id).where(named).scalar_subquery()
    legs = select(table.parent_id).where(table.gear_id == number, table.parent_id.is_not(None))
    return or_(table.gear_id == number, table.id.in_(legs))


def activity_item(
    row: Row[Any],
    legs: list[str],
    hidden: PrivacyMask,
    gears: Mapping[int, GearUsed],
    shown: Mapping[int, Mapping[str, Any]],
) -> ActivityItem:
    """Return an activity as lists show it.

    `gears` has each item as it is shown, by its id; `shown` has the figures that replace those of partly hidden
    activities, by activity.
    """
    instead = shown.get(row.id, {})
    start_ms = row.start_ms if instead.get("start_ms") is None else instead["start_ms"]
    return {
        "id": row.public_id,
        "name": row.name,
        "sport": row.sport,
        "sub_sport": row.sub_sport,
        "start": iso(start_ms),
        "start_local": local_iso(start_ms, row.offset_s),
        "in_future": row.start_ms > latest_ms(),
        "zone": row.zone,
        **_figures(instead or row._asdict()),
        "thumb": hidden.of(row.public_id).line(row.thumb),
        "legs": legs,
        "formats": row.formats.split(),
        "hidden": row.hidden,
        "indoor": row.indoor,
        "gear": gears.get(row.gear_id),
    }


def _figures(values: Mapping[str, Any]) -> Figures:
    """Return the figures among the values of an activity's row, or among those that are shown instead."""
    return cast("Figures", {key: values[key] for key in figures.KEYS})


class _Order(NamedTuple):
    """What a list is ordered by: a column or what stands for it, whether it may be empty, and of which type it is."""

    by: Any
    nullable: bool
    type: type[Any]
    #: Beyond this an activity is dated in the future, and comes last whichever way the list goes.
    ahead: int | None = None


def _order(sort: str, hidden: PrivacyMask) -> _Order:
    """Return what a list is ordered by: nothing that is hidden, so by days, and by figures that are shown as they are.

    Raises BadRequest.
    """
    column = SORTS.get(sort)
    if column is None:
        raise BadRequest(reason=f"Sort activities by one of {', '.join(SORTS)}, with - in front for descending.")
    kind = column.type.python_type
    if not hidden.circles or sort == "name":
        return _Order(column, bool(column.nullable), kind)
    if sort == "start":
        return _Order((column - FIRST_MS) // DAY_MS, nullable=False, type=int)
    return _Order(unless_near(hidden, column), nullable=True, type=kind)


def _ahead(reader: Reader, wanted: list[ColumnElement[bool]], order: _Order) -> int | None:
    """Return what an order by starts has for today where anything wanted is dated in the future, else None."""
    limit_ms = latest_ms()
    later = select(activities.c.id).where(*wanted, activities.c.local_ms > limit_ms).limit(1)
    if reader.row(later) is None:
        return None
    return limit_ms if order.by is activities.c.local_ms else (limit_ms - FIRST_MS) // DAY_MS


def _ordered(query: Select[Any], order: _Order, *, descending: bool, cursor: str | None) -> Select[Any]:
    """Order by a column, what has no value or lies ahead of today last, then by id; go on after the cursor."""
    table, column, ahead = activities.c, order.by, order.ahead
    empty = [case((column.is_(None), 1), else_=0)] if order.nullable else []
    if ahead is not None:
        empty.append(case((column > ahead, 1), else_=0))
    query = query.order_by(*empty, column.desc() if descending else column.asc(), table.id.desc())
    if cursor is None:
        return query
    value, last = decode_cursor(cursor, order.type, int)
    if value is None:
        return query.where(column.is_(None), table.id < last)
    beyond, from_here = (column < value, column <= value) if descending else (column > value, column >= value)
    if ahead is not None:
        after = or_(beyond, and_(column == value, table.id < last))
        return query.where(and_(column > ahead, after) if value > ahead else or_(column > ahead, after))
    if order.nullable:
        return query.where(or_(beyond, column.is_(None), and_(column == value, table.id < last)))
    return query.where(from_here, or_(beyond, table.id < last))  # a range that the index knows


def _legs(reader: Reader, parents: list[int]) -> dict[int, list[str]]:
    query = select(activities.c.parent_id, activities.c.public_id).where(activities.c.parent_id.in_(parents))
    found: dict[int, list[str]] = {}
    for row in reader.rows(query.order_by(activities.c.start_ms)):
        found.setdefault(row.parent_id, []).append(row.public_id)
    return found


def _sports(reader: Reader, wanted: list[ColumnElement[bool]]) -> list[SportCount]:
    query = select(activities.c.sport, func.count().label("n")).where(*wanted).group_by(activities.c.sport)
    return [{"sport": row.sport, "count": row.n} for row in reader.rows(query.order_by(func.count().desc()))]


def _years(reader: Reader, wanted: list[ColumnElement[bool]]) -> list[YearCount]:
    # Counted from the first day of the calendar on, so that dividing never rounds towards 1970 from below.
    ordinal = (activities.c.local_ms - FIRST_MS) // DAY_MS
    query = select(ordinal.label("day"), func.count().label("n")).where(*wanted).group_by(ordinal)
    counts: Counter[int] = Counter()
    for row in reader.rows(query):
        counts[instant(FIRST_MS + int(row.day) * DAY_MS).year] += row.n
    return [{"year": year, "count": count} for year, count in sorted(counts.items(), reverse=True)]


def _midnight_ms(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)
