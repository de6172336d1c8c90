"""The list of activities: filtered, sorted, a page at a time, and its totals."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import batched
from typing import Any, cast, get_args

from sqlalchemy import ColumnElement, Row, func, select

from homestretch.errors import NotFound
from homestretch.model import figures
from homestretch.model.documents.activity import (
    ActivityItem,
    ActivitySummary,
    Figures,
    FilterChoices,
    GearUsed,
    ListedActivity,
    WorkoutType,
    YearCount,
)
from homestretch.model.documents.collections import Page
from homestretch.model.moment import FIRST_MS, instant, iso, local_iso
from homestretch.store.database import Reader
from homestretch.store.queries.gear import gear_names
from homestretch.store.queries.listed import (
    legs_by_whole,
    providers_of,
    sport_counts,
    tag_counts,
    workout_type_counts,
)
from homestretch.store.queries.withheld import allowed, figures_allowed
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.views.kit.paging import page
from homestretch.views.kit.privacy import PrivacyMask, privacy_mask, unless_near, untouched
from homestretch.views.kit.redacted import shown_of
from homestretch.views.kit.today import latest_ms
from homestretch.views.lists.filters import DAY_MS, Filter, conditions
from homestretch.views.lists.ordering import ahead, load_of, order_by, ordered

PORTION = 500
#: What a list shows of a row; the rest is long.
_SHOWN = [column for column in activities.c if column.name not in ("provenance", "search", "description")]


def activity_list(
    reader: Reader, scope: Scope, what: Filter, sort: str, limit: int, cursor: str | None
) -> Page[ListedActivity]:
    """Return a page of activities; `sort` is a key of `ordering.KEYS`, with a minus in front for the largest first."""
    hidden = privacy_mask(reader, scope)
    order = order_by(sort.removeprefix("-"), hidden)
    wanted = conditions(reader, scope, what)
    if sort.removeprefix("-") == "start":
        order = order._replace(ahead=ahead(reader, wanted, order))
    # Only the ids go through the sorting; whole rows are read of what is shown.
    query = select(activities.c.id, order.by.label("by")).where(*wanted)
    placed = reader.rows(ordered(query, order, descending=sort.startswith("-"), cursor=cursor).limit(limit + 1))
    ids = [row.id for row in placed]
    found = {row.id: row for row in reader.rows(select(*_SHOWN).where(activities.c.id.in_(ids)))}
    rows = [found[identity] for identity in ids]
    total = reader.scalar(select(func.count()).select_from(activities).where(*wanted))
    children = legs_by_whole(reader, [row.id for row in rows])
    gears, shown = gear_names(reader, scope.athlete_id), shown_of(reader, scope.athlete_id, rows, hidden)
    loads = _loads(reader, scope, ids, hidden)
    items: list[ListedActivity] = [
        {**activity_item(row, children.get(row.id, []), hidden, gears, shown), "load": loads.get(row.id)}
        for row in rows
    ]
    last = placed[limit - 1] if len(rows) > limit else None
    position = None if last is None else [last.by, last.id]
    return page(items, limit, total, position)


def activity_summary(reader: Reader, scope: Scope, what: Filter) -> ActivitySummary:
    """Return counts by sport and year, and sums, of the filtered activities."""
    wanted = conditions(reader, scope, what)
    hidden = privacy_mask(reader, scope)
    sums = [
        func.coalesce(func.sum(unless_near(hidden, activities.c[key])), 0.0).label(key)
        for key in ("distance_m", "moving_s", "ascent_m")
    ]
    (row,) = reader.rows(select(func.count().label("total"), *sums).where(*wanted))
    return {
        "sports": [{"sport": sport, "count": count} for sport, count in sport_counts(reader, wanted)],
        "years": _years(reader, wanted),
        "total": row.total,
        "distance_m": row.distance_m,
        "moving_s": row.moving_s,
        "ascent_m": row.ascent_m,
    }


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
        "tags": row.tags,
        "workout_type": row.workout_type,
        "rpe": row.rpe,
    }


def _figures(values: Mapping[str, Any]) -> Figures:
    """Return the figures among the values of an activity's row, or among those that are shown instead."""
    return cast("Figures", {key: values[key] for key in figures.KEYS})


def _loads(reader: Reader, scope: Scope, ids: list[int], hidden: PrivacyMask) -> dict[int, float | None]:
    """Return the training load of activities, by id, of those whose figures are shown as they are."""
    shown = activities.c.id.in_(ids), *untouched(hidden), *figures_allowed(scope)
    query = select(activities.c.id, load_of().label("load")).where(*shown)
    return {row.id: row.load for row in reader.rows(query)}


def matching_ids(reader: Reader, scope: Scope, what: Filter) -> list[int]:
    """Return the ids of all activities that a filter leaves, the newest first. Raises BadRequest, Forbidden."""
    query = select(activities.c.id).where(*conditions(reader, scope, what))
    return [row.id for row in reader.rows(query.order_by(activities.c.local_ms.desc(), activities.c.id.desc()))]


def named_ids(reader: Reader, scope: Scope, public_ids: Sequence[str]) -> list[int]:
    """Return the ids of activities by public id, deleted and hidden ones too. Raises NotFound unless all are there."""
    found: dict[str, int] = {}
    for part in batched(public_ids, PORTION):
        mine = (activities.c.athlete_id == scope.athlete_id) & activities.c.public_id.in_(part)
        rows = reader.rows(select(activities.c.id, activities.c.public_id).where(mine))
        found |= {row.public_id: row.id for row in rows}
    missing = set(public_ids) - found.keys()
    if missing:
        raise NotFound(what="activity", id=min(missing))
    return [found[public_id] for public_id in dict.fromkeys(public_ids)]


def filter_choices(reader: Reader, scope: Scope) -> FilterChoices:
    """Return what there is to filter by: tags and workout types with how often, and sources."""
    mine = [activities.c.athlete_id == scope.athlete_id, activities.c.deleted.is_(False)]
    mine += [activities.c.hidden.is_(False), activities.c.parent_id.is_(None), *allowed(scope)]
    counts = workout_type_counts(reader, mine)
    return {
        "tags": [{"tag": tag, "count": count} for tag, count in tag_counts(reader, scope.athlete_id, mine)],
        "workout_types": [{"workout_type": key, "count": counts.get(key, 0)} for key in get_args(WorkoutType)],
        "sources": providers_of(reader, scope.athlete_id) if scope.may("originals: read") else [],
    }


def _years(reader: Reader, wanted: list[ColumnElement[bool]]) -> list[YearCount]:
    # Counted from the first day of the calendar on, so that dividing never rounds towards 1970 from below.
    ordinal = (activities.c.local_ms - FIRST_MS) // DAY_MS
    query = select(ordinal.label("day"), func.count().label("n")).where(*wanted).group_by(ordinal)
    counts: Counter[int] = Counter()
    for row in reader.rows(query):
        counts[instant(FIRST_MS + int(row.day) * DAY_MS).year] += row.n
    return [{"year": year, "count": count} for year, count in sorted(counts.items(), reverse=True)]
