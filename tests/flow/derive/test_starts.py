"""When an activity began, as a person says: numbers, places in time and matching follow, and a rebuild agrees."""

from dataclasses import replace
from typing import Any

import pytest

from homestretch.errors import BadRequest
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.rederive import clear, rederive
from homestretch.flow.edit.edits import change, undo_last
from homestretch.flow.runtime.context import Context
from homestretch.formats import gpx
from homestretch.formats.fit.encode import encode
from homestretch.model.documents.activity import ActivityItem
from homestretch.store.scope import Scope
from homestretch.views.activities.activities import activity_list
from homestretch.views.lists.filters import Filter
from tests.flow.edit.test_merging import of_device, questions, settled
from tests.formats import golden
from tests.taking import codes, listed, row_id, shown, take_in

DAY_MS = 86_400_000


def start_of(context: Context, scope: Scope, item: str) -> Any:
    return shown(context, scope, item)["start"]


def test_a_start_set_by_hand_moves_all_of_the_activity_and_what_follows(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    """A watch with a lost date, and the phone that recorded the same run: once dated, they are one workout."""
    run = golden.run(600)
    lost = golden.run(600, golden.START_MS - 900 * DAY_MS)
    watch, phone = of_device(lost, "1", power_w=None), of_device(run, "2", heart_rate_bpm=None)
    take_in(sqlite_context, scope, decoders, {"watch.fit": encode(watch), "phone.fit": encode(phone)})
    before = settled(sqlite_context, scope, decoders)
    items = sorted(listed(sqlite_context, scope), key=lambda item: item["start"])
    assert len(items) == 2
    number = row_id(sqlite_context, scope, items[0]["id"])
    change(sqlite_context, scope, number, {"start": items[1]["start_local"]})
    after = settled(sqlite_context, scope, decoders)
    [item] = listed(sqlite_context, scope)
    found = shown(sqlite_context, scope, item["id"])
    assert found["start"] == items[1]["start"]
    assert {recording["start"] for recording in found["recordings"]} == {items[1]["start"]}
    assert [edit["value"] for edit in found["edits"]] == [items[1]["start"]]
    assert [lap["start_s"] for lap in found["laps"]] == [0.0, 300.0]
    assert found["pauses"][0]["start_s"] < 600
    assert questions(sqlite_context, scope) == []
    clear(sqlite_context)
    rederive(sqlite_context, scope.athlete_id, decoders)
    assert settled(sqlite_context, scope, decoders) == after
    undo_last(sqlite_context, scope, row_id(sqlite_context, scope, item["id"]))
    assert settled(sqlite_context, scope, decoders) == before
    assert len(listed(sqlite_context, scope)) == 2


def test_both_recordings_of_one_activity_move_together(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    run = golden.run(600)
    two = {"1.fit": encode(of_device(run, "1")), "2.fit": encode(replace(of_device(run, "2"), file_key="other"))}
    take_in(sqlite_context, scope, decoders, two)
    [item] = listed(sqlite_context, scope)
    number = row_id(sqlite_context, scope, item["id"])
    change(sqlite_context, scope, number, {"start": "2024-02-03T06:30:00Z"})
    [item] = listed(sqlite_context, scope)
    assert item["start"] == "2024-02-03T06:30:00Z"
    assert item["start_local"] == "2024-02-03T08:30:00+02:00", "winter, where the file was of a summer's day"
    change(sqlite_context, scope, number, {"start": None})
    assert start_of(sqlite_context, scope, item["id"]) == "2026-05-03T06:00:00Z"


@pytest.mark.parametrize("start", ["yesterday", "9999-01-01T00:00:00Z", "0001-01-01T00:00", 5])
def test_what_is_no_start_is_refused(sqlite_context: Context, scope: Scope, decoders: Decoders, start: Any) -> None:
    take_in(sqlite_context, scope, decoders, {"1.fit": encode(golden.run(60))})
    [item] = listed(sqlite_context, scope)
    with pytest.raises(BadRequest):
        change(sqlite_context, scope, row_id(sqlite_context, scope, item["id"]), {"start": start})


def test_what_is_dated_in_the_future_is_flagged_and_does_not_lead_the_list(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    far = 253_370_764_800_000  # 9999-01-01
    runs = [golden.run(60, at) for at in (far, golden.START_MS, golden.START_MS - DAY_MS, far + 86_400_000)]
    files = {f"{i}.fit": encode(replace(run, file_key=None)) for i, run in enumerate(runs[1:3])}
    files |= {f"{i}.gpx": gpx.encode(run) for i, run in ((0, runs[0]), (3, runs[3]))}
    take_in(sqlite_context, scope, decoders, files)
    pages, cursor = list[ActivityItem](), None
    while cursor is not None or not pages:
        with sqlite_context.database.read() as reader:
            found = activity_list(reader, scope, Filter(), "-start", 1, cursor)
        pages += found["items"]
        cursor = found["next"]
    assert [item["in_future"] for item in pages] == [False, False, True, True]
    assert pages[0]["start"] == "2026-05-03T06:00:00Z"
    assert "date_in_future" in codes(shown(sqlite_context, scope, pages[2]["id"])["recordings"][0])
