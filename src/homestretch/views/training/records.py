"""Records: best efforts ranked over all time, a year or the last 90 days; ranks are read, never stored."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, func, or_, select

from homestretch.analysis.measure.bests import eddington, longest_streak
from homestretch.model.channel import MILE_M
from homestretch.model.documents.analysis import Medal
from homestretch.model.documents.training import (
    RecordClass,
    RecordDetails,
    RecordEffort,
    RecordList,
    RecordRefused,
    Records,
    RecordTotal,
)
from homestretch.model.refusals import quantities_in, quantity_of
from homestretch.store.database import Reader
from homestretch.store.queries.refusals import not_refused
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, bests
from homestretch.views.kit.statistics_scope import DAY_MS, counting, day, midnight_ms, must_be_in_order, ordinal

#: Ranks that earn a medal.
MEDALS = 3
#: Best efforts that are not refused as records.
NOT_REFUSED = not_refused(bests.c.kind)
#: Figures of which the activity with the most is shown, and their units.
TOTALS = {
    "distance_m": "m", "moving_s": "s", "elapsed_s": "s", "ascent_m": "m_up", "max_speed_mps": "m/s",
    "max_hr_bpm": "bpm", "max_power_w": "W", "calories_kcal": "kcal",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ranked:
    """A kind of best effort over a size: metres for `distance`, else seconds."""

    kind: str
    size: float


def classes(reader: Reader, scope: Scope) -> list[RecordClass]:
    """Return the classes that have best efforts (`run`, `ride:indoor`, …), those with most activities first."""
    query = (
        select(bests.c["class"].label("name"), func.count(bests.c.activity_id.distinct()).label("activities"))
        .join(activities, activities.c.id == bests.c.activity_id)
        .where(bests.c.athlete_id == scope.athlete_id, NOT_REFUSED, *counting(reader, scope))
        .group_by(bests.c["class"])
    )
    found: list[RecordClass] = [{"name": row.name, "activities": row.activities} for row in reader.rows(query)]
    return sorted(found, key=lambda one: -one["activities"])


def all_records(
    reader: Reader, scope: Scope, name: str | None, since: date | None, until: date | None, top: int
) -> Records:
    """Return the records of a class (None: the one with most activities), what was longest, and details about days."""
    must_be_in_order(since, until)
    there = classes(reader, scope)
    name = name or next((one["name"] for one in there), None)
    family = None if name is None else name.split(":")[0]
    figures = [activities.c[key] for key in TOTALS]
    query = select(*figures, activities.c.id, activities.c.local_ms, activities.c.refused).where(
        *counting(reader, scope, since, until, family)
    )
    rows = reader.rows(query.order_by(activities.c.start_ms, activities.c.id))
    return {
        "classes": there,
        "name": name,
        "items": [] if name is None else records(reader, scope, name, since, until, top),
        "totals": _totals(reader, rows),
        "details": _details(rows),
        "refused": _refused(reader, rows) if scope.may("corrections: read") else [],
    }


def records(
    reader: Reader, scope: Scope, name: str, since: date | None, until: date | None, top: int
) -> list[RecordList]:
    """Return the `top` best efforts of each kind and size in a class, between two local days (inclusive)."""
    return [
        {
            "kind": one.kind,
            "size": one.size,
            "quantity": quantity_of(one.kind),
            "efforts": _ranked(reader, scope, name, one, since, until, top),
        }
        for one in _sizes(reader, scope, name)
    ]


def _sizes(reader: Reader, scope: Scope, name: str) -> list[Ranked]:
    mine = (bests.c.athlete_id == scope.athlete_id) & (bests.c["class"] == name)
    query = select(bests.c.kind, bests.c.size).where(mine).distinct().order_by(bests.c.kind, bests.c.size)
    return [Ranked(row.kind, row.size) for row in reader.rows(query)]


def _ranked(
    reader: Reader, scope: Scope, name: str, one: Ranked, since: date | None, until: date | None, top: int
) -> list[RecordEffort]:
    query = (
        select(bests, activities.c.public_id, activities.c.name, activities.c.local_ms)
        .join(activities, activities.c.id == bests.c.activity_id)
        .where(*_of(scope, name, one.kind, one.size), NOT_REFUSED, *counting(reader, scope, since, until))
        .order_by(bests.c.goodness.desc(), bests.c.start_ms)
        .limit(top)
    )
    return [_effort(row, rank) for rank, row in enumerate(reader.rows(query), 1)]


def _effort(row: Row[Any], rank: int) -> RecordEffort:
    return {
        "rank": rank,
        "value": abs(row.goodness),
        "activity": row.public_id,
        "name": row.name,
        "day": day(row.local_ms).isoformat(),
        "start_s": row.start_s,
    }


def medals(reader: Reader, scope: Scope, activity_id: int) -> list[Medal]:
    """Return an activity's best efforts with their rank over all time and in its year, on today's data."""
    own = select(bests).join(activities, activities.c.id == bests.c.activity_id)
    mine = own.where(bests.c.activity_id == activity_id, NOT_REFUSED).order_by(bests.c.kind, bests.c.size)
    local_ms = reader.scalar(select(activities.c.local_ms).where(activities.c.id == activity_id))
    year = day(local_ms or 0).year
    first, last = date(year, 1, 1), date(year, 12, 31)
    # Years before and long after are passed over without looking at their activities. An effort begins no sooner than
    # its activity, on a clock at most a day off, and no activity lasts a year.
    about = bests.c.start_ms.between(midnight_ms(first) - DAY_MS, midnight_ms(last) + 366 * DAY_MS)
    of_all, of_year = _better(*counting(reader, scope)), _better(*counting(reader, scope, first, last), about)
    found: list[Medal] = []
    for row in reader.rows(mine):
        ever = _rank(reader, of_all, row)
        found.append(
            {
                "kind": row.kind,
                "size": row.size,
                "quantity": quantity_of(row.kind),
                "value": abs(row.goodness),
                "start_s": row.start_s,
                "rank": ever,
                "rank_year": 1 if ever == 1 else _rank(reader, of_year, row),
                "year": year,
            }
        )
    return found


def _better(*among: ColumnElement[bool]) -> Select[Any]:
    """Return the question for the best of an athlete's efforts that are better than one: as many as earn a medal.

    It is made once, and asked for each effort: its columns are the parameters.
    """
    table = bests.c
    same = [table[name] == bindparam(name) for name in ("athlete_id", "class", "kind", "size")]
    better = or_(
        table.goodness > bindparam("goodness"),
        and_(table.goodness == bindparam("goodness"), table.start_ms < bindparam("start")),
    )
    return (
        select(table.activity_id)
        .join(activities, activities.c.id == table.activity_id)
        .where(*same, better, NOT_REFUSED, *among)
        .order_by(table.goodness.desc(), table.start_ms)
        .limit(MEDALS)
    )


def _rank(reader: Reader, better: Select[Any], mine: Row[Any]) -> int | None:
    """Return an effort's rank, None beyond those that earn a medal: only so many better ones are looked for."""
    names = ("athlete_id", "class", "kind", "size", "goodness")
    ahead = len(reader.rows(better, {**{name: getattr(mine, name) for name in names}, "start": mine.start_ms}))
    return ahead + 1 if ahead < MEDALS else None


def _of(scope: Scope, name: str, kind: str, size: float) -> Sequence[Any]:
    table = bests.c
    return (table.athlete_id == scope.athlete_id, table["class"] == name, table.kind == kind, table.size == size)


def _totals(reader: Reader, rows: Sequence[Row[Any]]) -> list[RecordTotal]:
    """Return, of the rows in order of time, the activity with the most of each figure that is not refused."""
    best: dict[str, Row[Any]] = {}
    for place, key in enumerate(TOTALS):
        refused = f" {key} "
        values = [0.0 if refused in row.refused else row[place] or 0.0 for row in rows]
        most = max(values, default=0.0)
        if most > 0.0:
            best[key] = rows[values.index(most)]
    names = _named(reader, {row.id for row in best.values()})
    return [
        {
            "key": key,
            "unit": unit,
            "quantity": quantity_of(key),
            "value": getattr(best[key], key),
            "activity": names[best[key].id].public_id,
            "name": names[best[key].id].name,
            "day": day(best[key].local_ms).isoformat(),
        }
        for key, unit in TOTALS.items()
        if key in best
    ]


def _refused(reader: Reader, rows: Sequence[Row[Any]]) -> list[RecordRefused]:
    """Return what of the rows is refused as a record, the newest first: the activity, its day, and the quantity."""
    found = [row for row in reversed(rows) if row.refused]
    names = _named(reader, {row.id for row in found})
    return [
        {
            "activity": names[row.id].public_id,
            "name": names[row.id].name,
            "day": day(row.local_ms).isoformat(),
            "quantity": quantity,
        }
        for row in found
        for quantity in quantities_in(row.refused)
    ]


def _named(reader: Reader, ids: Collection[int]) -> dict[int, Row[Any]]:
    query = select(activities.c.id, activities.c.public_id, activities.c.name).where(activities.c.id.in_(ids))
    return {row.id: row for row in reader.rows(query)} if ids else {}


def _details(rows: Sequence[Row[Any]]) -> RecordDetails:
    """Return Eddington numbers (so many days of at least so many km or miles) and the longest run of days."""
    by_day: dict[int, float] = defaultdict(float)
    for row in rows:
        by_day[ordinal(row.local_ms)] += row.distance_m or 0.0
    metres = np.array(list(by_day.values()), dtype=np.float64)
    streak = longest_streak(np.array(sorted(by_day), dtype=np.int64))
    details: RecordDetails = {
        "eddington_km": eddington(metres / 1000.0),
        "eddington_mi": eddington(metres / MILE_M),
        "active_days": len(by_day),
        "activities": len(rows),
    }
    if streak is not None:
        length, begin = streak
        last = date.fromordinal(begin + length - 1)
        details["streak_days"] = length
        details["streak_from"] = date.fromordinal(begin).isoformat()
        details["streak_to"] = last.isoformat()
    return details
