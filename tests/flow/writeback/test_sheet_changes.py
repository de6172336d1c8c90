"""Changes of the athlete's own list: a missing link, a missing row; and a recording that is fetched on approval."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.runtime.context import Context
from homestretch.flow.writeback import proposals as proposing
from homestretch.net import budget as calls
from homestretch.store.scope import Scope
from homestretch.store.tables.ops import remote_items
from tests.fakes.ridewithgps import FakeRideWithGPS, trip
from tests.flow.sync.test_many_sources import come, ridden, sheet, watch_file, with_sheet
from tests.flow.writeback.test_changes import FIRST, go, grid, proposals, propose, written
from tests.sources.connected import Connected
from tests.sources.joined import joined
from tests.sources.ridewithgps.test_sync import KEY
from tests.taking import listed, take_in


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeRideWithGPS]:
    monkeypatch.setattr(calls, "FIRST_WAIT_S", 0.0)
    with FakeRideWithGPS(ridden(), trip(2, FIRST, points=900)) as made:
        yield made
        assert made.problems == []


@pytest.fixture
def connected(context: Context, scope: Scope, fake: FakeRideWithGPS, decoders: Decoders) -> Connected:
    """Two trips at the provider and here."""
    made = joined(context, scope, fake, "ridewithgps", "key", KEY)
    come(made, decoders)
    return made


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A list that has columns for the keys at other sources, and knows the second trip alone."""
    found = sheet(tmp_path)
    first, ride, _ = found.read_text(encoding="utf-8").splitlines()
    found.write_text(f"{first},name,ridewithgps_id,garmin_id\n{ride},Round the lake,,\n", encoding="utf-8")
    return found


def rows(place: Path) -> list[dict[str, Any]]:
    with place.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def approved(connected: Connected, numbers: list[int]) -> list[dict[str, Any]]:
    proposing.approve(connected.context, connected.scope, numbers)
    go(connected)
    return proposals(connected)


def test_a_missing_link_is_written_and_taken_out_again(connected: Connected, place: Path, decoders: Decoders) -> None:
    """Only where the list has a column for it, and the source brought the activity."""
    mine = with_sheet(connected, place)
    come(mine, decoders)
    cell = next(item["cells"][mine.id] for item in grid(mine)["items"] if item["cells"][mine.id]["state"] != "missing")
    assert cell["state"] == "differs"
    assert cell["fields"]["link_ridewithgps"] == {"here": "1", "there": None, "same": False}
    assert "link_garmin" not in cell["fields"]
    [number] = propose(mine, connections=[mine.id], fields=["link_ridewithgps"])
    [done] = approved(mine, [number])
    assert (done["state"], done["field"], done["before"], done["after"]) == ("applied", "link_ridewithgps", "", "1")
    assert [row["ridewithgps_id"] for row in rows(place)] == ["1"] and done["undoable"]
    come(mine, decoders)
    assert propose(mine, connections=[mine.id], fields=["link_ridewithgps"]) == []
    proposing.revert(mine.context, mine.scope, number)
    go(mine)
    assert [row["ridewithgps_id"] for row in rows(place)] == [""]
    assert [one["state"] for one in proposals(mine)] == ["applied", "undone"]


def test_a_missing_row_is_added_with_all_that_is_known(connected: Connected, place: Path, decoders: Decoders) -> None:
    mine = with_sheet(connected, place)
    come(mine, decoders)
    [number] = propose(mine, connections=[mine.id], fields=["upload"])
    [done] = approved(mine, [number])
    assert done["state"] == "applied", done["note"]
    _, added = rows(place)
    [first, *_] = [item for item in listed(mine.context, mine.scope) if item["start_local"] >= "2026-11-10"]
    assert added["start_time"].startswith("2026-11-10") and added["ridewithgps_id"] == "2"
    assert float(added["distance"]) == pytest.approx(first["distance_m"] / 1609.344, abs=0.01)
    assert added["name"] == first["name"]
    mine.clock.ahead(hours=1)
    come(mine, decoders)
    assert {item["cells"][mine.id]["state"] for item in grid(mine)["items"]} <= {"ok", "differs"}
    assert len(listed(mine.context, mine.scope)) == 2, "the row tells of an activity that is here"


def test_a_recording_that_could_not_be_fetched_is_asked_for_again(
    context: Context, scope: Scope, fake: FakeRideWithGPS, decoders: Decoders
) -> None:
    """The watch's file is here; the provider lists the same ride, and its recording did not come."""
    made = joined(context, scope, fake, "ridewithgps", "key", KEY)
    fake.fault("GET *trips/1.json*", 500, times=1000)
    take_in(made.context, scope, decoders, {"ride.fit": watch_file()})
    come(made, decoders)
    with made.context.database.write() as session:
        session.run(update(remote_items).where(remote_items.c.key == "1").values(state="failed"))
    cell = next(item["cells"][made.id] for item in grid(made)["items"] if item["activity"]["start"] > "2026-11-12")
    assert cell["key"] == "1" and cell["fetchable"]
    [number] = propose(made, fields=["file"])
    asked = len(fake.counts.hits)
    [done] = approved(made, [number])
    assert done["state"] == "applied" and not done["undoable"] and written(fake) == []
    assert len(fake.counts.hits) == asked, "the next sync asks, and that is due"
    fake.faults._all.clear()
    come(made, decoders)
    cell = next(item["cells"][made.id] for item in grid(made)["items"] if item["activity"]["start"] > "2026-11-12")
    assert cell["key"] == "1" and not cell["fetchable"]
    assert propose(made, fields=["file"]) == []
