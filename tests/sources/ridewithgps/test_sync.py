"""Ride with GPS from sign-in to activities, on its fake: all comes once, changes are noticed, faults are borne."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.payloads import decode_stale
from homestretch.flow.derive.rederive import rederive
from homestretch.flow.runtime.context import Context
from homestretch.flow.sync import runs as ask
from homestretch.net import budget as calls
from homestretch.net.budget import WrongCredentials
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import arrivals
from homestretch.store.tables.ops import remote_items
from tests.fakes._site import Asked
from tests.fakes.garmin.asked import Reply
from tests.fakes.ridewithgps import FakeRideWithGPS, trip
from tests.fakes.ridewithgps.server import API_KEY, CLIENT_ID, CLIENT_SECRET, EMAIL, PASSWORD
from tests.sources.connected import Connected
from tests.sources.joined import again, joined
from tests.taking import listed

KEY = {"api_key": API_KEY, "email": EMAIL, "password": PASSWORD}
APP = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "redirect_uri": "http://127.0.0.1:8080/sources/callback"}
FIRST = datetime(2026, 11, 10, 7, tzinfo=UTC)
ACTIVITIES = remote_items.c.kind == "activity"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeRideWithGPS]:
    monkeypatch.setattr(calls, "FIRST_WAIT_S", 0.0)
    with FakeRideWithGPS(*(trip(k, FIRST + timedelta(days=k)) for k in range(1, 4))) as made:
        yield made
        assert made.problems == []


def whole(connected: Connected, decoders: Decoders) -> list[dict[str, Any]]:
    decode_stale(connected.context, connected.scope.athlete_id)
    rederive(connected.context, connected.scope.athlete_id, decoders)
    return listed(connected.context, connected.scope)


def came(connected: Connected) -> list[str]:
    return sorted(str(row.provider_key) for row in connected.rows(arrivals))


@pytest.mark.parametrize(("way", "answers"), [("key", KEY), ("oauth", APP)])
def test_trips_become_activities(
    context: Context, scope: Scope, fake: FakeRideWithGPS, decoders: Decoders, way: str, answers: dict[str, str]
) -> None:
    connected = joined(context, scope, fake, "ridewithgps", way, answers)
    connected.run()
    assert connected.row.label == "Anna" and connected.row.remote_account["key"] == "7"
    assert connected.states(ACTIVITIES) == {"have": 3} and came(connected) == ["1", "2", "3"]
    assert {(one["name"], one["sport"]) for one in whole(connected, decoders)} == {
        ("Ride 1", "cycling"), ("Ride 2", "cycling"), ("Ride 3", "cycling")
    }  # fmt: skip
    assert fake.counts.repeats() == {}
    details = connected.entry("activity", 2).details
    assert details["start"] == "2026-11-12T09:00:00" and details["start_utc"] == "2026-11-12T07:00:00+00:00"
    assert (details["distance_m"], details["elapsed_s"], details["device"]) == (295.0, 59.0, "Garmin Edge 540")
    [row] = [row for row in connected.rows(arrivals) if row.provider_key == "2"]
    assert json.loads(context.archive.read(row.digest)) == {"trip": fake.trips[2]}, "kept as it came"


def test_the_password_is_not_kept(sqlite_context: Context, scope: Scope, fake: FakeRideWithGPS) -> None:
    from homestretch.flow.runtime.secret_store import StoredSecret

    connected = joined(sqlite_context, scope, fake, "ridewithgps", "key", {**KEY, "client_secret": CLIENT_SECRET})
    secret = StoredSecret(connected.context, connected.row.id).read()
    assert secret == {"api_key": API_KEY, "auth_token": fake.auth_tokens.pop(), "client_secret": CLIENT_SECRET}


def test_wrong_words_are_said_so(sqlite_context: Context, scope: Scope, fake: FakeRideWithGPS) -> None:
    with pytest.raises(WrongCredentials, match="rejected the API key"):
        joined(sqlite_context, scope, fake, "ridewithgps", "key", {**KEY, "password": "wrong"})


def test_a_token_that_was_taken_back_asks_for_a_sign_in(
    sqlite_context: Context, scope: Scope, fake: FakeRideWithGPS
) -> None:
    for way, answers in (("key", KEY), ("oauth", APP)):
        connected = joined(sqlite_context, scope, fake, "ridewithgps", way, answers)
        fake.tokens.clear()
        fake.auth_tokens.clear()
        ask.sync_now(connected.context, scope, connected.id)
        connected.run()
        assert connected.row.state == "sign_in" and "Sign in again" in connected.row.reason


def test_pages_follow_each_other(sqlite_context: Context, scope: Scope, fake: FakeRideWithGPS) -> None:
    for _ in range(44):
        fake.add(points=2)
    connected = joined(sqlite_context, scope, fake, "ridewithgps", "key", KEY, page=20)
    connected.run()
    pages = [url.split("?")[1] for url in connected.asked("trips.json")]
    assert pages == [
        f"page={k}&page_size=20" for k in (1, 2, 3, 1)
    ]  # fmt: skip
    assert connected.states(ACTIVITIES) == {"have": 47}
    connected.next_turn()
    routes = connected.run()
    assert routes == {"GET /api/v1/trips.json": 4}, "all were changed lately, and gear was used in none since"


@pytest.mark.parametrize("what", ["deleted", "changed", "added"])
def test_pages_that_shift_while_they_are_read_hide_nothing(
    sqlite_context: Context, scope: Scope, fake: FakeRideWithGPS, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    for _ in range(57):
        fake.add(points=2)
    connected = joined(sqlite_context, scope, fake, "ridewithgps", "key", KEY, page=20)
    connected.run()
    connected.next_turn()
    listed_by, asked = fake._list, []

    def shifting(ask: Asked) -> Reply:
        """Let something happen between the first page and the second."""
        asked.append(ask.query["page"])
        if len(asked) == 2:
            if what == "deleted":
                del fake.trips[60]
            elif what == "changed":
                fake.edit(4, name="Meanwhile")
            else:
                fake.add(points=2)
        return listed_by(ask)

    monkeypatch.setattr(fake, "_list", shifting)
    connected.run()
    assert connected.said("deleted_there") == []
    assert connected.entry("activity", 4).details["name"] == ("Meanwhile" if what == "changed" else "Ride 4")
    assert len(connected.rows(remote_items, ACTIVITIES)) == (61 if what == "added" else 60)
    connected.next_turn()
    connected.run()
    assert [one["key"] for one in connected.said("deleted_there")] == (["60"] if what == "deleted" else [])


def test_what_is_older_than_was_asked_for_is_not_listed(
    sqlite_context: Context, scope: Scope, fake: FakeRideWithGPS
) -> None:
    for k in range(30):
        fake.trips[100 + k] = trip(100 + k, FIRST - timedelta(days=300 + k), points=2)
    connected = joined(sqlite_context, scope, fake, "ridewithgps", "key", KEY, page=20)
    connected.run()
    assert connected.states(ACTIVITIES) == {"have": 33}
    connected.next_turn()
    assert connected.run()["GET /api/v1/trips.json"] == 1
    assert connected.states(ACTIVITIES) == {"have": 33} and connected.said("deleted_there") == []


def test_changes_and_what_was_deleted_are_noticed(
    context: Context, scope: Scope, fake: FakeRideWithGPS, decoders: Decoders
) -> None:
    connected = joined(context, scope, fake, "ridewithgps", "key", KEY)
    connected.run()
    whole(connected, decoders)
    fake.edit(1, name="To the sea")
    fake.add(name="Home")
    del fake.trips[3]
    connected.next_turn()
    routes = connected.run()
    assert routes["GET /api/v1/trips/{id}.json"] == 2, "the new one, and the changed one, whose answer tells the change"
    assert [one["key"] for one in connected.said("changed_there")] == ["1"]
    assert [one["name"] for one in connected.said("deleted_there")] == ["Ride 3"]
    names = sorted(one["name"] for one in whole(connected, decoders))
    assert names == ["Home", "Ride 2", "Ride 3", "To the sea"], "what is deleted there stays here"


def test_what_may_not_be_seen_is_nothing_there(sqlite_context: Context, scope: Scope, fake: FakeRideWithGPS) -> None:
    fake.fault("*/trips/2.json", "403")
    fake.fault("*/trips/3.json", "404")
    fake.open_gear = False
    connected = joined(sqlite_context, scope, fake, "ridewithgps", "key", KEY)
    connected.run()
    assert connected.states(ACTIVITIES) == {"have": 1, "none": 2} and connected.entry("gear", "all").state == "none"


def test_faults_cost_nothing(sqlite_context: Context, scope: Scope, fake: FakeRideWithGPS) -> None:
    connected = joined(sqlite_context, scope, fake, "ridewithgps", "key", KEY)
    for number, kind in enumerate(("500", "503", "cut", "lost", "garbage", "empty", "429json")):
        fake.fault("*", kind, times=1, after=number, retry_after="1" if kind == "429json" else None)
    for _ in range(8):
        again(connected).slice()
        connected.clock.ahead(minutes=30)
    connected.run()
    assert connected.states(ACTIVITIES) == {"have": 3} and came(connected) == ["1", "2", "3"]


def test_a_429_rests_as_long_as_it_says(sqlite_context: Context, scope: Scope, fake: FakeRideWithGPS) -> None:
    connected = joined(sqlite_context, scope, fake, "ridewithgps", "key", KEY)
    fake.fault("*/trips.json", "429json", times=1, retry_after="600")
    before = connected.clock.ms
    connected.run()
    assert connected.row.state == "backed_off" and 590_000 <= connected.row.retry_at_ms - before <= 660_000
    fake.fault("*/trips.json", "429json", times=1)
    connected.clock.ahead(minutes=11)
    connected.run()
    assert connected.row.state == "backed_off" and connected.row.retry_at_ms > connected.clock.ms
    connected.clock.ahead(hours=2)
    connected.run()
    assert connected.states(ACTIVITIES) == {"have": 3}


def test_a_run_that_is_killed_goes_on(sqlite_context: Context, scope: Scope, fake: FakeRideWithGPS) -> None:
    connected = joined(sqlite_context, scope, fake, "ridewithgps", "key", KEY)
    while connected.due:
        again(connected).slice(stop=partial(next, iter([False] * 2), True))
    assert connected.runs() == [("first", "done")] and came(connected) == ["1", "2", "3"]
    assert max(fake.counts.repeats().values(), default=1) <= 2
