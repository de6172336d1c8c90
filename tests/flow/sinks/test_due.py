"""When a sink is due, and which days a push compares; on both databases, without a server."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.errors import Conflict, HomestretchError, NotFound
from homestretch.flow.accounts.accounts import create_account
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.secret_store import keys, rotate
from homestretch.flow.sinks import sinks as flow
from homestretch.flow.sinks.holdings import Holdings
from homestretch.flow.sinks.push import AFTER_DAYS, STRETCH_DAYS, due_sinks, plan_push, push, stretches_of
from homestretch.store.queries.sinks import StoredSink, set_state, sinks_of
from homestretch.store.scope import Scope
from tests.flow.sinks.days import TODAY, at_home, at_noon, before, put

NEW = flow.NewSink("victoriametrics", {"url": "http://127.0.0.1:9"}, password="secret words", user="anna")


def one_sink(context: Context, scope: Scope) -> StoredSink:
    with context.database.read() as reader:
        (row,) = sinks_of(reader, scope.athlete_id)
    return row


def reach(context: Context, scope: Scope) -> None:
    """Let the sink be where a push would have brought it."""
    row = one_sink(context, scope)
    plan = plan_push(context, row, Holdings(context, row))
    with context.database.write() as session:
        reached = {"cursor": plan.cursor, "whole_until": plan.whole_until, "basis": plan.basis}
        set_state(session, row.id, reached)


def planned(context: Context, scope: Scope) -> list[tuple[str, str]]:
    row = one_sink(context, scope)
    return list(plan_push(context, row, Holdings(context, row)).stretches)


def test_a_sink_is_due_for_what_changed_and_for_a_day_that_ended(context: Context, scope: Scope) -> None:
    at_home(context, scope)
    noon = at_noon(context)
    put(noon, scope, {before(n): {"steps": 1.0 + n} for n in range(100)})
    flow.add(noon, scope, NEW)
    assert len(due_sinks(noon)) == 1 and planned(noon, scope) == [(before(99), before(1))]
    reach(noon, scope)
    assert due_sinks(noon) == [] and planned(noon, scope) == []

    put(noon, scope, {before(0): {"steps": 5.0}})
    assert due_sinks(noon) == []
    assert due_sinks(at_noon(noon, 1)) != [] and planned(at_noon(noon, 1), scope) == [(before(0), before(0))]
    reach(at_noon(noon, 1), scope)
    assert due_sinks(at_noon(noon, 1)) == []

    put(noon, scope, {before(60): {"steps": 5.0}, before(58): {"steps": 5.0}})
    assert planned(noon, scope) == [(before(60), before(58 - AFTER_DAYS))]
    reach(noon, scope)
    at_home(noon, scope, "America/New_York")
    assert due_sinks(noon) != [] and planned(noon, scope) == [(before(99), before(1))]


def test_a_paused_or_stopped_sink_is_not_due(context: Context, scope: Scope) -> None:
    noon = at_noon(context)
    put(noon, scope, {before(3): {"steps": 1.0}})
    made = flow.add(noon, scope, NEW)["id"]
    flow.change(noon, scope, made, flow.SinkChange(paused=True))
    assert due_sinks(noon) == []
    flow.change(noon, scope, made, flow.SinkChange(paused=False))
    assert due_sinks(noon) != []
    with noon.database.write() as session:
        set_state(session, one_sink(noon, scope).id, {"state": "stopped"})
    assert due_sinks(noon) == []
    flow.push_soon(noon, scope, made)
    assert due_sinks(noon) != []
    flow.remove(noon, scope, made)
    assert due_sinks(noon) == [] and push(noon, 1) is None
    with pytest.raises(NotFound):
        flow.remove(noon, scope, made)


def test_new_keys_open_a_sink_s_password(sqlite_context: Context, scope: Scope) -> None:
    flow.add(sqlite_context, scope, NEW)
    first = one_sink(sqlite_context, scope).secret
    assert rotate(sqlite_context) == 1
    second = one_sink(sqlite_context, scope).secret
    assert first is not None and second is not None and first != second
    assert keys(sqlite_context.settings).open(second) == "secret words"


def test_only_owners_send_and_labels_of_two_athletes_differ(sqlite_context: Context, scope: Scope) -> None:
    with pytest.raises(HomestretchError, match="send this athlete's health"):
        flow.add(sqlite_context, Scope(scope.athlete_id, 1, "editor"), NEW)
    flow.add(sqlite_context, scope, NEW)
    create_account(sqlite_context, "ben", "long enough", is_admin=False, athlete="Ben")
    with pytest.raises(Conflict, match="--label"):
        flow.add(sqlite_context, Scope(scope.athlete_id + 1), NEW)


@given(st.sets(st.integers(-5, 900), max_size=12), st.booleans())
def test_stretches_cover_each_changed_day_and_the_days_after_it_once(changed: set[int], to_end: bool) -> None:
    until = TODAY - timedelta(days=1)
    days = [before(n) for n in changed]
    stretches = [tuple(map(date.fromisoformat, one)) for one in stretches_of(days, until.isoformat(), to_end=to_end)]
    covered = [since + timedelta(days=n) for since, last in stretches for n in range((last - since).days + 1)]
    assert covered == sorted(set(covered))
    assert all((last - since).days < STRETCH_DAYS for since, last in stretches)
    reach_days = 10_000 if to_end else AFTER_DAYS
    wanted = {
        day + timedelta(days=n)
        for day in map(date.fromisoformat, days)
        for n in range(min(reach_days, (until - day).days) + 1)
    }
    assert set(covered) == wanted
