"""Goals, against what the list of activities shows of the same days."""

import dataclasses
import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from homestretch.errors import BadRequest, Conflict, NotFound
from homestretch.flow.edit import goals as flow
from homestretch.flow.runtime.context import Context
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.store.tables.kept import accounts
from homestretch.views.activities.activities import activity_summary
from homestretch.views.kit.statistics_scope import midnight_ms
from homestretch.views.lists.filters import Filter
from homestretch.views.training.goals import forecast_of, goals, goals_now, starts_back, streaks, summed
from homestretch.views.training.volume import PERIODS, following, start_of
from tests.store.rows import put_rows

TODAY = date(2026, 11, 18)  # a Wednesday


def done(scope: Scope, *what: tuple[date, float, str], **columns: Any) -> list[dict[str, Any]]:
    """Return rows of activities: on a day, so many m, of a sport."""
    rows = []
    for number, (day, metres, sport) in enumerate(what, 1):
        local_ms = midnight_ms(day) + number % 86_400_000
        figures = {"distance_m": metres, "moving_s": metres / 4, "ascent_m": metres / 100}
        own = {"id": number, "public_id": f"a{number}", "primary_id": number, "parent_id": None}
        rows.append({**own, "athlete_id": scope.athlete_id, "local_ms": local_ms, "start_ms": local_ms, "sport": sport,
                     **figures, **columns})  # fmt: skip
    return rows


def put(context: Context, rows: list[dict[str, Any]]) -> None:
    with context.database.write() as session:
        session.run(delete(activities))
        put_rows(session, activities, rows)


def shown(context: Context, scope: Scope, today: date = TODAY) -> Any:
    with context.database.read() as reader:
        found, now = goals(reader, scope, today), goals_now(reader, scope, today)
    # Today shows of each goal what the page of goals does; sums may differ in their last digits.
    of_page = [{key: goal[key] for key in one} for goal, one in zip(found["items"], now, strict=True)]  # type: ignore[literal-required]
    assert [pytest.approx(one) for one in now] == of_page
    return found


def test_a_week_stands_against_its_pace(context: Context, scope: Scope) -> None:
    monday = date(2026, 11, 16)
    before = [(monday - timedelta(days=7 * back), 28_000.0, "running") for back in (1, 2, 3, 4)]
    edge = [(monday - timedelta(days=1), 1000.0, "running"), (monday, 9000.0, "running"), (TODAY, 2000.0, "running")]
    put(context, done(scope, *before, *edge, (monday, 50_000.0, "cycling")))
    flow.add(context, scope, "week", "distance", "run", 35_000.0, TODAY, monday - timedelta(days=14))
    flow.add(context, scope, "week", "count", None, 3.0, TODAY)
    run, count = shown(context, scope)["items"]
    assert (run["first_day"], run["last_day"], run["days_left"]) == ("2026-11-16", "2026-11-22", 5)
    assert (run["done"], run["expected"], run["state"]) == (11_000.0, 10_000.0, "on_track")
    # 28 days before today: three weeks of 28 km (that of 19 October is too long ago), and what lies since.
    assert run["forecast"] == pytest.approx(9000.0 + (3 * 28_000.0 + 1000.0 + 9000.0) / 28 * 5)
    assert [one["done"] for one in run["history"][-3:]] == [28_000.0, 28_000.0, 29_000.0]
    assert [one["reached"] for one in run["history"][-3:]] == [None, False, False]
    assert (run["periods"], run["reached"], run["streak"]) == (2, 0, 0)
    assert (count["done"], count["state"], count["streak"], count["unit"]) == (3.0, "reached", 1, "")


def test_a_new_target_leaves_earlier_periods_theirs(sqlite_context: Context, scope: Scope) -> None:
    weeks = [date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)]
    put(sqlite_context, done(scope, *((day, 10_000.0, "running") for day in weeks)))
    goal = flow.add(sqlite_context, scope, "week", "distance", "run", 10_000.0, TODAY, weeks[0])
    flow.change(sqlite_context, scope, goal, 12_000.0, TODAY)
    flow.change(sqlite_context, scope, goal, 20_000.0, TODAY)
    (item,) = shown(sqlite_context, scope)["items"]
    assert (item["target"], item["share"], item["state"]) == (20_000.0, 0.5, "on_track")
    assert [(one["target"], one["reached"]) for one in item["history"][-3:]] == [
        (None, None), (10_000.0, True), (10_000.0, True),
    ]  # fmt: skip
    assert (item["streak"], item["best_streak"], item["reached"]) == (2, 2, 2)


def test_weeks_begin_as_the_account_prefers(sqlite_context: Context, scope: Scope) -> None:
    with sqlite_context.database.write() as session:
        who = {"id": 7, "username": "sue", "preferences": {"week_start": "sunday"}}
        put_rows(session, accounts, [who])
    put(sqlite_context, done(scope, (date(2026, 11, 15), 5000.0, "running")))
    flow.add(sqlite_context, scope, "week", "distance", None, 5000.0, TODAY)
    (monday,) = shown(sqlite_context, scope)["items"]
    (sunday,) = shown(sqlite_context, dataclasses.replace(scope, account_id=7))["items"]
    assert (monday["first_day"], monday["done"]) == ("2026-11-16", 0.0)
    assert (sunday["first_day"], sunday["done"], sunday["state"]) == ("2026-11-15", 5000.0, "reached")


def test_what_is_hidden_deleted_or_a_whole_of_legs_does_not_count(sqlite_context: Context, scope: Scope) -> None:
    rows = done(scope, *((TODAY, 1000.0, "running") for _ in range(5)))
    rows[1]["hidden"], rows[2]["deleted"] = True, True
    rows[3] |= {"primary_id": None, "sport": "multisport"}
    rows[4]["parent_id"] = rows[3]["id"]
    put(sqlite_context, rows)
    for kind, target in (("distance", 1000.0), ("count", 5.0)):
        flow.add(sqlite_context, scope, "month", kind, None, target, TODAY)
    assert [one["done"] for one in shown(sqlite_context, scope)["items"]] == [2000.0, 2.0]


def test_removing_is_undone(sqlite_context: Context, scope: Scope) -> None:
    goal = flow.add(sqlite_context, scope, "year", "time", "ride", 360_000.0, TODAY)
    flow.remove(sqlite_context, scope, goal)
    found = shown(sqlite_context, scope)
    assert found["items"] == [] and [one["id"] for one in found["removed"]] == [goal]
    with pytest.raises(NotFound, match="goal"):
        flow.change(sqlite_context, scope, goal, 1.0, TODAY)
    flow.restore(sqlite_context, scope, goal)
    flow.restore(sqlite_context, scope, goal)
    with pytest.raises(Conflict, match="already have"):
        flow.add(sqlite_context, scope, "year", "time", "ride", 1.0, TODAY)
    assert [one["id"] for one in shown(sqlite_context, scope)["items"]] == [goal]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"target": 0.0}, "more than 0"),
        ({"target": float("nan")}, "more than 0"),
        ({"target": 1e300}, "at most"),
        ({"kind": "count", "target": 1.5}, "whole"),
        ({"kind": "calories"}, "kind of a goal"),
        ({"period": "day"}, "week, month or year"),
        ({"sport": "runing"}, "Did you mean running"),
        ({"since": date(2026, 11, 19)}, "to today"),
        ({"since": date(1900, 1, 1)}, "from 1970"),
    ],
)
def test_bad_goals_are_refused(sqlite_context: Context, scope: Scope, said: dict[str, Any], sentence: str) -> None:
    usual = {"period": "week", "kind": "distance", "sport": None, "target": 1.0, "today": TODAY}
    with pytest.raises(BadRequest, match=sentence):
        flow.add(sqlite_context, scope, **{**usual, **said})
    assert shown(sqlite_context, scope)["items"] == []


DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))
ROWS = st.lists(st.tuples(DAYS, st.floats(0.0, 1e6), st.sampled_from(["running", "cycling", "yoga"])), max_size=30)


@pytest.fixture
def every_goal(sqlite_context: Context, scope: Scope) -> Context:
    """A store with a goal of every period and kind, for all sports and for rides."""
    for period in PERIODS:
        for kind in ("distance", "time", "ascent", "count"):
            for sport in (None, "ride"):
                flow.add(sqlite_context, scope, period, kind, sport, 1000.0, TODAY)
    return sqlite_context


@settings(suppress_health_check=list(HealthCheck), max_examples=15, deadline=None)
@given(rows=ROWS, today=DAYS, marks=st.lists(st.sampled_from(["", "hidden", "deleted"]), min_size=30, max_size=30))
def test_done_is_what_the_list_sums_up(
    every_goal: Context, scope: Scope, rows: Any, today: date, marks: list[str]
) -> None:
    """Of this period and the ones before, by what the list says of its first to its last day."""
    made = done(scope, *rows)
    for row, mark in zip(made, marks, strict=False):
        row.update({mark: True} if mark else {})
    put(every_goal, made)
    with every_goal.database.read() as reader:
        for goal in goals(reader, scope, today)["items"]:
            now = {"first_day": goal["first_day"], "last_day": goal["last_day"], "done": goal["done"]}
            for period in [now, *goal["history"][-2:]]:
                since, until = (date.fromisoformat(str(period[name])) for name in ("first_day", "last_day"))
                summary = activity_summary(reader, scope, Filter(goal["sport"], since, until, or_family=True))
                of = {"distance": "distance_m", "time": "moving_s", "ascent": "ascent_m", "count": "total"}
                assert period["done"] == pytest.approx(summary[of[goal["kind"]]])  # type: ignore[literal-required]


@given(st.dates(date(1971, 1, 1), date(2100, 1, 1)), st.sampled_from(PERIODS), st.sampled_from(["monday", "sunday"]))
def test_periods_leave_no_day_out(today: date, period: str, first: Any) -> None:
    current = start_of(today, period, first)
    starts = starts_back(current, period, current)
    assert starts[-1] == current <= today < following(current, period)
    assert all(following(one, period) == other for one, other in itertools.pairwise(starts))
    edges = [*starts, following(current, period)]
    every = [(number, 1.0) for number in range(edges[0].toordinal() - 9, edges[-1].toordinal() + 9)]
    lengths = [(b - a).days for a, b in itertools.pairwise(edges)]
    assert summed(every, edges) == [float(length) for length in lengths]


@given(st.lists(st.booleans(), max_size=40))
def test_streaks_are_runs(reached: list[bool]) -> None:
    runs = "".join("x" if one else " " for one in reached)
    assert streaks(reached) == (len(runs) - len(runs.rstrip("x")), max(map(len, runs.split(" "))))


def test_who_has_just_begun_is_measured_by_their_days() -> None:
    monday, now = date(2026, 11, 16), date(2026, 11, 18)
    days = [(monday.toordinal(), 6000.0), (now.toordinal(), 1000.0)]
    sunday_after = monday + timedelta(days=7)
    assert forecast_of(days, monday, sunday_after, now) == 6000.0 + 3000.0 * 5
    assert forecast_of(days[1:], monday, sunday_after, now) is None
