"""The calendar: the activities of each month, day by day, and the sync state of each source."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Literal, TypedDict

from sqlalchemy import Row, func, select

from homestretch.errors import BadRequest
from homestretch.model.documents.activity import ActivityItem
from homestretch.model.documents.calendar import Calendar, CalendarColumn, CalendarMonth, MonthDone, MonthOfSource
from homestretch.model.moment import day_of
from homestretch.sources.registry import sources, terms_of
from homestretch.store.database import Reader
from homestretch.store.queries import connections as stored
from homestretch.store.queries.cached import items_under
from homestretch.store.queries.gear import gear_names
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.views.activities.activities import activity_item
from homestretch.views.kit.privacy import privacy_mask, unless_near
from homestretch.views.kit.redacted import shown_of
from homestretch.views.kit.statistics_scope import everywhere, midnight_ms

State = Literal["queued", "running", "done", "failed"]
#: At most so many months are returned at once.
MOST_MONTHS = 600


class _Done(TypedDict):
    """What was done in a month."""

    count: int
    distance_m: float
    moving_s: float


def _nothing() -> _Done:
    return {"count": 0, "distance_m": 0.0, "moving_s": 0.0}


def months_between(first: date, last: date) -> list[date]:
    """Return the first days of the months from one to another, both included. Raises BadRequest."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    if not 0 < count <= MOST_MONTHS:
        raise BadRequest(reason=f"{first:%Y-%m} to {last:%Y-%m} is not a valid range of months.")
    return [date(first.year + (first.month - 1 + i) // 12, (first.month - 1 + i) % 12 + 1, 1) for i in range(count)]


def month_end(first: date) -> date:
    """Return the last day of the month that begins on a day."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def calendar(reader: Reader, scope: Scope, first: date, last: date) -> Calendar:
    """Return by month what was done in it, and where each source stands with it. Raises BadRequest."""
    months = months_between(first, last)
    done = _done(reader, scope, months)
    rows = list(stored.of_athlete(reader, scope.athlete_id)) if scope.may("sources: read") else []
    by_connection = {row.public_id: _month_states(reader, row, months) for row in rows}
    found: dict[str, MonthDone] = {}
    for month in months:
        key = f"{month:%Y-%m}"
        states = {name: by_month[key] for name, by_month in by_connection.items() if key in by_month}
        found[key] = {**done.get(key, _nothing()), "sources": states}
    return {"months": found, "sources": [_column(row) for row in rows]}


def calendar_month(reader: Reader, scope: Scope, month: date) -> CalendarMonth:
    """Return a month with the activities of each of its days."""
    whole = calendar(reader, scope, month, month)
    end = month_end(month)
    table = activities.c
    inside = table.local_ms.between(midnight_ms(month), midnight_ms(end + timedelta(days=1)) - 1)
    mine = (table.athlete_id == scope.athlete_id) & table.deleted.is_(False) & table.hidden.is_(False)
    rows = reader.rows(select(activities).where(mine, inside, table.parent_id.is_(None)).order_by(table.local_ms))
    hidden, gears = privacy_mask(reader, scope), gear_names(reader, scope.athlete_id)
    shown = shown_of(reader, scope.athlete_id, rows, hidden)
    days: dict[str, list[ActivityItem]] = {}
    for row in rows:
        days.setdefault(day_of(row.local_ms), []).append(activity_item(row, [], hidden, gears, shown))
    key = f"{month:%Y-%m}"
    return {"month": key, **whole["months"][key], "days": days, "columns": whole["sources"]}


def _done(reader: Reader, scope: Scope, months: Sequence[date]) -> dict[str, _Done]:
    table = activities.c
    inside = everywhere(scope, months[0], month_end(months[-1]))
    hidden = privacy_mask(reader, scope)
    sums = (unless_near(hidden, table[key]).label(key) for key in ("distance_m", "moving_s"))
    query = select(table.id, table.parent_id, table.local_ms, *sums).where(*inside)
    found: dict[str, _Done] = {}
    workouts: set[int] = set()
    for row in reader.rows(query.order_by(table.local_ms)):
        month = found.setdefault(day_of(row.local_ms)[:7], _nothing())
        workout = row.parent_id or row.id  # the legs of a triathlon are one activity, as in lists
        month["count"] += workout not in workouts
        workouts.add(workout)
        month["distance_m"] += row.distance_m or 0.0
        month["moving_s"] += row.moving_s or 0.0
    return found


def _month_states(reader: Reader, row: Row[Any], months: Sequence[date]) -> dict[str, MonthOfSource]:
    """Return where a connection stands with each month of which it has something to ask or to say."""
    table = items_under(terms_of(row.source))
    month = func.substr(table.c.until, 1, 7)
    query = select(month.label("month"), table.c.kind, table.c.state, func.count().label("n")).where(
        table.c.connection_id == row.id,
        table.c.until >= months[0].isoformat(),
        table.c.until <= month_end(months[-1]).isoformat(),
    )
    counts: dict[str, dict[str, int]] = {}
    listed: dict[str, int] = {}
    for one in reader.rows(query.group_by(month, table.c.kind, table.c.state)):
        states = counts.setdefault(one.month, {})
        states[one.state] = states.get(one.state, 0) + one.n
        if one.kind == "activity" and one.state != "gone":
            listed[one.month] = listed.get(one.month, 0) + one.n
    run = stored.open_run(reader, row.id)
    for name in (f"{one:%Y-%m}" for one in months):
        if _names(run, name):  # a month that was asked for is there before anything is known about it
            counts.setdefault(name, {})
    return {key: _month(states, _state(states, key, run), listed.get(key, 0)) for key, states in counts.items()}


def _month(states: Mapping[str, int], state: State, listed: int) -> MonthOfSource:
    return {
        "state": state,
        "activities": listed,
        "have": states.get("have", 0),
        "none": states.get("none", 0),
        "wanted": states.get("wanted", 0),
        "failed": states.get("failed", 0),
        "gone": states.get("gone", 0),
    }


def _state(states: Mapping[str, int], month: str, run: Row[Any] | None) -> State:
    """Return how far a month is: `running` while a sync is at it, `queued` while it waits, else failed or done."""
    if states.get("wanted") or _names(run, month):
        asked = {} if run is None else run.asked
        about = str(asked.get("since") or "")[:7] <= month <= (str(asked.get("until") or "9999"))[:7]
        return "running" if run is not None and run.state == "running" and about else "queued"
    return "failed" if states.get("failed") else "done"


def _names(run: Row[Any] | None, month: str) -> bool:
    """Return whether somebody asked for this month, by the days from and to which the run is."""
    asked = {} if run is None else run.asked
    return bool(asked.get("since") and asked.get("until")) and asked["since"][:7] <= month <= asked["until"][:7]


def _column(row: Row[Any]) -> CalendarColumn:
    return {"connection": row.public_id, "source": row.source, "name": sources()[row.source].name, "label": row.label}


def ready_connections(reader: Reader, scope: Scope) -> list[str]:
    """Return the connections, by public id, that can be asked now."""
    rows = stored.of_athlete(reader, scope.athlete_id)
    return [row.public_id for row in rows if row.state in ("ready", "backed_off") and row.secret and not row.paused]
