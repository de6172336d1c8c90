"""Splitting an activity: two that add up to the whole, kept by a rebuild and by what comes later, joined by undoing."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from homestretch.errors import BadRequest, Conflict
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.rederive import clear, rederive
from homestretch.flow.edit.corrections import correct
from homestretch.flow.edit.edits import change, remove, remove_for_good, restore, set_undone
from homestretch.flow.edit.merging import join
from homestretch.flow.maintenance.recovery import recover
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.store.scope import Scope
from homestretch.views.activities.activity import original_of, resolve
from homestretch.views.activities.corrections import preview_of, tools_of
from homestretch.views.activities.export import gpx_of
from homestretch.views.system.consistency import dead_addresses
from tests.flow.edit.test_merging import of_device, settled
from tests.formats import golden
from tests.taking import listed, row_id, shown, take_in

SPLIT = {"at": 400, "sport": "running", "rest_sport": "cycling"}


def taken_in(context: Context, scope: Scope, decoders: Decoders) -> str:
    """Take in one recording, and return the address of its activity."""
    take_in(context, scope, decoders, {"1.fit": encode(of_device(golden.run(600), "1"))})
    [item] = listed(context, scope)
    return str(item["id"])


def split(context: Context, scope: Scope, address: str, **values: Any) -> int:
    return correct(context, scope, row_id(context, scope, address), "split", {**SPLIT, **values})


def rebuilt(context: Context, scope: Scope, decoders: Decoders) -> str:
    clear(context)
    rederive(context, scope.athlete_id, decoders)
    return settled(context, scope, decoders)


def test_the_parts_add_up_to_the_whole_and_joining_them_brings_it_back(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    address = taken_in(sqlite_context, scope, decoders)
    before = settled(sqlite_context, scope, decoders)
    whole: Any = shown(sqlite_context, scope, address)
    edit = split(sqlite_context, scope, address)
    first, second = listed(sqlite_context, scope)
    assert first["id"] == address, "the first part keeps the address"
    assert (first["sport"], second["sport"], second["name"]) == ("running", "cycling", "Morning Ride")
    assert (first["elapsed_s"], second["elapsed_s"]) == (399.0, 199.0)
    gap_m, before_m = 3.0, 3.0  # the device counted what it went before its first sample
    assert first["distance_m"] + second["distance_m"] + gap_m == pytest.approx(whole["distance_m"] - before_m, abs=0.1)
    page: Any = shown(sqlite_context, scope, second["id"])
    assert page["split_from"] == {"id": address, "name": first["name"], "sport": "running", "edit": str(edit)}
    assert [one["id"] for one in shown(sqlite_context, scope, address)["parts"]] == [second["id"]]
    assert page["edits"] == [] and page["laps"][0]["start_s"] == 0.0
    after = settled(sqlite_context, scope, decoders)
    assert rebuilt(sqlite_context, scope, decoders) == after
    set_undone(sqlite_context, scope, edit, "undo")
    assert settled(sqlite_context, scope, decoders) == before
    assert shown(sqlite_context, scope, second["id"])["id"] == address, "its address leads to the whole"


def test_it_is_suggested_where_the_pace_changes_with_sports_that_fit(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    run = golden.run(600)
    speed = np.where(np.arange(600) < 390, 8.0, 3.0)
    far = np.cumsum(speed)
    mixed = golden.channels({"speed_mps": speed, "distance_m": far, "latitude": 60 + far / 111_195})
    take_in(sqlite_context, scope, decoders, {"1.fit": encode(replace(run, channels={**run.channels, **mixed}))})
    [item] = listed(sqlite_context, scope)
    with sqlite_context.database.read() as reader:
        tool = next(one for one in tools_of(reader, scope, item["id"])["items"] if one["key"] == "split")
        values = tool["suggested"]
        seen: Any = preview_of(reader, scope, item["id"], "split", values)
    assert values == {"at": 390.0, "sport": "cycling", "rest_sport": "running"}
    assert [one["name"] for one in tool["fields"][0]["choices"]] == ["Change of speed"]
    assert {"running", "cycling"} <= {one["key"] for one in tool["fields"][1]["choices"]}
    assert (seen["after"]["elapsed_s"], seen["rest"]["elapsed_s"]) == (389.0, 209.0)
    assert len(listed(sqlite_context, scope)) == 1, "a preview saves nothing"


def test_what_is_said_of_the_second_part_comes_back_when_it_is_split_there_again(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    address = taken_in(sqlite_context, scope, decoders)
    edit = split(sqlite_context, scope, address)
    [second] = shown(sqlite_context, scope, address)["parts"]
    number = row_id(sqlite_context, scope, second["id"])
    change(sqlite_context, scope, number, {"name": "Home", "tags": ["commute"], "rpe": 3})
    correct(sqlite_context, scope, number, "crop", {"start": 0, "end": 100})
    assert rebuilt(sqlite_context, scope, decoders) == settled(sqlite_context, scope, decoders)
    set_undone(sqlite_context, scope, edit, "undo")
    [item] = listed(sqlite_context, scope)
    assert (item["tags"], item["rpe"]) == ([], None)
    split(sqlite_context, scope, address, rest_sport="walking")
    again = shown(sqlite_context, scope, second["id"])
    assert (again["id"], again["name"], again["tags"], again["sport"]) == (second["id"], "Home", ["commute"], "walking")
    assert again["elapsed_s"] == 100.0


def test_corrections_before_are_of_both_and_those_after_of_one(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    address = taken_in(sqlite_context, scope, decoders)
    number = row_id(sqlite_context, scope, address)
    crop = correct(sqlite_context, scope, number, "crop", {"start": 100, "end": 500})
    split(sqlite_context, scope, address, at=200)
    correct(sqlite_context, scope, number, "crop", {"start": 50, "end": 150})
    change(sqlite_context, scope, number, {"start": "2024-02-03T06:30:00Z"})
    first, second = listed(sqlite_context, scope)
    assert (first["start"], first["elapsed_s"]) == ("2024-02-03T06:30:00Z", 100.0)
    assert (second["start"], second["elapsed_s"]) == ("2024-02-03T06:32:30Z", 200.0), "it moves along"
    after = settled(sqlite_context, scope, decoders)
    assert rebuilt(sqlite_context, scope, decoders) == after
    set_undone(sqlite_context, scope, crop, "undo")
    first, second = listed(sqlite_context, scope)
    assert (first["elapsed_s"], second["elapsed_s"]) == (100.0, 299.0)
    with pytest.raises(BadRequest, match="Change the start of the first part"):
        change(sqlite_context, scope, row_id(sqlite_context, scope, second["id"]), {"start": "2024-02-03T06:30:00Z"})


def test_a_recording_that_comes_later_and_the_same_file_again_leave_it_split(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    address = taken_in(sqlite_context, scope, decoders)
    split(sqlite_context, scope, address)
    split(sqlite_context, scope, listed(sqlite_context, scope)[1]["id"], at=100, rest_sport="walking")
    run = golden.run(600)
    more = {"1.fit": encode(of_device(run, "1")), "2.fit": encode(of_device(run, "2", power_w=None))}
    take_in(sqlite_context, scope, decoders, more)
    items = listed(sqlite_context, scope)
    assert [item["sport"] for item in items] == ["running", "running", "walking"]
    assert len(items) == 3 and {len(shown(sqlite_context, scope, one["id"])["recordings"]) for one in items} == {2}
    after = settled(sqlite_context, scope, decoders)
    recover(sqlite_context)
    assert settled(sqlite_context, scope, decoders) == after
    assert rebuilt(sqlite_context, scope, decoders) == after
    with sqlite_context.database.read() as reader:
        assert dead_addresses(reader) == []


def test_one_part_goes_without_the_other_and_files_go_only_with_all(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    address = taken_in(sqlite_context, scope, decoders)
    split(sqlite_context, scope, address)
    second = listed(sqlite_context, scope)[1]["id"]
    first_number, number = (row_id(sqlite_context, scope, one) for one in (address, second))
    remove(sqlite_context, scope, first_number)
    assert [item["id"] for item in listed(sqlite_context, scope)] == [second]
    restore(sqlite_context, scope, first_number)
    for one in (first_number, number):
        with pytest.raises(Conflict, match="It was split"):
            remove_for_good(sqlite_context, scope, one)
    with pytest.raises(Conflict, match="on the page of its first part"):
        join(sqlite_context, scope, number, first_number)
    with pytest.raises(Conflict, match="would change nothing"):
        split(sqlite_context, scope, address, at=9000)


def test_samples_and_files_are_those_of_the_part_and_the_original_is_the_whole(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    address = taken_in(sqlite_context, scope, decoders)
    split(sqlite_context, scope, address)
    second = listed(sqlite_context, scope)[1]["id"]
    with sqlite_context.database.read() as reader:
        rows = [resolve(reader, scope, one) for one in (address, second)]
        points = [gpx_of(reader, scope, row).count(b"<trkpt") for row in rows]
        originals = {original_of(reader, scope, one, None) for one in (address, second)}
    assert points == [400, 200] and len(originals) == 1
