"""How long a connection rests after what went wrong, and that it goes on by itself where it was."""

from dataclasses import replace
from datetime import timedelta

import pytest

from homestretch.errors import HomestretchError
from homestretch.flow.runtime.context import Context
from homestretch.flow.sync import connections as flow
from homestretch.flow.sync.back_off import (
    FAULT_REST_S,
    LEAST_REST_S,
    LONGEST_BACK_OFF_S,
    LONGEST_REFUSAL_REST_S,
    back_off_s,
)
from homestretch.net.budget import REST_S, AccessDenied, QuotaExhausted, RateLimited, UnexpectedResponse, Unreachable
from homestretch.store.scope import Scope
from homestretch.store.tables.ops import remote_items, runs
from tests.fakes.garmin import FakeGarmin
from tests.sources.connected import TODAY, Connected

ANY = "GET /*-service/*"


@pytest.fixture
def connected(sqlite_context: Context, scope: Scope, fake: FakeGarmin) -> Connected:
    """A connection that has nothing yet, and asks for activities and wellness files alone."""
    return Connected.to(sqlite_context, scope, fake, days=False)


def rests_s(connected: Connected) -> float:
    """Return how long the connection rests from now on."""
    assert connected.row.state == "backed_off" and not connected.due
    return float((connected.row.retry_at_ms - connected.clock.ms) / 1000)


def wakes(connected: Connected) -> None:
    """Let its rest pass."""
    connected.clock.ms = connected.row.retry_at_ms
    assert connected.due


def ended_well(connected: Connected) -> None:
    """The first sync has everything."""
    connected.run()
    assert connected.states().keys() <= {"have", "none"}
    assert connected.runs()[0] == ("first", "done") and connected.row.state == "ready"


@pytest.mark.parametrize(
    ("error", "refusals", "seconds"),
    [
        (RateLimited(name="", reason="", after_s=None), 1, 60),
        (RateLimited(name="", reason="", after_s=None), 2, 120),
        (RateLimited(name="", reason="", after_s=None), 3, REST_S),
        (RateLimited(name="", reason="", after_s=None), 4, 2 * REST_S),
        (RateLimited(name="", reason="", after_s=None), 12, LONGEST_REFUSAL_REST_S),
        (RateLimited(name="", reason="", after_s=7.0), 2, 7),
        (RateLimited(name="", reason="", after_s=7.0), 3, REST_S),
        (RateLimited(name="", reason="", after_s=0.0), 1, LEAST_REST_S),
        (RateLimited(name="", reason="", after_s=1e9), 1, LONGEST_BACK_OFF_S),
        (AccessDenied(name="", reason=""), 1, 600),
        (QuotaExhausted(name="", after_s=500.0), 5, 501),
        (Unreachable(name="", reason=""), 1, FAULT_REST_S),
        (Unreachable(name="", reason=""), 4, 8 * FAULT_REST_S),
        (Unreachable(name="", reason=""), 99, 3600),
        (UnexpectedResponse(name="", reason="", what=""), 2, 2 * FAULT_REST_S),
    ],
)
def test_rests_by_what_happened(error: HomestretchError, refusals: int, seconds: float) -> None:
    assert back_off_s(error, refusals) == pytest.approx(seconds)


def test_three_refusals_in_a_row_are_an_hour(connected: Connected) -> None:
    connected.fake.fault(ANY, "429html", times=3)
    connected.run()
    assert 59 < rests_s(connected) <= 60 and connected.told() == []
    wakes(connected)
    connected.run()
    assert 119 < rests_s(connected) <= 120
    wakes(connected)
    connected.run()
    assert rests_s(connected) >= REST_S - 1 and connected.told() == ["paused_until"]
    assert "429" in connected.row.reason and connected.fake.counts.total == 1, "nobody insists"
    connected.clock.ahead(minutes=59)
    assert connected.run() == {}
    wakes(connected)
    ended_well(connected)
    assert connected.row.refusals == 0


def test_a_rest_outlives_the_process(connected: Connected) -> None:
    connected.fake.fault(ANY, "429json", times=1, retry_after="7200")
    connected.run()
    assert 7199 < rests_s(connected) <= 7200
    after_a_restart = replace(connected.context)
    from homestretch.flow.sync.back_off import due_connections

    assert due_connections(after_a_restart) == []
    connected.clock.ahead(hours=2)
    assert due_connections(after_a_restart) == [connected.row.id]


@pytest.mark.parametrize("kind", ["427", "cloudflare"])
def test_a_gate_is_a_refusal(connected: Connected, kind: str) -> None:
    connected.fake.fault(ANY, kind, times=1)
    connected.run()
    assert 59 < rests_s(connected) <= 60
    wakes(connected)
    ended_well(connected)


def test_the_providers_own_403_is_of_that_entry_alone(connected: Connected) -> None:
    number = connected.fake.account.newest()[0][2]
    connected.fake.fault(f"*/files/activity/{number}", "403")
    connected.run()
    assert connected.states(remote_items.c.state != "none") == {"have": 5, "failed": 1}
    assert connected.row.state == "ready" and connected.entry("activity", number).tries == 3


def test_what_was_answered_strangely_is_tried_again(connected: Connected) -> None:
    """At the end of the run, and then in later runs, but not for ever."""
    number = connected.fake.account.newest()[0][2]
    fault = connected.fake.fault(f"*/files/activity/{number}", "garbage")
    connected.run()
    assert connected.entry("activity", number).state == "failed" and fault.struck == 3
    for _ in range(12):
        connected.next_turn()
        connected.run()
    assert fault.struck == 10
    connected.fake.faults.clear()
    from homestretch.flow.sync.runs import refetch_days

    assert refetch_days(connected.context, connected.scope, connected.id, "2026-01-01", "2027-01-01", "activity") == 3
    connected.run()
    assert connected.entry("activity", number).state == "have"


def test_a_provider_out_of_order_is_left_alone(connected: Connected) -> None:
    """It does not fail entry by entry for hours."""
    connected.fake.fault("GET /download-service/*", "503")
    connected.run()
    assert connected.states()["wanted"] >= 1 and len(connected.asked("download-service")) <= 3 * 4
    first = rests_s(connected)
    wakes(connected)
    connected.run()
    assert rests_s(connected) > 1.5 * first
    connected.fake.faults.clear()
    wakes(connected)
    connected.run()
    connected.next_turn()
    connected.run()
    assert connected.states().keys() <= {"have", "none"}


def test_a_network_that_is_away_is_waited_for(connected: Connected) -> None:
    connected.fake.fault(ANY, "lost", times=6)
    connected.run()
    assert FAULT_REST_S - 1 < rests_s(connected) <= FAULT_REST_S and "can't be reached" in connected.row.reason
    wakes(connected)
    connected.run()
    assert 2 * FAULT_REST_S - 1 < rests_s(connected) <= 2 * FAULT_REST_S
    wakes(connected)
    ended_well(connected)


def test_faults_of_a_moment_are_nobodys_business(connected: Connected) -> None:
    for number, kind in enumerate(("500", "cut", "lost", "502")):
        connected.fake.fault(ANY, kind, times=1, after=1 + 2 * number)
    ended_well(connected)
    assert connected.said("backed_off", "failed") == []


def test_an_expired_token_is_renewed(connected: Connected) -> None:
    connected.fake.tokens.revoke("access")
    ended_well(connected)
    assert connected.fake.tokens.refreshes == 1 and connected.fake.tokens.reused == []


def test_a_sign_in_that_holds_no_more_is_asked_for(connected: Connected) -> None:
    connected.fake.tokens.revoke("all")
    connected.run()
    assert connected.row.state == "sign_in" and "Sign in again" in connected.row.reason
    assert connected.told() == ["sign_in_needed"] and connected.runs() == [("first", "failed")]
    asked = connected.fake.counts.total
    connected.clock.ahead(days=3)
    assert connected.run() == {} and asked <= 2, "nobody tries with a token that is dead"
    ticket = {"ticket": connected.fake.browser_ticket()}
    assert flow.sign_in(connected.context, connected.scope, "garmin", "ticket", ticket) == connected.id
    connected.run()
    assert connected.states().keys() <= {"have", "none"} and connected.row.state == "ready"


@pytest.mark.parametrize("kind", ["429json", "503", "lost", "garbage"])
def test_a_renewal_that_fails_for_now_costs_no_sign_in(connected: Connected, kind: str) -> None:
    """But where the answer was lost or cut: then Garmin knows a token that we don't."""
    connected.fake.tokens.revoke("access")
    if kind in ("lost", "garbage"):
        connected.fake.fault("POST /di-oauth2-service/*", "503", times=2)
    else:
        connected.fake.fault("POST /di-oauth2-service/*", kind, times=1)
    connected.run()
    assert connected.row.state == "backed_off"
    for _ in range(2):
        if connected.row.state == "backed_off":
            wakes(connected)
            connected.run()
    assert connected.row.state == "ready" and connected.fake.tokens.reused == []


def test_a_budget_of_a_day_is_kept(connected: Connected) -> None:
    flow.change(connected.context, connected.scope, connected.id, settings={"per_day": 10, "days": True})
    totals = []
    for _ in range(9):
        totals.append(sum(connected.run().values()))
        if connected.row.state != "backed_off":
            break
        assert rests_s(connected) <= 86_401
        assert "rate limit" in connected.row.reason
        wakes(connected)
    # The calls are counted by the machine's clock: here they rest within one of its days.
    assert totals[0] == 10 and sum(totals) == 10


def test_steps_of_a_backfill_have_pauses_between_them(sqlite_context: Context, scope: Scope, fake: FakeGarmin) -> None:
    since = (TODAY - timedelta(days=8)).isoformat()
    connected = Connected.to(
        sqlite_context, scope, fake, days=False, since=since, step_days=3, step_pause_s=600
    )  # fmt: skip
    pauses = 0
    while connected.run() and connected.rows(runs)[0].state != "done":
        pauses += 1
        assert not connected.due and connected.row.retry_at_ms - connected.clock.ms > 590_000
        asked = [url[-10:] for url in connected.asked("files/wellness")]
        assert asked == sorted(asked, reverse=True) and len(asked) == 3
        connected.clock.ahead(seconds=601)
    assert pauses == 2 and connected.states().keys() <= {"have", "none"}
    connected.next_turn()
    connected.run()
    assert connected.runs()[-1] == ("schedule", "done"), "and none where there is no backfill"
