"""intervals.icu from sign-in to activities and days, on its fake."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.payloads import decode_stale
from homestretch.flow.derive.rederive import rederive
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.secret_store import StoredSecret
from homestretch.flow.sync import runs as ask
from homestretch.net import budget as calls
from homestretch.net.budget import UnexpectedResponse, WrongCredentials
from homestretch.sources.intervals import client
from homestretch.store.scope import Scope
from homestretch.store.tables.derived_days import measurements
from homestretch.store.tables.kept import arrivals
from homestretch.store.tables.ops import remote_items
from tests.fakes.intervals import FakeIntervals, activity, fit_of, stub
from tests.fakes.intervals.activities import days
from tests.fakes.intervals.server import CLIENT_ID, CLIENT_SECRET, KEY, WEBHOOK_SECRET
from tests.sources.connected import Connected
from tests.sources.joined import again, joined
from tests.taking import listed

FIRST = datetime(2026, 11, 16, 5, 30, tzinfo=UTC)
APP = {
    "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "webhook_secret": WEBHOOK_SECRET,
    "redirect_uri": "http://127.0.0.1:8080/sources/callback",
}  # fmt: skip
WAYS = [("key", {"api_key": KEY}), ("oauth", APP)]
ACTIVITIES = remote_items.c.kind == "activity"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeIntervals]:
    """Two runs with their files, one by hand, one that came from Strava; wellness of a week."""
    monkeypatch.setattr(calls, "FIRST_WAIT_S", 0.0)
    monkeypatch.setattr(client, "today", lambda: date(2026, 11, 20))
    at = [FIRST + timedelta(days=k) for k in range(4)]
    made = FakeIntervals(
        activity("i1", at[0]), activity("i2", at[1]), activity("i3", at[2], source="MANUAL", name="By hand"),
        stub("16358453283", at[3]),
    )  # fmt: skip
    made.files = {"i1": fit_of(at[0]), "i2": fit_of(at[1])}
    made.wellness = days(FIRST, 4)
    with made:
        yield made
        assert made.problems == []


def whole(connected: Connected, decoders: Decoders) -> dict[str, str]:
    """Return name and format of each activity after all jobs."""
    decode_stale(connected.context, connected.scope.athlete_id)
    rederive(connected.context, connected.scope.athlete_id, decoders)
    return {one["name"]: one["formats"][0] for one in listed(connected.context, connected.scope)}


def came(connected: Connected) -> list[str]:
    return sorted(str(row.provider_key) for row in connected.rows(arrivals))


@pytest.mark.parametrize(("way", "answers"), WAYS)
def test_activities_come_with_their_files(
    context: Context, scope: Scope, fake: FakeIntervals, decoders: Decoders, way: str, answers: dict[str, str]
) -> None:
    connected = joined(context, scope, fake, "intervals", way, answers)
    connected.run()
    assert connected.row.label == "Anna" and connected.row.remote_account["key"] == "i7"
    assert connected.row.remote_account["zone"] == "Europe/Helsinki"
    assert connected.states(ACTIVITIES) == {"have": 3, "none": 1} and came(connected) == ["i1", "i2", "i3"]
    assert whole(connected, decoders) == {"Run i1": "fit", "Run i2": "fit", "By hand": "intervals"}
    for row in connected.rows(arrivals):
        kept = context.archive.read(row.digest)
        if row.provider_key == "i3":
            assert json.loads(kept) == fake.activities["i3"]
        else:
            assert kept == fake.files[str(row.provider_key)], "without the gzip around it"
    assert fake.counts.repeats() == {}
    assert not connected.asked("16358453283"), "of what is Strava's nothing is asked"
    with context.database.read() as reader:
        rows = reader.rows(measurements.select().where(measurements.c.kind == "resting_heart_rate_bpm"))
    assert sorted(row.day for row in rows) == ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19"]


def test_secrets_are_what_is_needed(sqlite_context: Context, scope: Scope, fake: FakeIntervals) -> None:
    connected = joined(sqlite_context, scope, fake, "intervals", "oauth", APP)
    secret = StoredSecret(connected.context, connected.row.id).read()
    assert secret["access_token"] in fake.tokens and secret["webhook_secret"] == WEBHOOK_SECRET
    assert secret["athlete"] == {"id": "i7", "name": "A"} and "nonce" not in secret


def test_a_token_that_may_not_ask_who_it_is_knows(sqlite_context: Context, scope: Scope, fake: FakeIntervals) -> None:
    fake.tells_self = False
    connected = joined(sqlite_context, scope, fake, "intervals", "oauth", APP)
    assert (connected.row.label, connected.row.remote_account["key"]) == ("A", "i7")


def test_a_wrong_key_is_said_so(sqlite_context: Context, scope: Scope, fake: FakeIntervals) -> None:
    with pytest.raises(WrongCredentials, match="rejected this API key"):
        joined(sqlite_context, scope, fake, "intervals", "key", {"api_key": "wrong"})


def test_a_key_that_was_changed_asks_for_a_sign_in(sqlite_context: Context, scope: Scope, fake: FakeIntervals) -> None:
    connected = joined(sqlite_context, scope, fake, "intervals", "key", {"api_key": KEY})
    fake.key = "another"
    connected.run()
    assert connected.row.state == "sign_in"


def test_years_without_anything_are_skipped(sqlite_context: Context, scope: Scope, fake: FakeIntervals) -> None:
    fake.activities["i0"] = activity("i0", datetime(2014, 3, 1, 9, tzinfo=UTC), source="MANUAL")
    connected = joined(sqlite_context, scope, fake, "intervals", "key", {"api_key": KEY}, days=False)
    connected.run()
    spans = [url.split("?")[1].replace("%3A", ":") for url in connected.asked("/activities?")]
    assert spans == [
        "oldest=2026-10-01&newest=2026-12-31T23:59:59",
        "oldest=2026-07-01&newest=2026-09-30T23:59:59",
        "oldest=1970-01-01&newest=2026-06-30T23:59:59&limit=1",
        "oldest=2014-01-01&newest=2014-03-31T23:59:59",
        "oldest=2013-10-01&newest=2013-12-31T23:59:59",
        "oldest=1970-01-01&newest=2013-09-30T23:59:59&limit=1",
    ]
    assert connected.states(ACTIVITIES) == {"have": 4, "none": 1}
    connected.next_turn()
    connected.run()
    spans = [url.split("?")[1].replace("%3A", ":") for url in connected.asked("/activities?")]
    assert spans == ["oldest=2026-10-01&newest=2026-12-31T23:59:59", "oldest=2026-08-22&newest=2026-09-30T23:59:59"]
    assert connected.said("deleted_there") == []


def test_an_empty_account_is_two_questions(sqlite_context: Context, scope: Scope, fake: FakeIntervals) -> None:
    fake.activities.clear()
    connected = joined(sqlite_context, scope, fake, "intervals", "key", {"api_key": KEY}, days=False)
    connected.run()
    assert len(connected.asked("/activities?")) == 2 and connected.runs() == [("first", "done")]


def test_without_its_file_an_activity_comes_otherwise(
    sqlite_context: Context, scope: Scope, fake: FakeIntervals, decoders: Decoders
) -> None:
    fake.made["i1"] = fake.files.pop("i1")
    del fake.files["i2"]
    connected = joined(sqlite_context, scope, fake, "intervals", "key", {"api_key": KEY}, days=False)
    connected.run()
    assert whole(connected, decoders) == {"Run i1": "fit", "Run i2": "intervals", "By hand": "intervals"}


def test_changes_and_what_was_deleted_are_noticed(
    sqlite_context: Context, scope: Scope, fake: FakeIntervals, decoders: Decoders
) -> None:
    connected = joined(sqlite_context, scope, fake, "intervals", "key", {"api_key": KEY})
    connected.run()
    whole(connected, decoders)
    fake.activities["i1"]["name"] = "Dawn"
    fake.activities["i3"] |= {"name": "Longer", "distance": 1500.0}
    del fake.activities["i2"]
    fake.activities["i4"] = activity("i4", FIRST + timedelta(days=4), name="New")
    fake.files["i4"] = fit_of(FIRST + timedelta(days=4))
    connected.next_turn()
    routes = connected.run()
    assert routes["GET /api/v1/activity/{id}/file"] == 1 and routes["GET /api/v1/activity/{id}"] == 1
    assert {one["key"] for one in connected.said("changed_there")} == {"i1", "i3"}
    assert [one["key"] for one in connected.said("deleted_there")] == ["i2"]
    now = whole(connected, decoders)
    assert len(now) == 4, "what is deleted there stays here"
    assert {"Dawn": "fit", "Longer": "intervals", "New": "fit"}.items() <= now.items()


def test_a_page_in_place_of_a_file_is_no_file(sqlite_context: Context, scope: Scope, fake: FakeIntervals) -> None:
    connected = joined(sqlite_context, scope, fake, "intervals", "key", {"api_key": KEY}, days=False)
    for kind in ("html", "garbage"):
        fake.fault("*/file", kind, times=1)
    connected.run()
    assert len(connected.said("failed")) == 2 and connected.states(ACTIVITIES) == {"have": 3, "none": 1}


def test_damaged_files_are_told_from_whole_ones() -> None:
    import gzip

    data = fit_of(FIRST)
    packed = gzip.compress(data)
    assert client.unpacked(packed, "a") == data == client.unpacked(data, "a")
    assert client.unpacked(packed + packed, "a") == data + data, "several members are one file (RFC 1952 §2.2)"
    for broken in (packed[:2] + b"\xff" * 20, packed[:40], packed[:-3]):
        with pytest.raises(UnexpectedResponse, match="damaged"):
            client.unpacked(broken, "a")
    assert client.form_of(b"<?xml?><gpx>", "a") == "gpx" and client.form_of(b"<TrainingCenterDatabase", "a") == "tcx"
    with pytest.raises(UnexpectedResponse, match="too large"), pytest.MonkeyPatch.context() as few:
        few.setattr(client, "MOST_BYTES", 100)
        client.unpacked(packed, "a")
    with pytest.raises(UnexpectedResponse):
        client.form_of(b'{"error": "later"}', "a")


def test_its_own_count_is_kept_to(sqlite_context: Context, scope: Scope, fake: FakeIntervals) -> None:
    connected = joined(sqlite_context, scope, fake, "intervals", "key", {"api_key": KEY})
    fake.allowed = (fake.asked + 4, 5000)
    connected.run()
    assert connected.row.state == "backed_off" and fake.counts.total == 4
    assert connected.row.retry_at_ms - connected.clock.ms <= 905_000


def test_faults_cost_nothing(sqlite_context: Context, scope: Scope, fake: FakeIntervals) -> None:
    connected = joined(sqlite_context, scope, fake, "intervals", "key", {"api_key": KEY})
    for number, kind in enumerate(("500", "503", "cut", "lost", "garbage", "empty", "429json", "cloudflare")):
        fake.fault("*", kind, times=1, after=number, retry_after="1" if kind == "429json" else None)
    for _ in range(9):
        again(connected).slice()
        connected.clock.ahead(minutes=61)
    connected.run()
    assert connected.states(ACTIVITIES) == {"have": 3, "none": 1} and came(connected) == ["i1", "i2", "i3"]


def test_a_run_that_is_killed_goes_on(sqlite_context: Context, scope: Scope, fake: FakeIntervals) -> None:
    connected = joined(sqlite_context, scope, fake, "intervals", "key", {"api_key": KEY})
    while connected.due:
        again(connected).slice(stop=partial(next, iter([False] * 2), True))
    assert connected.runs() == [("first", "done")] and came(connected) == ["i1", "i2", "i3"]
    ask.sync_now(connected.context, scope, connected.id, backfill=True)
    connected.run()
    assert came(connected) == ["i1", "i2", "i3"]
