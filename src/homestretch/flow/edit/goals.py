"""Goals of a week, a month or a year: set, changed from a day on, removed and restored."""

from collections.abc import Mapping
from datetime import date
from math import isfinite

from homestretch.errors import BadRequest, Conflict, NotFound
from homestretch.flow.runtime.context import Context, public_id
from homestretch.model.documents.goals import GOAL_KINDS, GOAL_PERIODS
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.goals import GoalRow, add_row, goal_rows, set_values
from homestretch.store.scope import Scope
from homestretch.store.tables.saved import goals
from homestretch.vendors.sport_names import must_be_sport

#: The largest target of each kind in SI: more than anybody does in a year.
LARGEST: Mapping[str, float] = {"distance": 1e8, "time": 3.2e7, "ascent": 1e7, "load": 1e6, "count": 1e5}
MOST = 50


def add(
    context: Context,
    scope: Scope,
    period: str,
    kind: str,
    sport: str | None,
    target: float,
    today: date,
    since: date | None = None,
) -> str:
    """Set a goal of a kind (m, s, m of ascent, load or activities) from the period of a day on; return its id.

    Without a day it is the period of today. Raises BadRequest, Conflict.
    """
    scope.must("goals: edit")
    if period not in GOAL_PERIODS:
        raise BadRequest(reason=f"A goal is for a {', '.join(GOAL_PERIODS[:-1])} or {GOAL_PERIODS[-1]}.")
    if kind not in GOAL_KINDS:
        raise BadRequest(reason=f"The kind of a goal must be one of {', '.join(GOAL_KINDS)}.")
    if sport is not None:
        must_be_sport(sport, or_family=True)
    value = _checked(kind, target)
    first = since or today
    if not date(1970, 1, 1) <= first <= today:
        raise BadRequest(reason=f"A goal can begin from 1970 to today, {today}.")
    with context.database.write() as session:
        _must_be_new(session, scope, period, kind, sport)
        named = {"public_id": public_id(), "athlete_id": scope.athlete_id, "account_id": scope.account_id}
        what = {"period": period, "kind": kind, "sport": sport, "targets": [[first.isoformat(), value]]}
        add_row(session, goals, {**named, **what, "created_ms": context.clock(), "removed_ms": None})
    return str(named["public_id"])


def change(context: Context, scope: Scope, goal: str, target: float, today: date) -> None:
    """Set another target from the current period on; earlier ones keep theirs. Raises BadRequest, NotFound."""
    scope.must("goals: edit")
    with context.database.write() as session:
        row = _goal(session, scope, goal, removed=False)
        value, since = _checked(row.kind, target), today.isoformat()
        # What is dated later was set where today was another day.
        held = [[day, one] for day, one in row.targets if day < since]
        set_values(session, goals, row.id, {"targets": [*held, [since, value]]})


def remove(context: Context, scope: Scope, goal: str) -> None:
    """Remove a goal; `restore` undoes it. Raises NotFound."""
    scope.must("goals: edit")
    with context.database.write() as session:
        row = _goal(session, scope, goal, removed=False)
        set_values(session, goals, row.id, {"removed_ms": context.clock()})


def restore(context: Context, scope: Scope, goal: str) -> None:
    """Set a removed goal again, with its history. Raises Conflict, NotFound."""
    scope.must("goals: edit")
    with context.database.write() as session:
        row = _goal(session, scope, goal, removed=True)
        if row.removed_ms is None:
            return
        _must_be_new(session, scope, row.period, row.kind, row.sport)
        set_values(session, goals, row.id, {"removed_ms": None})


def kind_of(context: Context, scope: Scope, goal: str) -> str:
    """Return the kind of a goal, which says what its target is of. Raises NotFound."""
    scope.must("goals: read")
    with context.database.read() as reader:
        return str(_goal(reader, scope, goal, removed=True).kind)


def _goal(reader: Reader, scope: Scope, public: str, *, removed: bool) -> GoalRow:
    for row in goal_rows(reader, scope.athlete_id):
        if row.public_id == public and (removed or row.removed_ms is None):
            return row
    raise NotFound(what="goal", id=public)


def _must_be_new(session: Writer, scope: Scope, period: str, kind: str, sport: str | None) -> None:
    held = [row for row in goal_rows(session, scope.athlete_id) if row.removed_ms is None]
    if any((row.period, row.kind, row.sport) == (period, kind, sport) for row in held):
        raise Conflict(reason="You already have this goal. Change its target.")
    if len(held) >= MOST:
        raise Conflict(reason=f"You have {MOST} goals. Remove one first.")


def _checked(kind: str, target: float) -> float:
    if not (isfinite(target) and 0.0 < target <= LARGEST[kind]):
        raise BadRequest(reason=f"A target must be more than 0 and at most {LARGEST[kind]:.0f}.")
    if kind == "count" and target != int(target):
        raise BadRequest(reason="A number of activities must be whole.")
    return float(target)
