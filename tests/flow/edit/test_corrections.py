"""Corrections of samples: all that is derived sees them, a rebuild keeps them, and undoing brings all back."""

from typing import Any

import pytest

from homestretch.errors import Conflict, Forbidden
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.rederive import clear, rederive
from homestretch.flow.edit.corrections import correct
from homestretch.flow.edit.edits import change, remove_for_good, set_undone
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.store.scope import Scope
from homestretch.store.tables.derived_activities import corrected
from homestretch.views.activities.activity import resolve
from homestretch.views.activities.corrections import preview_of, tools_of
from homestretch.views.activities.export import gpx_of
from homestretch.views.activities.streams import streams_json
from tests.flow.edit.test_merging import of_device, settled
from tests.formats import golden
from tests.taking import listed, row_id, shown, take_in

CROP = {"start": 100, "end": 400}
SPIKE = {"channel": "heart_rate_bpm", "stretches": [[0, 30]]}


def corrected_rows(context: Context) -> int:
    with context.database.read() as reader:
        return len(reader.rows(corrected.select()))


def test_in_any_order_and_undone_they_are_what_a_rebuild_makes(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    run = golden.run(600)
    two = {"1.fit": encode(of_device(run, "1")), "2.fit": encode(of_device(run, "2", power_w=None))}
    take_in(sqlite_context, scope, decoders, two)
    before = settled(sqlite_context, scope, decoders)
    [item] = listed(sqlite_context, scope)
    number = row_id(sqlite_context, scope, item["id"])
    made = [
        correct(sqlite_context, scope, number, "crop", CROP),
        correct(sqlite_context, scope, number, "laps", {"laps": [{"at": 0, "label": "work"}, {"at": 60}]}),
        correct(sqlite_context, scope, number, "leave_out", SPIKE),
        correct(sqlite_context, scope, number, "altitude", {"drift_m": 5, "offset_m": 2}),
    ]
    change(sqlite_context, scope, number, {"start": "2024-02-03T06:30:00Z"})
    found = shown(sqlite_context, scope, item["id"])
    assert (found["start"], found["elapsed_s"]) == ("2024-02-03T06:30:00Z", 300.0), "moved as it is shown"
    assert [(lap["start_s"], lap["label"]) for lap in found["laps"]] == [(0.0, "work"), (60.0, None)]
    assert found["edits"][0]["value"] == "Crop: start 0:01:40, end 0:06:40"
    assert found["edits"][2]["value"] == "Remove spikes: heart rate, 0:01:40–0:02:10", "of what was recorded"
    after = settled(sqlite_context, scope, decoders)
    clear(sqlite_context)
    rederive(sqlite_context, scope.athlete_id, decoders)
    assert settled(sqlite_context, scope, decoders) == after
    for edit in (made[0], made[3], made[1]):
        set_undone(sqlite_context, scope, edit, "undo")
    partly = settled(sqlite_context, scope, decoders)
    clear(sqlite_context)
    rederive(sqlite_context, scope.athlete_id, decoders)
    assert settled(sqlite_context, scope, decoders) == partly
    assert shown(sqlite_context, scope, item["id"])["elapsed_s"] == 600.0
    set_undone(sqlite_context, scope, made[2], "undo")
    set_undone(sqlite_context, scope, int(shown(sqlite_context, scope, item["id"])["edits"][-1]["id"]), "undo")
    assert settled(sqlite_context, scope, decoders) == before
    assert corrected_rows(sqlite_context) == 0


def test_samples_files_and_metrics_are_of_what_was_corrected(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    take_in(sqlite_context, scope, decoders, {"1.fit": encode(golden.run(600))})
    settled(sqlite_context, scope, decoders)
    [item] = listed(sqlite_context, scope)
    number = row_id(sqlite_context, scope, item["id"])
    with sqlite_context.database.read() as reader:
        seen = preview_of(reader, scope, item["id"], "crop", CROP)
    assert corrected_rows(sqlite_context) == 0, "a preview saves nothing"
    correct(sqlite_context, scope, number, "crop", CROP)
    settled(sqlite_context, scope, decoders)
    found: Any = shown(sqlite_context, scope, item["id"])
    assert {name: found[name] for name in seen["after"]} == pytest.approx(seen["after"])
    assert "distance_m" in seen["changes"]
    with sqlite_context.database.read() as reader:
        row = resolve(reader, scope, item["id"])
        samples = streams_json(reader, scope, row, ["heart_rate_bpm"], None)
        track = gpx_of(reader, scope, row)
    assert samples.count(b"null") == 0 and track.count(b"<trkpt") == 301
    again = listed(sqlite_context, scope)[0]
    assert again["distance_m"] == pytest.approx(900.0) and again["start"] > item["start"]


def test_tools_say_what_an_activity_can_have(sqlite_context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(sqlite_context, scope, decoders, {"1.fit": encode(golden.run(600)), "2.fit": encode(golden.pool_swim())})
    run, swim = (
        next(one["id"] for one in listed(sqlite_context, scope) if one["sport"] == sport)
        for sport in ("running", "swimming")
    )
    with sqlite_context.database.read() as reader:
        tools = {one["key"]: one for one in tools_of(reader, scope, run)["items"]}
        of_swim = {one["key"]: one for one in tools_of(reader, scope, swim)["items"]}
    assert list(tools) == ["crop", "split", "leave_out", "altitude", "pool_length", "laps"]
    assert tools["crop"]["suggested"] == {"start": 0.0, "end": 599.0}
    assert tools["pool_length"]["lacks"] == "No lengths of a pool were recorded."
    assert of_swim["pool_length"]["suggested"] == {"length_m": 25.0}
    with pytest.raises(Conflict, match="No lengths"):
        correct(sqlite_context, scope, row_id(sqlite_context, scope, run), "pool_length", {"length_m": 50})
    with pytest.raises(Conflict, match="change nothing"):
        correct(sqlite_context, scope, row_id(sqlite_context, scope, run), "crop", {"start": 0, "end": 599})
    viewer = Scope(scope.athlete_id, role="viewer")
    with pytest.raises(Forbidden), sqlite_context.database.read() as reader:
        tools_of(reader, viewer, run)


def test_a_corrected_activity_can_be_deleted_for_good(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    take_in(sqlite_context, scope, decoders, {"1.fit": encode(golden.run(600))})
    [item] = listed(sqlite_context, scope)
    number = row_id(sqlite_context, scope, item["id"])
    correct(sqlite_context, scope, number, "crop", CROP)
    assert corrected_rows(sqlite_context) == 1
    remove_for_good(sqlite_context, scope, number)
    assert corrected_rows(sqlite_context) == 0
