"""One workout told by several sources: one activity, each field named by who gave it; and what is left without one."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_pending
from homestretch.flow.derive.rederive import clear, rederive
from homestretch.flow.edit.edits import change, set_undone
from homestretch.flow.imports.batches import undo
from homestretch.flow.maintenance.recovery import recover
from homestretch.flow.runtime.context import Context
from homestretch.flow.sync import connections as flow
from homestretch.flow.sync.purge import purge_connection, purges_due
from homestretch.formats.fit.encode import encode
from homestretch.model.recording import Device
from homestretch.net import budget as calls
from homestretch.sources.registry import sources
from homestretch.store.database import sqlite_url
from homestretch.store.scope import Scope
from homestretch.views.page.compare import compare_month
from tests.conftest import make_context
from tests.fakes.ridewithgps import FakeRideWithGPS, trip
from tests.sources.connected import Connected
from tests.sources.joined import joined
from tests.sources.ridewithgps.test_sync import KEY
from tests.taking import digest, listed, row_id, shown, take_in

START = datetime(2026, 11, 12, 7, tzinfo=UTC)


def ridden() -> dict[str, Any]:
    """A trip of twenty minutes, as Ride with GPS has it."""
    return trip(1, START, points=1200, name="Round the lake")


def watch_file(hours: int = 0) -> bytes:
    """The same ride as the watch's own file, or one as long some hours and seven minutes later, elsewhere."""
    import json

    later = START + timedelta(hours=hours, minutes=7 if hours else 0)
    told = ridden() if not hours else trip(3, later, points=1200, name="Elsewhere")
    found = sources()["ridewithgps"].recording(json.dumps({"trip": told}).encode())
    [recording] = found.recordings
    watch = Device(role="recorder", manufacturer="garmin", product="fenix7", serial="77")
    return encode(replace(recording, devices=(watch,), name=None, description=None))


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeRideWithGPS]:
    monkeypatch.setattr(calls, "FIRST_WAIT_S", 0.0)
    with FakeRideWithGPS(ridden(), trip(2, START + timedelta(days=1), points=900)) as made:
        yield made
        assert made.problems == []


def sheet(folder: Path) -> Path:
    """A list of the athlete's own: the first ride by its day, and a swim that nobody else knows."""
    place = folder / "training.csv"
    far = ridden()["distance"] / 1609.344
    long = f"0:{ridden()['duration'] // 60:02d}:{ridden()['duration'] % 60:02d}"
    place.write_text(
        "start_time,activity_type,distance,duration_hms,notes\n"
        f"2026-11-12,Ride,{far:.2f},{long},With Ben\n"
        "2026-11-16,Swim,1.0,0:40:00,Sea\n",
        encoding="utf-8",
    )
    return place


def come(connected: Connected, decoders: Decoders) -> str:
    connected.run()
    rederive(connected.context, connected.scope.athlete_id, decoders)
    derive_pending(connected.context, connected.scope.athlete_id, decoders)
    return digest(connected.context)


def with_sheet(connected: Connected, place: Path) -> Connected:
    """Connect the list beside the other source."""
    context, scope = connected.context, connected.scope
    name = flow.sign_in(context, scope, "spreadsheet", "path", {"path": str(place)})
    return Connected(context, scope, connected.fake, connected.clock, name)


def test_three_sources_tell_of_one_ride(
    context: Context, scope: Scope, fake: FakeRideWithGPS, decoders: Decoders, tmp_path: Path
) -> None:
    connected = joined(context, scope, fake, "ridewithgps", "key", KEY)
    come(connected, decoders)
    take_in(connected.context, scope, decoders, {"ride.fit": watch_file()})
    rows = with_sheet(connected, sheet(tmp_path))
    before = come(rows, decoders)
    found = listed(connected.context, scope)
    assert [item["start_local"][:10] for item in found] == ["2026-11-12", "2026-11-13", "2026-11-16"]
    ride = shown(connected.context, scope, found[0]["id"])
    assert sorted(one["source"] for one in ride["recordings"]) == ["file", "ridewithgps", "spreadsheet"]
    assert ride["name"] == "Round the lake"
    pages = [url for one in ride["recordings"] for url in [b["url"] for b in one["provenance"]] if url]
    assert pages == ["https://ridewithgps.com/trips/1"]
    assert all(one["why"] for one in ride["recordings"])
    [row] = [one for one in ride["recordings"] if one["source"] == "spreadsheet"]
    assert row["why"]["rule"] == "same_day_and_figures"
    with connected.context.database.read() as reader:
        grid = compare_month(reader, scope, date(2026, 11, 1), connected.clock())
    states = [[item["cells"][one.id]["state"] for one in (connected, rows)] for item in grid["items"]]
    assert states == [["missing", "ok"], ["ok", "missing"], ["ok", "differs"]] and grid["others"] == []
    clear(connected.context)
    rederive(connected.context, scope.athlete_id, decoders)
    derive_pending(connected.context, scope.athlete_id, decoders)
    assert digest(connected.context) == before


def test_without_a_source_is_left_what_the_others_know(
    sqlite_context: Context, scope: Scope, fake: FakeRideWithGPS, decoders: Decoders
) -> None:
    context = sqlite_context
    files = {"ride.fit": watch_file()}
    take_in(context, scope, decoders, files)
    derive_pending(context, scope.athlete_id, decoders)
    alone = listed(context, scope)
    connected = joined(context, scope, fake, "ridewithgps", "key", KEY)
    come(connected, decoders)
    assert len(listed(connected.context, scope)) == 2
    flow.disconnect(connected.context, scope, connected.id, purge=True)
    for athlete, number in purges_due(connected.context):
        purge_connection(connected.context, athlete, number)
    derive_pending(connected.context, scope.athlete_id, decoders)
    assert listed(connected.context, scope) == alone


def test_a_question_ends_with_what_raised_it(
    sqlite_context: Context, scope: Scope, fake: FakeRideWithGPS, decoders: Decoders, tmp_path: Path
) -> None:
    """A row of a list fits two rides of the day; when one of them goes, it is the other one's."""
    connected = joined(sqlite_context, scope, fake, "ridewithgps", "key", KEY)
    context = connected.context
    take_in(context, scope, decoders, {"ride.fit": watch_file()})
    come(with_sheet(connected, sheet(tmp_path)), decoders)
    assert len(listed(context, scope)) == 2
    came = take_in(context, scope, decoders, {"again.fit": watch_file(hours=3)})
    assert len(listed(context, scope)) == 4, "nobody knows which of the two the row tells of"
    undo(context, scope, came["again.fit"]["batch"])
    assert len(listed(context, scope)) == 2
    derive_pending(context, scope.athlete_id, decoders)
    after = digest(context)
    clear(context)
    rederive(context, scope.athlete_id, decoders)
    derive_pending(context, scope.athlete_id, decoders)
    assert digest(context) == after


def test_what_was_said_outlives_the_source_that_began_it(
    context: Context, scope: Scope, fake: FakeRideWithGPS, decoders: Decoders
) -> None:
    """Address, name and effort are those of the workout, not of whoever told of it first."""
    connected = joined(context, scope, fake, "ridewithgps", "key", KEY)
    come(connected, decoders)
    context = connected.context
    first = next(item["id"] for item in listed(context, scope) if item["name"] == "Round the lake")
    take_in(context, scope, decoders, {"ride.fit": watch_file()})
    change(context, scope, row_id(context, scope, first), {"name": "With Ben", "rpe": 7})
    assert len(shown(context, scope, first)["recordings"]) == 2
    flow.disconnect(context, scope, connected.id, purge=True)
    for athlete, number in purges_due(context):
        purge_connection(context, athlete, number)
    derive_pending(context, scope.athlete_id, decoders)
    left = shown(context, scope, first)
    assert [item["id"] for item in listed(context, scope)] == [left["id"]] != [first]
    assert (left["name"], left["rpe"]) == ("With Ben", 7) and len(left["recordings"]) == 1
    settled = digest(context)
    recover(context)
    assert digest(context) == settled, "nothing is taken for a fault"
    clear(context)
    rederive(context, scope.athlete_id, decoders)
    derive_pending(context, scope.athlete_id, decoders)
    assert digest(context) == settled
    renamed = next(edit for edit in left["edits"] if edit["field"] == "name")
    set_undone(context, scope, int(renamed["id"]), "undo")
    assert shown(context, scope, first)["name"] != "With Ben" and shown(context, scope, first)["rpe"] == 7
    set_undone(context, scope, int(renamed["id"]), "redo")
    back = joined(context, scope, fake, "ridewithgps", "key", KEY)
    come(back, decoders)
    whole = shown(back.context, scope, first)
    assert whole["id"] == first and whole["name"] == "With Ben" and len(whole["recordings"]) == 2
    assert [edit["verb"] for edit in whole["edits"]] == ["set", "set"]


def test_any_order_of_arrival_gives_the_same(tmp_path: Path, fake: FakeRideWithGPS, decoders: Decoders) -> None:
    found = set()
    place = sheet(tmp_path)
    for number, order in enumerate(itertools.permutations(("api", "file", "sheet"))):
        context = make_context(tmp_path / str(number), sqlite_url(tmp_path / str(number)))
        from homestretch.flow.accounts.accounts import athlete_named

        scope = Scope(athlete_named(context, None))
        connected = joined(context, scope, fake, "ridewithgps", "key", KEY)
        for what in order:
            if what == "api":
                come(connected, decoders)
            elif what == "file":
                take_in(connected.context, scope, decoders, {"ride.fit": watch_file()})
            else:
                come(with_sheet(connected, place), decoders)
        derive_pending(connected.context, scope.athlete_id, decoders)
        found.add(digest(connected.context))
        context.database.close()
    assert len(found) == 1
