"""Syncing with the fake Garmin by the real library: everything comes once, byte for byte, and changes are noticed."""

import hashlib
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.payloads import decode_stale
from homestretch.flow.derive.rederive import rederive
from homestretch.flow.runtime.context import Context
from homestretch.flow.sync import runs as ask
from homestretch.store.queries.payloads import read_payloads
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import arrivals, payloads
from homestretch.store.tables.ops import remote_items, runs
from tests.fakes.garmin import FakeGarmin
from tests.sources.connected import TODAY, Connected, originals, small
from tests.taking import listed
from tests.waiting import PATIENCE_S

EPOCH = date(1970, 1, 1)
DAY_KINDS = {
    "sleep", "hrv", "heart_rate", "stress", "spo2", "respiration", "steps", "training_status", "wellness"
}  # fmt: skip
BLOCK_KINDS = {"summary", "weight", "resting_heart_rate", "training_readiness", "vo2max", "race_predictions"}


def came(connected: Connected) -> list[tuple[str, str]]:
    """Return (provider's key, digest) of every arrival."""
    return sorted((str(row.provider_key), row.digest) for row in connected.rows(arrivals))


def test_the_first_sync_is_whole(context: Context, scope: Scope) -> None:
    account = small(6, 5, odd={"none": 6, "two": 5, "gpx": 4}, unworn={TODAY - timedelta(days=2)})
    with FakeGarmin(account) as fake:
        connected = Connected.to(context, scope, fake)
        connected.run()
        assert connected.states().keys() <= {"have", "none"}
        assert connected.runs() == [("first", "done")]
        assert connected.told() == ["first_done"]
        first, last = account.newest()[-1][1], TODAY.isoformat()
        keys: dict[str, list[str]] = {}
        for row in connected.rows(remote_items):
            keys.setdefault(row.kind, []).append(row.key)
        days = [(TODAY - timedelta(days=n)).isoformat() for n in range(400)]
        days = sorted(day for day in days if first <= day <= last)
        assert sorted(keys.pop("activity")) == sorted(str(number) for _, _, number in account.newest())
        assert keys.pop("gear") == ["all"]
        assert set(keys) == DAY_KINDS | BLOCK_KINDS
        assert all(sorted(keys[kind]) == days for kind in DAY_KINDS)
        whole = originals(account)
        assert came(connected) == sorted((key, digest) for key, found in whole.items() for digest in found)
        for found in whole.values():
            for digest, data in found.items():
                assert context.archive.read(digest) == data
        assert fake.counts.repeats() == {} and fake.counts.unknown() == [] and fake.problems == []


def test_answers_are_kept_as_they_came(sqlite_context: Context, scope: Scope, fake: FakeGarmin) -> None:
    import requests

    connected = Connected.to(sqlite_context, scope, fake)
    connected.run()
    [row] = connected.rows(payloads, payloads.c.kind == "sleep", payloads.c.key == TODAY.isoformat())
    with sqlite_context.database.read() as reader:
        kept = read_payloads(reader, [row.id])[row.id]
    token = fake.tokens.web(fake.account.email)
    url = connected.asked("dailySleepData")[0].removeprefix("GET ")
    answer = requests.get(fake.url + url, headers={"Authorization": f"Bearer {token}"}, timeout=PATIENCE_S)
    assert kept == answer.content and row.digest == hashlib.sha256(kept).hexdigest() and row.size == len(kept)


def test_activities_are_called_what_garmin_calls_them(
    context: Context, scope: Scope, fake: FakeGarmin, decoders: Decoders
) -> None:
    connected = Connected.to(context, scope, fake, days=False, wellness=False)
    connected.run()
    decode_stale(context, scope.athlete_id)
    rederive(context, scope.athlete_id, decoders)
    names = {fake.account.facts(number).name for _, _, number in fake.account.newest()}
    assert {one["name"] for one in listed(context, scope)} == names
    number = fake.account.newest()[1][2]
    fake.account.edit_activity(number, name="A walk with Ada")
    fake.account.delete_activity(fake.account.newest()[0][2])
    connected.next_turn()
    routes = connected.run()
    assert "GET /download-service/files/activity/{id}" not in routes
    decode_stale(context, scope.athlete_id)
    assert [one["key"] for one in connected.said("changed_there")] == [str(number)]
    now = {one["name"] for one in listed(context, scope)}
    assert "A walk with Ada" in now and len(now) == 3, "what is deleted there stays here"
    assert len(connected.said("deleted_there")) == 1
    assert connected.states(remote_items.c.kind == "activity") == {"have": 2, "gone": 1}
    connected.next_turn()
    connected.run()
    assert len(connected.said("deleted_there")) == 1, "said once"


def test_what_was_renamed_back_has_its_old_name(
    sqlite_context: Context, scope: Scope, fake: FakeGarmin, decoders: Decoders
) -> None:
    connected = Connected.to(sqlite_context, scope, fake, days=False, wellness=False)
    connected.run()
    number = fake.account.newest()[0][2]
    before = fake.account.facts(number).name
    rederive(connected.context, scope.athlete_id, decoders)
    for name in ("Another", before):
        fake.account.edit_activity(number, name=name)
        ask.sync_now(connected.context, scope, connected.id, backfill=name == before)
        connected.run()
        decode_stale(connected.context, scope.athlete_id)
        names = {one["name"] for one in listed(connected.context, scope)}
        assert name in names and len(names) == 3 and (name == "Another") == ("Another" in names)


def test_new_activities_come_first(sqlite_context: Context, scope: Scope, fake: FakeGarmin) -> None:
    connected = Connected.to(sqlite_context, scope, fake)
    connected.run()
    number = fake.account.add_activity(start_ms=connected.clock.ms - 3_600_000)
    connected.next_turn()
    connected.run()
    assert connected.entry("activity", number).state == "have"
    urls = [hit.url for hit in fake.counts.hits]
    assert "activities?start=0" in urls[0] and str(number) in urls[1]


def test_an_unchanged_account_costs_at_most_30_requests(
    sqlite_context: Context, scope: Scope, fake: FakeGarmin, capsys: pytest.CaptureFixture[str]
) -> None:
    connected = Connected.to(sqlite_context, scope, fake)
    connected.run()
    before = came(connected), len(connected.rows(payloads))
    connected.next_turn()
    routes = connected.run()
    with capsys.disabled():
        print(f"\n{sum(routes.values()):>4} requests of a run in which nothing had changed")
        print(*(f"{count:>4} {route}" for route, count in sorted(routes.items())), sep="\n")
    assert 0 < sum(routes.values()) <= 30 and fake.counts.repeats() == {}
    assert connected.runs() == [("first", "done"), ("schedule", "done")]
    assert (came(connected), len(connected.rows(payloads))) == (before[0], before[1] + 1), "the list of late is new"
    ask.sync_now(connected.context, scope, connected.id)
    assert connected.run() == routes and len(connected.rows(payloads)) == before[1] + 1
    assert connected.rows(runs)[-1].requests == sum(routes.values())


def test_no_day_costs_more(sqlite_context: Context, scope: Scope, fake: FakeGarmin) -> None:
    """Blocks of days begin and end, and yesterday and today may lie in two of them."""
    fake.account.last_day = TODAY + timedelta(days=40)
    fake.account.days = 42
    begin = next(TODAY + timedelta(days=n) for n in range(1, 28) if (TODAY - EPOCH).days % 27 + n == 27)
    connected = Connected.to(sqlite_context, scope, fake, day=begin - timedelta(days=2), wellness=False)
    connected.run()
    costs = []
    for number in range(-1, 4):
        connected.clock.set(begin + timedelta(days=number))
        costs.append(sum(connected.run().values()))
        blocks = [url for url in connected.asked("dailysummaries") if (begin - timedelta(days=1)).isoformat() in url]
        assert len(blocks) <= 1
    assert max(costs) == min(costs) <= 28, "and two more for the watch's files of two days"


def test_pages_are_as_long_as_is_set(sqlite_context: Context, scope: Scope) -> None:
    with FakeGarmin(small(7, 2, over_days=2)) as fake:
        connected = Connected.to(sqlite_context, scope, fake, page=3, days=False, wellness=False)
        connected.run()
        starts = [url.split("start=")[1].split("&")[0] for url in connected.asked("search/activities")]
        assert starts == ["0", "3", "6"] and all("limit=3" in url for url in connected.asked("search/activities"))
        assert connected.states(remote_items.c.kind == "activity") == {"have": 7}


def test_an_activity_without_its_original_comes_otherwise(sqlite_context: Context, scope: Scope) -> None:
    """As TCX where that has laps, else as GPX where that has points, else as what Garmin draws its charts from."""
    with FakeGarmin(small(3, 3, odd={"none": 1})) as fake:
        tcx, gpx, streams = [number for _, _, number in fake.account.newest()]
        fake.fault(f"*/export/tcx/activity/{gpx}", "404")
        fake.fault(f"*/export/tcx/activity/{streams}", "404")
        fake.fault(f"*/export/gpx/activity/{streams}", "404")
        connected = Connected.to(sqlite_context, scope, fake, days=False, wellness=False)
        connected.run()
        assert [connected.entry("activity", number).form for number in (tcx, gpx, streams)] == ["tcx", "gpx", "json"]
        assert {one["key"]: one["form"] for one in connected.said("came")}[str(gpx)] == "gpx"
        assert sorted(key for key, _ in came(connected)) == sorted([str(tcx), str(gpx)])
        [row] = connected.rows(payloads, payloads.c.kind == "streams")
        assert row.key == str(streams)


def test_an_activity_without_anything_is_said(sqlite_context: Context, scope: Scope) -> None:
    with FakeGarmin(small(1, 1, odd={"none": 1})) as fake:
        number = fake.account.newest()[0][2]
        for pattern in ("*/export/*", "*/details"):
            fake.fault(pattern, "404")
        connected = Connected.to(sqlite_context, scope, fake, days=False, wellness=False)
        connected.run()
        assert connected.entry("activity", number).state == "none"
        assert [one["key"] for one in connected.said("nothing_there")] == [str(number)]
        connected.next_turn()
        assert "GET /download-service/files/activity/{id}" not in connected.run(), "it is not asked for every time"


def test_a_list_that_says_nothing_makes_nothing_gone(sqlite_context: Context, scope: Scope, fake: FakeGarmin) -> None:
    connected = Connected.to(sqlite_context, scope, fake, days=False, wellness=False)
    connected.run()
    connected.next_turn()
    for kind in ("empty", "null", "garbage", "html"):
        fake.fault("*/search/activities", kind, times=1)
        connected.run()
        assert connected.row.state == "backed_off" and connected.states().keys() == {"have"}
        connected.clock.ahead(hours=1)
    connected.run()
    assert connected.row.state == "ready" and connected.states().keys() == {"have"}
    assert connected.said("deleted_there") == []


def test_a_page_in_place_of_a_file_is_no_file(sqlite_context: Context, scope: Scope, fake: FakeGarmin) -> None:
    connected = Connected.to(sqlite_context, scope, fake, days=False, wellness=False)
    for kind in ("html", "garbage", "cut"):
        fake.fault("*/files/activity/*", kind, times=1)
    connected.run()
    assert connected.states() == {"have": 4}
    assert {key for key, _ in came(connected)} == {str(number) for _, _, number in fake.account.newest()}
    assert all(one["text"] for one in connected.said("failed")) and len(connected.said("failed")) == 2


def test_nothing_comes_back_that_was_deleted_for_good(
    sqlite_context: Context, scope: Scope, fake: FakeGarmin, decoders: Decoders
) -> None:
    from homestretch.flow.edit.edits import remove_for_good
    from tests.taking import row_id

    connected = Connected.to(sqlite_context, scope, fake, days=False, wellness=False)
    connected.run()
    rederive(sqlite_context, scope.athlete_id, decoders)
    gone = listed(sqlite_context, scope)[0]
    remove_for_good(sqlite_context, scope, row_id(sqlite_context, scope, gone["id"]))
    left = came(connected)
    ask.refetch_days(connected.context, scope, connected.id, "2026-01-01", TODAY.isoformat())
    connected.run()
    rederive(sqlite_context, scope.athlete_id, decoders)
    assert len(listed(sqlite_context, scope)) == 2 and connected.states() == {"have": 4}
    assert came(connected) == left and len(connected.asked("files/activity")) == 3


def test_a_disk_nearly_full_is_rested_at(sqlite_context: Context, scope: Scope, fake: FakeGarmin) -> None:
    from dataclasses import replace

    connected = Connected.to(sqlite_context, scope, fake)
    roomy = connected.context
    connected.context = replace(roomy, settings=roomy.settings.model_copy(update={"min_free_mb": 10**9}))
    connected.run()
    assert connected.row.state == "backed_off" and "Free at least" in connected.row.reason
    assert fake.counts.total == 0, "nothing is asked for that there is no room for"
    connected.context = roomy
    connected.clock.ahead(minutes=5)
    connected.run()
    assert connected.row.state == "ready" and connected.states().keys() <= {"have", "none"}


def test_two_at_once_do_not_sync_the_same(sqlite_context: Context, scope: Scope, fake: FakeGarmin) -> None:
    from threading import Thread

    connected = Connected.to(sqlite_context, scope, fake)
    both = [Thread(target=connected.slice) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert connected.run() == {} and connected.runs() == [("first", "done")]
    with sqlite_context.database.read() as reader:
        keys = [(row.provider_key, row.digest) for row in reader.rows(select(arrivals))]
    assert len(keys) == len(set(keys)) > 0


def test_copies_lie_in_a_folder_of_choice(sqlite_context: Context, scope: Scope, at_once: None, tmp_path: Path) -> None:
    """One for each file, of which an activity may have two."""
    folder = tmp_path / "fit files"
    with FakeGarmin(small(3, 1, over_days=1, odd={"two": 3})) as fake:
        connected = Connected.to(sqlite_context, scope, fake, days=False, wellness=False, folder=str(folder))
        connected.run()
    found = {place.name: place.read_bytes() for place in folder.iterdir()}
    assert len(found) == 4 == len(came(connected))
    for key, digest in came(connected):
        start = connected.entry("activity", key).details["start"]
        name = f"activity_{key}_{start.replace('-', '').replace(':', '').replace(' ', 'T')}"
        copies = [data for place, data in found.items() if place in (f"{name}.fit", f"{name}_2.fit")]
        assert sqlite_context.archive.read(digest) in copies


def test_a_folder_that_cannot_be_written_is_said(
    sqlite_context: Context, scope: Scope, fake: FakeGarmin, tmp_path: Path
) -> None:
    from homestretch.flow.sync.connections import change

    (tmp_path / "file").write_text("")
    folder = str(tmp_path / "file" / "folder")
    connected = Connected.to(sqlite_context, scope, fake, days=False, wellness=False, folder=folder)
    connected.run()
    assert (
        connected.row.state == "backed_off"
        and folder in connected.row.reason
        and "clear the setting" in (connected.row.reason)
    )
    change(connected.context, scope, connected.id, settings={"folder": None})
    connected.clock.ahead(hours=1)
    connected.run()
    assert connected.states() == {"have": 4}
