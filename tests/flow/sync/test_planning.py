"""Which days a sync reads: yesterday and today again, what was read too early, whatever the clock did in between."""

from datetime import timedelta

import pytest

from homestretch.flow.runtime.context import Context
from homestretch.flow.sync import connections as flow
from homestretch.flow.sync import runs
from homestretch.flow.sync.planning import EARLIEST
from homestretch.sources.registry import sources
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import payloads
from homestretch.store.tables.ops import remote_items
from tests.fakes.garmin import FakeGarmin
from tests.sources.connected import TODAY, Connected

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
SLEEP = "dailySleepData"


def days_of(urls: list[str]) -> list[str]:
    """Return the days that questions were about, in order."""
    return [url.split("date=")[1][:10] for url in urls]


def days(*offsets: int) -> list[str]:
    """Return days by their distance from TODAY."""
    return [(TODAY + timedelta(days=offset)).isoformat() for offset in offsets]


def goes_on(fake: FakeGarmin, past: int) -> None:
    """Let the account go on for so many days after TODAY."""
    fake.account.last_day = TODAY + timedelta(days=past)
    fake.account.days = 60
    fake.account.over_days = 2 + past


@pytest.fixture
def connected(sqlite_context: Context, scope: Scope, fake: FakeGarmin) -> Connected:
    """An account that was synced at noon of TODAY."""
    made = Connected.to(sqlite_context, scope, fake, wellness=False)
    made.run()
    return made


def test_a_run_the_day_after_reads_yesterday_and_today(connected: Connected) -> None:
    assert days_of(connected.asked(SLEEP)) == days(0, -1), "the newest first, from the day of the first activity"
    connected.clock.set(TOMORROW)
    connected.run()
    assert days_of(connected.asked(SLEEP)) == days(1, 0)


def test_a_setting_reads_yesterday_alone(connected: Connected) -> None:
    flow.change(connected.context, connected.scope, connected.id, settings={"reread": "yesterday"})
    connected.clock.set(TOMORROW)
    connected.run()
    assert days_of(connected.asked(SLEEP)) == days(0)
    [asked] = connected.asked("dailysummaries")
    assert asked.endswith(f"endDate={TODAY.isoformat()}")
    connected.clock.set(TODAY + timedelta(days=2))
    connected.run()
    assert days_of(connected.asked(SLEEP)) == days(1)


@pytest.mark.parametrize("how", ["both", "yesterday"])
def test_after_a_week_offline_it_catches_up(connected: Connected, how: str) -> None:
    """The day that was not over when it was last read is read again too."""
    flow.change(connected.context, connected.scope, connected.id, settings={"reread": how})
    goes_on(connected.fake, 7)
    connected.clock.set(TODAY + timedelta(days=7))
    connected.run()
    last = 7 if how == "both" else 6
    assert days_of(connected.asked(SLEEP)) == days(*range(last, -1, -1))
    connected.run()
    connected.clock.set(TODAY + timedelta(days=8))
    connected.run()
    assert days_of(connected.asked(SLEEP)) == (days(8, 7) if how == "both" else days(7))


def test_every_day_was_read_after_it_was_over(connected: Connected) -> None:
    """Whichever hours the syncs fall on, and with days left out."""
    goes_on(connected.fake, 30)
    for at_day, hour in ((1, 3), (1, 23.5), (2, 0.1), (4, 23.9), (6, 0.01), (6, 12), (7, 23.99), (9, 6)):
        connected.clock.set(TODAY + timedelta(days=at_day), hour)
        connected.run()
    midnights = {day: TODAY + timedelta(days=n + 1) for n, day in enumerate(days(*range(8)))}
    for row in connected.rows(remote_items, remote_items.c.kind.in_(["sleep", "stress"])):
        if row.until in midnights:
            connected.clock.set(midnights[row.until], 0)
            assert row.at_ms >= connected.clock.ms, f"{row.kind} of {row.until} was never read when it was over"


def test_a_clock_that_was_ahead_does_no_harm(connected: Connected) -> None:
    """What it asked of days to come says nothing of them, even when nobody looks for a while."""
    connected.clock.set(TODAY + timedelta(days=5))
    connected.run()
    assert days_of(connected.asked(SLEEP)) == days(5, 4, 3, 2, 1, 0)
    goes_on(connected.fake, 9)
    connected.clock.set(TOMORROW)
    connected.run()
    assert days_of(connected.asked(SLEEP)) == days(1, 0)
    assert connected.row.next_ms < connected.clock.ms + 7 * 3_600_000
    connected.clock.set(TODAY + timedelta(days=9))
    connected.run()
    assert days_of(connected.asked(SLEEP)) == days(9, 8, 7, 6, 5, 4, 3, 2, 1)
    connected.clock.ahead(hours=6)
    connected.run()
    assert days_of(connected.asked(SLEEP)) == days(9, 8)


@pytest.mark.parametrize("behind", [300, 20_000])
def test_a_clock_that_was_behind_does_no_harm(connected: Connected, behind: int) -> None:
    """As that of a small computer whose clock begins in 1970 when the network is not there yet."""
    before = len(connected.rows(remote_items))
    connected.clock.set(TODAY - timedelta(days=behind))
    connected.run()
    assert connected.said("deleted_there") == [] and len(connected.asked(SLEEP)) <= 2
    connected.clock.set(TOMORROW)
    connected.run()
    assert connected.states().keys() <= {"have", "none"} and len(connected.rows(remote_items)) >= before
    assert days_of(connected.asked(SLEEP))[:2] == days(1, 0)
    assert days(-1)[0] not in days_of(connected.asked(SLEEP))


def test_a_clock_set_back_between_two_pages_makes_nothing_gone(
    sqlite_context: Context, scope: Scope, fake: FakeGarmin
) -> None:
    connected = Connected.to(sqlite_context, scope, fake, days=False, wellness=False, page=2)
    looks = iter([False, True])
    connected.slice(stop=lambda: next(looks))
    assert connected.states() == {"wanted": 2}
    connected.clock.ahead(days=-3)
    connected.run()
    assert connected.states() == {"have": 4} and connected.said("deleted_there") == []


def test_days_begin_where_is_set(sqlite_context: Context, scope: Scope, fake: FakeGarmin) -> None:
    since = (TODAY - timedelta(days=5)).isoformat()
    connected = Connected.to(sqlite_context, scope, fake, wellness=False, since=since)
    connected.run()
    assert days_of(connected.asked(SLEEP)) == days(*range(0, -6, -1))


def test_an_account_without_activities_has_days_all_the_same(sqlite_context: Context, scope: Scope) -> None:
    from tests.sources.connected import small

    with FakeGarmin(small(0, 3)) as fake:
        connected = Connected.to(sqlite_context, scope, fake, wellness=False)
        connected.run()
        assert len(connected.asked(SLEEP)) == 31
        assert connected.states().keys() == {"have", "none"}


def test_switches_leave_kinds_out(sqlite_context: Context, scope: Scope, fake: FakeGarmin) -> None:
    connected = Connected.to(sqlite_context, scope, fake, days=False)
    connected.run()
    assert {row.kind for row in connected.rows(remote_items)} == {"activity", "wellness", "gear"}
    connected.next_turn()
    looks = iter([False] * 3 + [True])
    connected.slice(stop=lambda: next(looks))
    assert connected.states(remote_items.c.kind == "wellness", remote_items.c.state == "wanted")
    flow.change(connected.context, scope, connected.id, settings={"days": True, "wellness": False})
    connected.run()
    assert connected.asked("files/wellness") == []
    connected.next_turn()
    connected.run()
    kinds = {row.kind for row in connected.rows(remote_items)}
    assert kinds == {kind.key for kind in sources()["garmin"].kinds}
    assert connected.asked("files/wellness") == []


def test_of_a_day_that_is_open_only_the_newest_answer_stays(connected: Connected) -> None:
    def kept(kind: str, day: str) -> int:
        return len(connected.rows(payloads, payloads.c.kind == kind, payloads.c.key == day))

    connected.clock.ahead(hours=6)
    connected.fake.account.seed = 2  # everything is otherwise now
    connected.fake.account.forget()
    connected.run()
    assert (kept("stress", days(0)[0]), kept("stress", days(-1)[0])) == (1, 2), "what was over is not overwritten"
    digests = {row.digest for row in connected.rows(payloads, payloads.c.kind == "stress")}
    assert len(digests) == 3


def test_gear_is_read_as_of_today(connected: Connected) -> None:
    """Or the pause between steps of a backfill would come before it in every run."""
    connected.clock.set(TOMORROW)
    connected.run()
    assert connected.entry("gear", "all").until == TOMORROW.isoformat()


@pytest.mark.parametrize("by", ["setting", "hand"])
def test_a_slip_of_the_hand_asks_for_no_days_before_there_were_any(connected: Connected, by: str) -> None:
    if by == "setting":
        flow.change(connected.context, connected.scope, connected.id, settings={"since": "0001-01-01"})
    since = "0001-01-01" if by == "hand" else None
    runs.sync_now(connected.context, connected.scope, connected.id, since=since, listing=True)
    connected.run()
    assert min(row.key for row in connected.rows(remote_items, remote_items.c.kind == "sleep")) == EARLIEST.isoformat()
