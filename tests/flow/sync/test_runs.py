"""Runs as they are asked for by hand, stopped, paused and gone on with; the schedule that begins the others."""

from datetime import timedelta

import pytest

from homestretch.errors import BadRequest, Conflict, Forbidden
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.schedule import BadSchedule, next_times
from homestretch.flow.sync import connections as flow
from homestretch.flow.sync import runs as ask
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import arrivals
from homestretch.store.tables.ops import remote_items, runs, sync_lines
from tests.fakes.garmin import FakeGarmin
from tests.sources.connected import TODAY, Clock, Connected

LATER = TODAY - timedelta(days=1)


@pytest.fixture
def connected(sqlite_context: Context, scope: Scope, fake: FakeGarmin) -> Connected:
    """A connection that has nothing yet."""
    return Connected.to(sqlite_context, scope, fake, wellness=False)


def some(connected: Connected, looks: int) -> None:
    """Let a slice go by that ends after so many looks at the clock."""
    left = iter([False] * looks + [True] * 1000)
    connected.slice(stop=lambda: next(left))


def test_a_run_is_stopped_and_gone_on_with(connected: Connected) -> None:
    some(connected, 8)
    assert connected.runs() == [("first", "running")] and connected.states()["have"] > 1
    before = {hit.url for hit in connected.fake.counts.hits}
    ask.stop(connected.context, connected.scope, connected.id)
    assert connected.runs() == [("first", "stopped")] and not connected.due
    connected.next_turn()
    connected.run()
    assert connected.runs() == [("first", "stopped"), ("first", "done")]
    after = {hit.url for hit in connected.fake.counts.hits if "search/activities" not in hit.url}
    assert connected.states().keys() <= {"have", "none"}
    # Yesterday and today are of every run; what was there of other days is not asked for again.
    assert not {url for url in before & after if "activity/" in url}


def test_a_stop_is_heard_before_the_next_thing_is_fetched(connected: Connected) -> None:
    done: list[int] = []  # how many requests had been made by then; gear takes several for one entry

    def stops() -> bool:
        if len(connected.fake.counts.hits) >= 5 and not done:
            done.append(len(connected.fake.counts.hits))
            ask.stop(connected.context, connected.scope, connected.id)
        return False

    connected.slice(stop=stops)
    assert [connected.fake.counts.total] == done and connected.runs() == [("first", "stopped")]
    assert 0 < connected.states()["have"] + connected.states().get("none", 0) < done[0]


def test_a_turn_on_its_way_begins_nothing_after_a_stop(connected: Connected) -> None:
    some(connected, 8)
    ask.stop(connected.context, connected.scope, connected.id)
    before = connected.fake.counts.total
    connected.slice()
    assert connected.runs() == [("first", "stopped")] and connected.fake.counts.total == before


def test_a_run_stopped_before_it_began_takes_its_turn_with_it(connected: Connected) -> None:
    ask.stop(connected.context, connected.scope, connected.id)
    assert not connected.due
    connected.slice()
    assert connected.runs() == [("first", "stopped")] and connected.fake.counts.total == 0


def test_a_pause_holds_and_ends(connected: Connected) -> None:
    some(connected, 8)
    flow.change(connected.context, connected.scope, connected.id, paused=True)
    done = connected.states()
    assert not connected.due
    connected.slice()
    assert connected.states() == done, "even one that was already on its way"
    with pytest.raises(Conflict, match="paused"):
        ask.sync_now(connected.context, connected.scope, connected.id)
    flow.change(connected.context, connected.scope, connected.id, paused=False)
    connected.run()
    assert connected.runs() == [("first", "done")]


def test_a_restart_in_the_middle_asks_for_nothing_twice(connected: Connected) -> None:
    for _ in range(40):
        if not connected.due:
            break
        some(connected, 4)
    assert connected.runs() == [("first", "done")] and connected.fake.counts.repeats() == {}


def test_days_by_hand(connected: Connected) -> None:
    connected.run()
    day = LATER.isoformat()
    ask.sync_now(connected.context, connected.scope, connected.id, since=day, until=day)
    connected.run()
    assert connected.runs()[-1] == ("hand", "done")
    assert all(url.endswith(f"date={day}") or f"date={day}&" in url for url in connected.asked("dailySleepData"))
    assert len(connected.asked("dailySleepData")) == 1 and connected.asked("files/activity") == []
    with pytest.raises(BadRequest, match="after"):
        ask.sync_now(connected.context, connected.scope, connected.id, since=TODAY.isoformat(), until=day)


def test_days_before_the_first_by_hand(connected: Connected) -> None:
    connected.run()
    since, until = (TODAY - timedelta(days=6)).isoformat(), (TODAY - timedelta(days=5)).isoformat()
    ask.sync_now(connected.context, connected.scope, connected.id, since=since, until=until)
    connected.run()
    assert {row.key for row in connected.rows(remote_items, remote_items.c.kind == "sleep")} >= {since, until}
    assert connected.entry("sleep", since).state in ("have", "none")


def test_two_months_asked_for_at_once_are_both_looked_at(connected: Connected) -> None:
    connected.run()
    for since, until in (("2026-10-01", "2026-10-31"), ("2026-08-01", "2026-08-31")):
        ask.sync_now(connected.context, connected.scope, connected.id, since=since, until=until)
    [run] = [row for row in connected.rows(runs) if row.state == "waiting"]
    assert (run.asked["since"], run.asked["until"]) == ("2026-08-01", "2026-10-31")


def test_one_run_at_a_time(connected: Connected) -> None:
    some(connected, 3)
    number = ask.sync_now(connected.context, connected.scope, connected.id)
    assert [row.id for row in connected.rows(runs)] == [number]
    with pytest.raises(Conflict, match="is running"):
        ask.sync_now(connected.context, connected.scope, connected.id, backfill=True)


def test_again_fetches_what_is_there_and_keeps_it_once(connected: Connected) -> None:
    connected.run()
    before = [(row.provider_key, row.digest) for row in connected.rows(arrivals)]
    day = TODAY.isoformat()
    count = ask.refetch_days(connected.context, connected.scope, connected.id, day, day, "activity")
    assert count > 0 and connected.runs()[-1] == ("hand", "waiting")
    assert ask.refetch_days(connected.context, connected.scope, connected.id, "1999-01-01", "1999-01-01") == 0
    connected.run()
    assert len(connected.asked("files/activity")) == count and connected.asked("search/activities") == []
    assert [(row.provider_key, row.digest) for row in connected.rows(arrivals)] == before
    with pytest.raises(BadRequest, match="after"):
        ask.refetch_days(connected.context, connected.scope, connected.id, "2026-02-02", "2026-02-01")


def test_who_may_only_look_may_not_sync(connected: Connected) -> None:
    viewer = Scope(connected.scope.athlete_id, role="viewer")
    for act in (
        lambda: ask.sync_now(connected.context, viewer, connected.id),
        lambda: ask.stop(connected.context, viewer, connected.id),
        lambda: ask.refetch_days(connected.context, viewer, connected.id, "2026-01-01", "2026-01-01"),
        lambda: flow.change(connected.context, viewer, connected.id, paused=True),
        lambda: flow.disconnect(connected.context, viewer, connected.id),
    ):
        with pytest.raises(Forbidden):
            act()


def test_the_schedule_begins_runs(connected: Connected) -> None:
    """Every six hours on the account's own clock, and again at another pace once it was set so."""
    connected.run()
    connected.next_turn()
    assert connected.clock.ms == next_times("0 */6 * * *", "Europe/Helsinki", Clock.at(TODAY)())[0]
    connected.run()
    flow.change(connected.context, connected.scope, connected.id, schedule="every 2h")
    began = connected.clock.ms
    connected.next_turn()
    assert connected.clock.ms - began == pytest.approx(7_200_000, abs=100)
    connected.run()
    assert [reason for reason, _ in connected.runs()] == ["first", "schedule", "schedule"]
    flow.change(connected.context, connected.scope, connected.id, by_hand=True)
    connected.clock.ahead(days=30)
    assert not connected.due and connected.row.next_ms is None
    with pytest.raises(BadSchedule):
        flow.change(connected.context, connected.scope, connected.id, schedule="now and then")


def test_what_was_missed_is_one_run(connected: Connected) -> None:
    connected.run()
    connected.clock.ahead(days=2)
    connected.run()
    assert [reason for reason, _ in connected.runs()] == ["first", "schedule"] and not connected.due


def test_what_is_new_comes_before_the_rest_of_a_long_backfill(connected: Connected) -> None:
    some(connected, 8)
    number = connected.fake.account.add_activity(start_ms=connected.clock.ms)
    connected.next_turn()
    some(connected, 4)
    assert connected.entry("activity", number).state == "have" and connected.states()["wanted"] > 1
    connected.run()
    assert connected.runs() == [("first", "done")]


def test_the_log_does_not_grow_for_ever(connected: Connected, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask, "KEEP_LINES", 40)
    with connected.context.database.write() as session:
        for number in range(1100):
            ask.log_event(session, connected.row.id, number, "info", "listed", {"count": number})
    lines = connected.rows(sync_lines)
    assert 40 <= len(lines) < 600 and lines[-1].details == {"count": 1099}
