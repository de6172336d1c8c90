"""Strava from sign-in to entries: incremental, changed and deleted there, through faults and kills."""

from typing import Any

import pytest

from homestretch.flow.runtime.context import Context
from homestretch.flow.sync import remote_items
from homestretch.store.scope import Scope
from homestretch.store.tables.cached import cached_items
from tests.fakes.strava import FakeStrava
from tests.sources.strava.linked import Linked

FAULTS = ("500", "503", "lost", "cut", "empty", "garbage", "null", "html", "429json", "cloudflare")


class Killed(BaseException):
    """The process ends here."""


def details(linked: Linked) -> dict[int, Any]:
    """Return what is known of each activity, by its number."""
    return {int(row.key): row.details["name"] for row in linked.rows(cached_items, cached_items.c.state == "have")}


def there(fake: FakeStrava) -> dict[int, str]:
    """Return what Strava calls each activity."""
    return {number: one.name for number, one in fake.account.activities.items()}


def test_what_was_changed_and_deleted_there_is_noticed(context: Context, scope: Scope, fake: FakeStrava) -> None:
    linked = Linked.at(context, scope, fake)
    assert linked.run() == {"GET /athlete": 1, "GET /athlete/activities": 2} and details(linked) == there(fake)
    first, *_, last = sorted(fake.account.activities)
    fake.account.change(first, name="Renamed")
    del fake.account.activities[last]
    new = fake.account.add(fake.account.last, "New")
    linked.next_turn()
    linked.run()
    assert details(linked) == there(fake) and new.id in details(linked)
    assert linked.said("changed_there") == [{"key": str(first)}]


@pytest.mark.parametrize("kind", FAULTS)
def test_faults_lose_nothing(sqlite_context: Context, scope: Scope, fake: FakeStrava, kind: str) -> None:
    linked = Linked.at(sqlite_context, scope, fake)
    fake.fault("*/athlete*", kind, times=4, after=1, retry_after="1" if kind == "429json" else None)
    for _ in range(12):
        linked.run()
        linked.clock.ahead(hours=1)
    assert details(linked) == there(fake) and linked.said("deleted_there") == [] and linked.row.state == "ready"


@pytest.mark.parametrize("after", range(4))
def test_a_kill_anywhere_loses_nothing(
    sqlite_context: Context, scope: Scope, fake: FakeStrava, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    linked = Linked.at(sqlite_context, scope, fake)
    real, left = remote_items.keep_listing, after

    def dies(*given: Any) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed
        return real(*given)

    with monkeypatch.context() as patched:
        patched.setattr("homestretch.flow.sync.sync.keep_listing", dies)
        try:
            linked.run()
        except Killed:
            linked.clock.ahead(minutes=5)  # so that the lease of who died is over
    linked.run()
    assert details(linked) == there(fake) and linked.runs() == [("first", "done")]


def test_without_a_subscription_it_rests_for_a_day_and_says_why(
    sqlite_context: Context, scope: Scope, fake: FakeStrava
) -> None:
    linked = Linked.at(sqlite_context, scope, fake)
    fake.inactive = True
    linked.run()
    assert linked.row.state == "backed_off" and "paid subscription" in linked.row.reason
    assert linked.row.retry_at_ms >= linked.clock.ms + 86_000_000 and linked.told() == ["paused_until"]
    fake.inactive = False
    linked.clock.ahead(days=1, minutes=1)
    linked.run()
    assert details(linked) == there(fake)
