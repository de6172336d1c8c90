"""What a person refuses as a record is none anywhere, and stays in the activity itself."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from homestretch.analysis.curves import curves
from homestretch.errors import BadRequest
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import catch_up
from homestretch.flow.derive.places.segment_efforts import time_segments
from homestretch.flow.derive.rederive import clear, rederive
from homestretch.flow.edit import edits, merging
from homestretch.flow.edit.segments import draw
from homestretch.flow.imports.batches import redo, undo
from homestretch.flow.runtime.context import World
from homestretch.formats.fit.encode import encode
from homestretch.model.recording import Recording
from homestretch.model.refusals import QUANTITIES, quantities_in, quantity_of, spelled
from homestretch.model.sport import Sport
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import estimates
from homestretch.store.tables.ops import batches
from homestretch.views.activities.activity import resolve
from homestretch.views.places.segments import segment_list
from homestretch.views.training.curves import activity_curve, best_curve
from homestretch.views.training.records import TOTALS, all_records, medals
from tests.formats import golden
from tests.taking import digest, listed, row_id, shown, take_in

DAY_MS = 86_400_000


def ride(watts: float, start_ms: int) -> Recording:
    """Return a ride of 25 minutes, 20 minutes of it at so many watts."""
    run = golden.run(1500, start_ms)
    power = np.where((np.arange(1500) >= 200) & (np.arange(1500) < 1400), watts, 120.0)
    channels = {**run.channels, "power_w": golden.channel("power_w", power)}
    return replace(run, sport=Sport("cycling"), channels=channels, totals={}, laps=(), file_key=None)


@pytest.fixture
def rides(world: World, scope: Scope, decoders: Decoders) -> list[str]:
    """Two rides, the second with power that nobody has; their ids."""
    files = {"real.fit": encode(ride(260, golden.START_MS)), "spike.fit": encode(ride(520, golden.START_MS + DAY_MS))}
    take_in(world, scope, decoders, files)
    return [one["id"] for one in listed(world, scope)]


def settled(world: World, scope: Scope, decoders: Decoders) -> str:
    catch_up(world, scope.athlete_id, decoders)
    return digest(world)


def records(world: World, scope: Scope) -> dict[str, Any]:
    with world.database.read() as reader:
        return all_records(reader, scope, "ride", None, None, 3)


def holders(world: World, scope: Scope) -> dict[str, set[str]]:
    """Return which activities hold records, by kind of best effort and by figure, and what shows an FTP."""
    found = records(world, scope)
    held: dict[str, set[str]] = {}
    for one in found["items"]:
        held.setdefault(one["kind"], set()).update(effort["activity"] for effort in one["efforts"])
    for one in found["totals"]:
        held.setdefault(one["key"], set()).add(one["activity"])
    with world.database.read() as reader:
        curve = best_curve(reader, scope, "power", "ride")
        held["curve"] = {curve.sources[at][0] for at in curve.curve.source.tolist()}
        for row in reader.rows(select(estimates).where(estimates.c.key == "ftp_w")):
            held.setdefault("ftp", set()).add(str(round(row.value)))
    return held


def medal_kinds(world: World, scope: Scope, public_id: str) -> set[str]:
    with world.database.read() as reader:
        return {one["kind"] for one in medals(reader, scope, resolve(reader, scope, public_id).id)}


def refuse(world: World, scope: Scope, public_id: str, quantity: str = "power", *, refused: bool = True) -> None:
    edits.refuse(world, scope, row_id(world, scope, public_id), quantity, refused=refused)


def test_everything_that_may_be_a_record_is_of_one_quantity() -> None:
    names = [name for quantity in QUANTITIES.values() for part in quantity for name in part]
    assert sorted(names) == sorted({"distance", *curves(), *TOTALS})
    for key, (kinds, figures) in QUANTITIES.items():
        assert {quantity_of(name) for name in (*kinds, *figures)} == {key}
        assert quantities_in(spelled([key])) == [key]


def test_refused_power_is_no_record_and_estimates_nothing(
    world: World, scope: Scope, decoders: Decoders, rides: list[str]
) -> None:
    real, spike = rides
    before = settled(world, scope, decoders), holders(world, scope), shown(world, scope, spike)
    assert before[1]["curve"] >= {spike} and before[1]["max_power_w"] == {spike}
    refuse(world, scope, spike)
    after = settled(world, scope, decoders)
    held = holders(world, scope)
    assert held["power"] == held["curve"] == held["max_power_w"] == {real}
    assert len(before[1]["ftp"]) == 2 and len(held["ftp"]) == 1 and held["ftp"] < before[1]["ftp"]
    assert held["heart_rate"] == {real, spike}, "its heart rate still counts"
    assert "power" not in medal_kinds(world, scope, spike) and "heart_rate" in medal_kinds(world, scope, spike)
    assert records(world, scope)["refused"] == [
        {"activity": spike, "name": before[2]["name"], "day": before[2]["start_local"][:10], "quantity": "power"}
    ]
    now = shown(world, scope, spike)
    assert now["max_power_w"] == before[2]["max_power_w"], "the activity itself still shows it"
    with world.database.read() as reader:
        assert activity_curve(reader, scope, resolve(reader, scope, spike), "power") is not None
    [said] = now["edits"]
    assert (said["field"], said["value"]) == ("refused:power", True)
    clear(world)
    rederive(world, scope.athlete_id, decoders)
    assert settled(world, scope, decoders) == after, "a rebuild refuses it too"
    edits.turn(world, scope, int(said["id"]), "undo")
    assert (settled(world, scope, decoders), holders(world, scope)) == before[:2]
    edits.turn(world, scope, int(said["id"]), "redo")
    assert settled(world, scope, decoders) == after
    refuse(world, scope, spike, refused=False)
    assert (settled(world, scope, decoders), holders(world, scope)) == before[:2]


def test_what_is_refused_stays_so_when_its_file_goes_and_comes_again(
    world: World, scope: Scope, decoders: Decoders, rides: list[str]
) -> None:
    _, spike = rides
    refuse(world, scope, spike)
    before = settled(world, scope, decoders)
    with world.database.read() as reader:
        batch = reader.scalar(select(batches.c.id))
    undo(world, scope, batch)
    assert settled(world, scope, decoders) != before and listed(world, scope) == []
    redo(world, scope, batch)
    rederive(world, scope.athlete_id, decoders)
    assert settled(world, scope, decoders) == before and "power" not in medal_kinds(world, scope, spike)


def test_what_is_refused_follows_its_recording_into_a_merge_and_out_of_it(
    world: World, scope: Scope, decoders: Decoders, rides: list[str]
) -> None:
    _, spike = rides
    refuse(world, scope, spike)
    apart = settled(world, scope, decoders)
    watch = replace(ride(520, golden.START_MS + DAY_MS), channels={
        key: channel for key, channel in ride(520, golden.START_MS + DAY_MS).channels.items() if key != "power_w"
    })  # fmt: skip
    found = take_in(world, scope, decoders, {"watch.fit": encode(watch)})
    settled(world, scope, decoders)
    assert len(listed(world, scope)) == 2 and "power" not in medal_kinds(world, scope, spike)
    undo(world, scope, found["watch.fit"]["batch"])
    assert settled(world, scope, decoders) == apart
    redo(world, scope, found["watch.fit"]["batch"])
    rederive(world, scope.athlete_id, decoders)
    whole = shown(world, scope, spike)
    merging.part(world, scope, row_id(world, scope, spike), whole["recordings"][-1]["id"])
    settled(world, scope, decoders)
    assert len(listed(world, scope)) == 3 and "power" not in medal_kinds(world, scope, spike)


def test_refused_speed_has_no_best_time_on_a_segment(
    world: World, scope: Scope, decoders: Decoders, rides: list[str]
) -> None:
    real, spike = rides
    draw(world, scope, row_id(world, scope, real), "Along", 100, 600)
    time_segments(world, scope.athlete_id)

    def efforts() -> int:
        with world.database.read() as reader:
            return int(segment_list(reader, scope)[0]["efforts"])

    assert efforts() == 2
    refuse(world, scope, spike, "speed")
    assert efforts() == 1


def test_only_what_has_records_can_be_refused(world: World, scope: Scope, rides: list[str]) -> None:
    with pytest.raises(BadRequest, match="no records"):
        refuse(world, scope, rides[0], "beer")
    with pytest.raises(BadRequest):
        edits.change(world, scope, row_id(world, scope, rides[0]), {"refused": True})
