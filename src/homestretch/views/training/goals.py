"""Goals: how the current period stands against an even pace and a forecast, and how earlier ones went."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import takewhile

from homestretch.model.documents.goals import Goal, GoalPeriod, Goals, GoalStanding, GoalState, RemovedGoal
from homestretch.model.documents.people import WeekStart
from homestretch.store.database import Reader
from homestretch.store.queries.accounts import week_start
from homestretch.store.queries.goals import GoalRow, goal_rows
from homestretch.store.scope import Scope
from homestretch.views.training.volume import KINDS, daily_sums, following, start_of

#: So many earlier periods are shown at least, and so many days back they are looked at at most.
SHOWN = {"week": 26, "month": 24, "year": 10}
FARTHEST_DAYS = 3660
#: The days before today whose mean a forecast goes on with.
RECENT_DAYS = 28
#: Sums of floats differ in their last digits by the order in which they were added.
HAIR = 1e-9


def goals(reader: Reader, scope: Scope, today: date) -> Goals:
    """Return an athlete's goals on a day; weeks begin as the account that looks prefers."""
    first = week_start(reader, scope.account_id)
    rows = goal_rows(reader, scope.athlete_id)
    removed = sorted((row.removed_ms, row) for row in rows if row.removed_ms is not None)
    return {
        "items": [_goal(reader, scope, row, today, first) for row in rows if row.removed_ms is None],
        "removed": [_removed(row) for _, row in reversed(removed)],
    }


def goals_now(reader: Reader, scope: Scope, today: date) -> list[GoalStanding]:
    """Return how the current periods of an athlete's goals stand on a day; see `goals`."""
    first = week_start(reader, scope.account_id)
    found: list[GoalStanding] = []
    for row in goal_rows(reader, scope.athlete_id):
        if row.removed_ms is None:
            start = start_of(today, row.period, first)
            last = following(start, row.period) - timedelta(days=1)
            days = daily_sums(reader, scope, row.kind, start, last, row.sport)
            found.append(_standing(row, start, today, sum(value for _, value in days)))
    return found


def _standing(row: GoalRow, start: date, today: date, done: float) -> GoalStanding:
    """Return how a period from `start` on stands of which so much is done."""
    end = following(start, row.period)
    last = end - timedelta(days=1)
    target = _target(row.targets, last) or float(row.targets[0][1])
    expected = target * (today - start).days / (end - start).days
    return {
        "id": row.public_id,
        "period": row.period,
        "kind": row.kind,
        "sport": row.sport,
        "unit": KINDS[row.kind][1],
        "target": target,
        "first_day": start.isoformat(),
        "last_day": last.isoformat(),
        "days_left": (end - today).days,
        "done": done,
        "share": done / target,
        "expected": expected,
        "state": _state(done, target, expected),
    }


def _goal(reader: Reader, scope: Scope, row: GoalRow, today: date, first: WeekStart) -> Goal:
    current = start_of(today, row.period, first)
    end = following(current, row.period)
    starts = starts_back(current, row.period, start_of(date.fromisoformat(row.targets[0][0]), row.period, first))
    recent = max(today - timedelta(days=RECENT_DAYS), date(1970, 1, 1))
    last = end - timedelta(days=1)
    days = daily_sums(reader, scope, row.kind, min(starts[0], recent), last, row.sport)
    edges = [*starts, end]
    sums = summed(days, edges)
    past = [
        _period(row.targets, start, stop, done)
        for start, stop, done in zip(edges[:-2], edges[1:-1], sums[:-1], strict=True)
    ]
    now = _standing(row, current, today, sums[-1])
    forecast = forecast_of(days, current, end, today)
    judged = [one["reached"] for one in past if one["reached"] is not None]
    runs = streaks([*judged, *([True] if now["state"] == "reached" else [])])
    return {
        **now,
        "since": row.targets[0][0],
        "forecast": None if forecast is None else max(forecast, now["done"]),
        "streak": runs[0],
        "best_streak": runs[1],
        "reached": sum(judged),
        "periods": len(judged),
        "history": past,
    }


def starts_back(current: date, period: str, since: date) -> list[date]:
    """Return the first days of the periods up to the `current` one, in order: as many as are shown, or since a day."""
    found = [current]
    farthest = max(date(1970, 1, 1), current - timedelta(days=min(FARTHEST_DAYS, current.toordinal() - 1)))
    while len(found) <= SHOWN[period] or found[-1] > since:
        day_before = found[-1] - timedelta(days=1)
        earlier = found[-1] - timedelta(days=7) if period == "week" else start_of(day_before, period)
        if earlier < farthest:
            break
        found.append(earlier)
    return found[::-1]


def summed(days: Sequence[tuple[int, float]], edges: Sequence[date]) -> list[float]:
    """Return the sums between each edge (n + 1,) and the next of what was done on days, by their number."""
    numbers = [edge.toordinal() for edge in edges]
    sums = [0.0] * (len(edges) - 1)
    for number, value in days:
        at = bisect_right(numbers, number) - 1
        if 0 <= at < len(sums):
            sums[at] += value
    return sums


def forecast_of(days: Sequence[tuple[int, float]], start: date, end: date, today: date) -> float | None:
    """Return what the mean of the last weeks leads to in a period from `start` to before `end`, on a day in it."""
    now = today.toordinal()
    before = [(number, value) for number, value in days if number < now]
    recent = [(number, value) for number, value in before if number >= now - RECENT_DAYS]
    if not before:
        return None
    # Who has just begun is not measured by the weeks before.
    length = min(RECENT_DAYS, now - before[0][0])
    mean = sum(value for _, value in recent) / length
    done = sum(value for number, value in before if number >= start.toordinal())
    return done + mean * (end - today).days


def is_reached(done: float, target: float) -> bool:
    """Return whether a sum is as much as its target."""
    return done >= target * (1.0 - HAIR)


def streaks(reached: Sequence[bool]) -> tuple[int, int]:
    """Return how many of the last in a row were reached, and the most in a row."""
    last = sum(1 for _ in takewhile(bool, reversed(reached)))
    most = run = 0
    for one in reached:
        run = run + 1 if one else 0
        most = max(most, run)
    return last, most


def _period(targets: Sequence[tuple[str, float]], start: date, stop: date, done: float) -> GoalPeriod:
    last = stop - timedelta(days=1)
    target = _target(targets, last)
    return {
        "first_day": start.isoformat(),
        "last_day": last.isoformat(),
        "done": done,
        "target": target,
        "reached": None if target is None else is_reached(done, target),
    }


def _target(targets: Sequence[tuple[str, float]], last: date) -> float | None:
    """Return the target of the period with this last day; None before the first one was set."""
    held = [float(value) for since, value in targets if since <= last.isoformat()]
    return held[-1] if held else None


def _state(done: float, target: float, expected: float) -> GoalState:
    if is_reached(done, target):
        return "reached"
    return "on_track" if is_reached(done, expected) else "behind"


def _removed(row: GoalRow) -> RemovedGoal:
    return {
        "id": row.public_id,
        "period": row.period,
        "kind": row.kind,
        "sport": row.sport,
        "unit": KINDS[row.kind][1],
        "target": float(row.targets[-1][1]),
    }
