"""What a person refuses as a record is none anywhere, and stays in the activity itself."""

from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import select

from homestretch.analysis.curves import curves
from homestretch.errors import BadRequest
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_pending
from homestretch.flow.derive.places.segment_efforts import time_segments
from homestretch.flow.derive.rederive import clear, rederive
from homestretch.flow.edit import edits, merging
from homestretch.flow.edit.segments import draw
from homestretch.flow.imports.batches import redo, undo
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.model.documents.training import Records
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
def rides(context: Context, scope: Scope, decoders: Decoders) -> list[str]:
    """Two rides, the second with power that nobody has; their ids."""
    files = {"real.fit": encode(ride(260, golden.START_MS)), "spike.fit": encode(ride(520, golden.START_MS + DAY_MS))}
    take_in(context, scope, decoders, files)
    return [one["id"] for one in listed(context, scope)]


def settled(context: Context, scope: Scope, decoders: Decoders) -> str:
    derive_pending(context, scope.athlete_id, decoders)
    return digest(context)


def records(context: Context, scope: Scope) -> Records:
    with context.database.read() as reader:
        return all_records(reader, scope, "ride", None, None, 3)


def holders(context: Context, scope: Scope) -> dict[str, set[str]]:
    """Return which activities hold records, by kind of best effort and by figure, and what shows an FTP."""
    found = records(context, scope)
    held: dict[str, set[str]] = {}
    for one in found["items"]:
        held.setdefault(one["kind"], set()).update(effort["activity"] for effort in one["efforts"])
    for total in found["totals"]:
        held.setdefault(total["key"], set()).add(total["activity"])
    with context.database.read() as reader:
        curve = best_curve(reader, scope, "power", "ride")
        held["curve"] = {curve.sources[at][0] for at in curve.curve.source.tolist()}
        for row in reader.rows(select(estimates).where(estimates.c.key == "ftp_w")):
            held.setdefault("ftp", set()).add(str(round(row.value)))
    return held


def medal_kinds(context: Context, scope: Scope, public_id: str) -> set[str]:
    with context.database.read() as reader:
        return {one["kind"] for one in medals(reader, scope, resolve(reader, scope, public_id).id)}


def refuse(context: Context, scope: Scope, public_id: str, quantity: str = "power", *, refused: bool = True) -> None:
    edits.refuse(context, scope, row_id(context, scope, public_id), quantity, refused=refused)


def test_everything_that_may_be_a_record_is_of_one_quantity() -> None:
    names = [name for quantity in QUANTITIES.values() for part in quantity for name in part]
    assert sorted(names) == sorted({"distance", *curves(), *TOTALS})
    for key, (kinds, figures) in QUANTITIES.items():
        assert {quantity_of(name) for name in (*kinds, *figures)} == {key}
        assert quantities_in(spelled([key])) == [key]


def test_refused_power_is_no_record_and_estimates_nothing(
    context: Context, scope: Scope, decoders: Decoders, rides: list[str]
) -> None:
    real, spike = rides
    before = settled(context, scope, decoders), holders(context, scope), shown(context, scope, spike)
    assert before[1]["curve"] >= {spike} and before[1]["max_power_w"] == {spike}
    refuse(context, scope, spike)
    after = settled(context, scope, decoders)
    held = holders(context, scope)
    assert held["power"] == held["curve"] == held["max_power_w"] == {real}
    assert len(before[1]["ftp"]) == 2 and len(held["ftp"]) == 1 and held["ftp"] < before[1]["ftp"]
    assert held["heart_rate"] == {real, spike}, "its heart rate still counts"
    assert "power" not in medal_kinds(context, scope, spike) and "heart_rate" in medal_kinds(context, scope, spike)
    assert records(context, scope)["refused"] == [
        {"activity": spike, "name": before[2]["name"], "day": before[2]["start_local"][:10], "quantity": "power"}
    ]
    now = shown(context, scope, spike)
    assert now["max_power_w"] == before[2]["max_power_w"], "the activity itself still shows it"
    with context.database.read() as reader:
        assert activity_curve(reader, scope, resolve(reader, scope, spike), "power") is not None
    [said] = now["edits"]
    assert (said["field"], said["value"]) == ("refused:power", True)
    clear(context)
    rederive(context, scope.athlete_id, decoders)
    assert settled(context, scope, decoders) == after, "a rebuild refuses it too"
    edits.set_undone(context, scope, int(said["id"]), "undo")
    assert (settled(context, scope, decoders), holders(context, scope)) == before[:2]
    edits.set_undone(context, scope, int(said["id"]), "redo")
    assert settled(context, scope, decoders) == after
    refuse(context, scope, spike, refused=False)
    assert (settled(context, scope, decoders), holders(context, scope)) == before[:2]


def test_what_is_refused_stays_so_when_its_file_goes_and_comes_again(
    context: Context, scope: Scope, decoders: Decoders, rides: list[str]
) -> None:
    _, spike = rides
    refuse(context, scope, spike)
    before = settled(context, scope, decoders)
    with context.database.read() as reader:
        batch = reader.scalar(select(batches.c.id))
    undo(context, scope, batch)
    assert settled(context, scope, decoders) != before and listed(context, scope) == []
    redo(context, scope, batch)
    rederive(context, scope.athlete_id, decoders)
    assert settled(context, scope, decoders) == before and "power" not in medal_kinds(context, scope, spike)


def test_what_is_refused_follows_its_recording_into_a_merge_and_out_of_it(
    context: Context, scope: Scope, decoders: Decoders, rides: list[str]
) -> None:
    _, spike = rides
    refuse(context, scope, spike)
    apart = settled(context, scope, decoders)
    watch = replace(ride(520, golden.START_MS + DAY_MS), channels={
        key: channel for key, channel in ride(520, golden.START_MS + DAY_MS).channels.items() if key != "power_w"
    })  # fmt: skip
    found = take_in(context, scope, decoders, {"watch.fit": encode(watch)})
    settled(context, scope, decoders)
    assert len(listed(context, scope)) == 2 and "power" not in medal_kinds(context, scope, spike)
    undo(context, scope, found["watch.fit"]["batch"])
    assert settled(context, scope, decoders) == apart
    redo(context, scope, found["watch.fit"]["batch"])
    rederive(context, scope.athlete_id, decoders)
    whole = shown(context, scope, spike)
    merging.part(context, scope, row_id(context, scope, spike), whole["recordings"][-1]["id"])
    settled(context, scope, decoders)
    assert len(listed(context, scope)) == 3 and "power" not in medal_kinds(context, scope, spike)


def test_refused_speed_has_no_best_time_on_a_segment(
    context: Context, scope: Scope, decoders: Decoders, rides: list[str]
) -> None:
    real, spike = rides
    draw(context, scope, row_id(context, scope, real), "Along", 100, 600)
    time_segments(context, scope.athlete_id)

    def efforts() -> int:
        with context.database.read() as reader:
            return int(segment_list(reader, scope)[0]["efforts"])

    assert efforts() == 2
    refuse(context, scope, spike, "speed")
    assert efforts() == 1


def test_only_what_has_records_can_be_refused(context: Context, scope: Scope, rides: list[str]) -> None:
    with pytest.raises(BadRequest, match="no records"):
        refuse(context, scope, rides[0], "beer")
    with pytest.raises(BadRequest):
        edits.change(context, scope, row_id(context, scope, rides[0]), {"refused": True})
