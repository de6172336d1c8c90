"""One workout told by several sources: one activity, each field named by who gave it; and what is left without one."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import catch_up
from homestretch.flow.derive.rederive import clear, rederive
from homestretch.flow.edit.edits import change, turn
from homestretch.flow.imports.batches import undo
from homestretch.flow.maintenance.recovery import recover
from homestretch.flow.runtime.context import World
from homestretch.flow.sync import connections as flow
from homestretch.flow.sync.purge import purge_connection, purges_due
from homestretch.formats.fit.encode import encode
from homestretch.model.recording import Device
from homestretch.net import budget as calls
from homestretch.sources.registry import sources
from homestretch.store.database import sqlite_url
from homestretch.store.scope import Scope
from homestretch.views.page.compare import compare_month
from tests.conftest import make_world
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
    rederive(connected.world, connected.scope.athlete_id, decoders)
    catch_up(connected.world, connected.scope.athlete_id, decoders)
    return digest(connected.world)


def with_sheet(connected: Connected, place: Path) -> Connected:
    """Connect the list beside the other source."""
    world, scope = connected.world, connected.scope
    name = flow.sign_in(world, scope, "spreadsheet", "path", {"path": str(place)})
    return Connected(world, scope, connected.fake, connected.clock, name)


def test_three_sources_tell_of_one_ride(
    world: World, scope: Scope, fake: FakeRideWithGPS, decoders: Decoders, tmp_path: Path
) -> None:
    connected = joined(world, scope, fake, "ridewithgps", "key", KEY)
    come(connected, decoders)
    take_in(connected.world, scope, decoders, {"ride.fit": watch_file()})
    rows = with_sheet(connected, sheet(tmp_path))
    before = come(rows, decoders)
    found = listed(connected.world, scope)
    assert [item["start_local"][:10] for item in found] == ["2026-11-12", "2026-11-13", "2026-11-16"]
    ride = shown(connected.world, scope, found[0]["id"])
    assert sorted(one["source"] for one in ride["recordings"]) == ["file", "ridewithgps", "spreadsheet"]
    assert ride["name"] == "Round the lake"
    pages = [url for one in ride["recordings"] for url in [b["url"] for b in one["brought"]] if url]
    assert pages == ["https://ridewithgps.com/trips/1"]
    assert all(one["why"] for one in ride["recordings"])
    [row] = [one for one in ride["recordings"] if one["source"] == "spreadsheet"]
    assert row["why"]["rule"] == "same_day_and_figures"
    with connected.world.database.read() as reader:
        grid = compare_month(reader, scope, date(2026, 11, 1), connected.clock())
    states = [[item["cells"][one.id]["state"] for one in (connected, rows)] for item in grid["items"]]
    assert states == [["missing", "ok"], ["ok", "missing"], ["ok", "differs"]] and grid["others"] == []
    clear(connected.world)
    rederive(connected.world, scope.athlete_id, decoders)
    catch_up(connected.world, scope.athlete_id, decoders)
    assert digest(connected.world) == before


def test_without_a_source_is_left_what_the_others_know(
    sqlite_world: World, scope: Scope, fake: FakeRideWithGPS, decoders: Decoders
) -> None:
    world = sqlite_world
    files = {"ride.fit": watch_file()}
    take_in(world, scope, decoders, files)
    catch_up(world, scope.athlete_id, decoders)
    alone = listed(world, scope)
    connected = joined(world, scope, fake, "ridewithgps", "key", KEY)
    come(connected, decoders)
    assert len(listed(connected.world, scope)) == 2
    flow.disconnect(connected.world, scope, connected.id, purge=True)
    for athlete, number in purges_due(connected.world):
        purge_connection(connected.world, athlete, number)
    catch_up(connected.world, scope.athlete_id, decoders)
    assert listed(connected.world, scope) == alone


def test_a_question_ends_with_what_raised_it(
    sqlite_world: World, scope: Scope, fake: FakeRideWithGPS, decoders: Decoders, tmp_path: Path
) -> None:
    """A row of a list fits two rides of the day; when one of them goes, it is the other one's."""
    connected = joined(sqlite_world, scope, fake, "ridewithgps", "key", KEY)
    world = connected.world
    take_in(world, scope, decoders, {"ride.fit": watch_file()})
    come(with_sheet(connected, sheet(tmp_path)), decoders)
    assert len(listed(world, scope)) == 2
    came = take_in(world, scope, decoders, {"again.fit": watch_file(hours=3)})
    assert len(listed(world, scope)) == 4, "nobody knows which of the two the row tells of"
    undo(world, scope, came["again.fit"]["batch"])
    assert len(listed(world, scope)) == 2
    catch_up(world, scope.athlete_id, decoders)
    after = digest(world)
    clear(world)
    rederive(world, scope.athlete_id, decoders)
    catch_up(world, scope.athlete_id, decoders)
    assert digest(world) == after


def test_what_was_said_outlives_the_source_that_began_it(
    world: World, scope: Scope, fake: FakeRideWithGPS, decoders: Decoders
) -> None:
    """Address, name and effort are those of the workout, not of whoever told of it first."""
    connected = joined(world, scope, fake, "ridewithgps", "key", KEY)
    come(connected, decoders)
    world = connected.world
    first = next(item["id"] for item in listed(world, scope) if item["name"] == "Round the lake")
    take_in(world, scope, decoders, {"ride.fit": watch_file()})
    change(world, scope, row_id(world, scope, first), {"name": "With Ben", "rpe": 7})
    assert len(shown(world, scope, first)["recordings"]) == 2
    flow.disconnect(world, scope, connected.id, purge=True)
    for athlete, number in purges_due(world):
        purge_connection(world, athlete, number)
    catch_up(world, scope.athlete_id, decoders)
    left = shown(world, scope, first)
    assert [item["id"] for item in listed(world, scope)] == [left["id"]] != [first]
    assert (left["name"], left["rpe"]) == ("With Ben", 7) and len(left["recordings"]) == 1
    settled = digest(world)
    recover(world)
    assert digest(world) == settled, "nothing is taken for a fault"
    clear(world)
    rederive(world, scope.athlete_id, decoders)
    catch_up(world, scope.athlete_id, decoders)
    assert digest(world) == settled
    renamed = next(edit for edit in left["edits"] if edit["field"] == "name")
    turn(world, scope, int(renamed["id"]), "undo")
    assert shown(world, scope, first)["name"] != "With Ben" and shown(world, scope, first)["rpe"] == 7
    turn(world, scope, int(renamed["id"]), "redo")
    back = joined(world, scope, fake, "ridewithgps", "key", KEY)
    come(back, decoders)
    whole = shown(back.world, scope, first)
    assert whole["id"] == first and whole["name"] == "With Ben" and len(whole["recordings"]) == 2
    assert [edit["verb"] for edit in whole["edits"]] == ["set", "set"]


def test_any_order_of_arrival_gives_the_same(tmp_path: Path, fake: FakeRideWithGPS, decoders: Decoders) -> None:
    found = set()
    place = sheet(tmp_path)
    for number, order in enumerate(itertools.permutations(("api", "file", "sheet"))):
        world = make_world(tmp_path / str(number), sqlite_url(tmp_path / str(number)))
        from homestretch.flow.accounts.accounts import athlete_named

        scope = Scope(athlete_named(world, None))
        connected = joined(world, scope, fake, "ridewithgps", "key", KEY)
        for what in order:
            if what == "api":
                come(connected, decoders)
            elif what == "file":
                take_in(connected.world, scope, decoders, {"ride.fit": watch_file()})
            else:
                come(with_sheet(connected, place), decoders)
        catch_up(connected.world, scope.athlete_id, decoders)
        found.add(digest(connected.world))
        world.database.close()
    assert len(found) == 1
