"""The week so far, by day and sport, against the same point of last week and the plan in force."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from homestretch.analysis.measure.metric import metrics as described
from homestretch.model.documents.today import PlannedWeek, WeekDay, WeekGlance, WeekSums
from homestretch.model.sport import TRANSITION
from homestretch.store.database import Reader
from homestretch.store.queries.plans import StoredVersion
from homestretch.store.queries.today import RecentActivity, recent_activities
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.views.kit.statistics_scope import DAY_MS, counting, day, family_of

WEEK_MS = 7 * DAY_MS
#: So many days reach from today to the Monday of last week, whatever day it is.
DAYS = 14


def last_days(reader: Reader, scope: Scope, today: date) -> list[RecentActivity]:
    """Return what counts of the last two weeks, in order of time, with its load."""
    where = counting(reader, scope, today - timedelta(days=DAYS - 1), today)
    return recent_activities(reader, [*where, activities.c.sport != TRANSITION], described()["load"].number)


def week_glance(rows: Sequence[RecentActivity], local_ms: int, plan: StoredVersion | None) -> WeekGlance:
    """Return the week of an instant (ms on the local clock) of `last_days`, and what is planned for it."""
    today = day(local_ms)
    monday = today - timedelta(days=today.weekday())
    this = [row for row in rows if day(row.local_ms) >= monday]
    before = monday - timedelta(days=7)
    last = [row for row in rows if before <= day(row.local_ms) and row.local_ms <= local_ms - WEEK_MS]
    return {
        "monday": monday.isoformat(),
        "days": [_day(monday + timedelta(days=number), this) for number in range(7)],
        "done": _sums(this),
        "last_week": _sums(last),
        "planned": None if plan is None else _planned(plan, monday),
    }


def _day(when: date, rows: Sequence[RecentActivity]) -> WeekDay:
    mine = [row for row in rows if day(row.local_ms) == when]
    times: dict[str, float] = defaultdict(float)
    for row in mine:
        times[family_of(row.sport)] += _time(row)
    return {
        "day": when.isoformat(),
        "load": sum(row.load or 0.0 for row in mine),
        "sports": [{"family": family, "moving_s": time} for family, time in sorted(times.items())],
    }


def _time(row: RecentActivity) -> float:
    return float(row.moving_s or row.elapsed_s or 0.0)


def _sums(rows: Sequence[RecentActivity]) -> WeekSums:
    return {
        "activities": len({row.parent_id or row.id for row in rows}),
        "moving_s": sum(_time(row) for row in rows),
        "distance_m": sum(row.distance_m or 0.0 for row in rows),
        "load": sum(row.load or 0.0 for row in rows),
    }


def _planned(plan: StoredVersion, monday: date) -> PlannedWeek | None:
    """Return minutes and load of a week of a plan; None outside of the plan."""
    week = next((one for one in plan.document["weeks"] if one["monday"] == monday.isoformat()), None)
    return None if week is None else {"minutes": week["minutes"], "load": week["load"]}
