"""Segments: drawn or imported, timed on what is there and on what comes, deleted and brought back."""

import pytest
from sqlalchemy import select

from homestretch.errors import BadRequest, Forbidden, NotFound
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.places.segment_efforts import time_segments, untimed_athletes
from homestretch.flow.edit import edits, segments
from homestretch.flow.imports import batches
from homestretch.flow.runtime.context import Context
from homestretch.formats import gpx
from homestretch.formats.fit.encode import encode
from homestretch.model.documents.places import SegmentWhole
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import efforts
from homestretch.views.places.segments import efforts_of, segment_list, segment_whole
from tests.flow.courses import BLOCK, RIDE, ROAD, along, settled
from tests.taking import listed, row_id, take_in

PART = gpx.encode(along(((300.0, 33.3), (700.0, 77.8)), 0))
#: 1 m/s apart, so that the times are told apart: the part takes about 100, 80 and 134 s.
RUNS = {"a.fit": encode(along(ROAD, 0)), "b.fit": encode(along(ROAD, 1, 0.0, speed=5.0)),
        "c.fit": encode(along(ROAD, 2, 0.0, speed=3.0))}  # fmt: skip


def whole(context: Context, scope: Scope, segment: str) -> SegmentWhole:
    """Return a segment with its times."""
    with context.database.read() as reader:
        return segment_whole(reader, scope, segment)


def test_a_new_segment_is_timed_on_all_that_is_there(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, {**RUNS, "back.fit": encode(along(ROAD[::-1], 3))})
    settled(context, scope, decoders)
    made = segments.from_gpx(context, scope, PART, "part.gpx", "run")
    assert untimed_athletes(context) == [scope.athlete_id]
    assert whole(context, scope, made)["waiting"] == 4
    assert time_segments(context, scope.athlete_id) == 4
    assert untimed_athletes(context) == []
    found = whole(context, scope, made)
    assert [(e["rank"], e["day"]) for e in found["efforts"]] == [
        (2, "2026-05-03"),
        (1, "2026-05-04"),
        (3, "2026-05-05"),
    ]
    length = found["length_m"]
    for effort, speed in zip(found["efforts"], (4.0, 5.0, 3.0), strict=True):
        assert effort["elapsed_s"] == pytest.approx(length / speed, abs=0.6)
        assert effort["start_s"] == pytest.approx(300.0 / speed, rel=0.02)
        assert effort["avg_hr_bpm"] is not None and 120 <= effort["avg_hr_bpm"] <= 150


PLACES = [f'lat="{60.0 + n * 5e-4:.5f}" lon="25.0"' for n in range(12)]
TRACK = [f"<trkpt {place}/>" for place in PLACES]
ROUTE = [f"<rtept {place}><ele>3</ele></rtept>" for place in PLACES]
AT_ONCE = [f"<trkpt {place}><time>2026-05-03T08:00:00Z</time></trkpt>" for place in PLACES]
DRAWN = {
    "track": f"<trk><name>Drawn</name><trkseg>{''.join(TRACK)}</trkseg></trk>",
    "route": f"<rte><name>Drawn</name>{''.join(ROUTE)}</rte>",
    "two parts": "<trk><name>Drawn</name>"
    f"<trkseg>{''.join(TRACK[:5])}</trkseg><trkseg>{''.join(TRACK[5:])}</trkseg></trk>",
    "one time for all": f"<trk><name>Drawn</name><trkseg>{''.join(AT_ONCE)}</trkseg></trk>",
    "an empty track before": f"<trk><trkseg/></trk><rte><name>Drawn</name>{''.join(ROUTE)}</rte>",
    "a place that is none": f"<rte><name>Drawn</name><rtept lat='91' lon='25'/><rtept/>{''.join(ROUTE)}</rte>",
}


@pytest.mark.parametrize("how", DRAWN)
def test_a_line_without_times_is_a_segment(context: Context, scope: Scope, how: str) -> None:
    data = f'<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">{DRAWN[how]}</gpx>'
    found = whole(context, scope, segments.from_gpx(context, scope, data.encode(), "plan.gpx", "run"))
    assert (found["name"], found["origin"]) == ("Drawn", "file:plan.gpx")
    assert found["length_m"] == pytest.approx(11 * 5e-4 * 111_195.0, rel=1e-3)
    assert found["bbox"] == pytest.approx([25.0, 60.0, 25.0, 60.0055], abs=1e-6)


def test_waypoints_are_no_line(context: Context, scope: Scope) -> None:
    places = '<wpt lat="60" lon="25"/><wpt lat="60.1" lon="25"/><rte><rtept lat="1" lon="1"/></rte>'
    with pytest.raises(BadRequest):
        segments.from_gpx(context, scope, f'<gpx version="1.1">{places}</gpx>'.encode(), "plan.gpx", "run")


def test_what_comes_is_timed_on_the_segments_that_are_there(context: Context, scope: Scope, decoders: Decoders) -> None:
    made = segments.from_gpx(context, scope, PART, "part.gpx", "run", "Part")
    for number, (name, data) in enumerate(RUNS.items(), 1):
        take_in(context, scope, decoders, {name: data})
        assert time_segments(context, scope.athlete_id) == 1
        assert len(whole(context, scope, made)["efforts"]) == number
    with context.database.read() as reader:
        (told,) = segment_list(reader, scope)
    assert (told["name"], told["efforts"], told["last_day"]) == ("Part", 3, "2026-05-05")


def test_each_lap_counts(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, {"laps.fit": encode(along(BLOCK * 4, 0))})
    (activity,) = listed(context, scope)
    number = row_id(context, scope, activity["id"])
    made = segments.draw(context, scope, number, "Lap", 30.0, 230.0)
    settled(context, scope, decoders)
    found = whole(context, scope, made)
    assert len(found["efforts"]) == 4
    assert sorted(e["rank"] for e in found["efforts"]) == [1, 2, 3, 4]
    with context.database.read() as reader:
        assert [e["of"] for e in efforts_of(reader, scope, number)] == [4] * 4


def test_deleting_and_bringing_back_a_segment(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, RUNS)
    made = segments.from_gpx(context, scope, PART, "part.gpx", "run")
    other = segments.from_gpx(context, scope, PART, "part.gpx", "run", "Other")
    before = settled(context, scope, decoders)
    times = whole(context, scope, made)["efforts"]
    segments.remove(context, scope, made)
    with context.database.read() as reader:
        assert [one["id"] for one in segment_list(reader, scope)] == [other]
    segments.restore(context, scope, made)
    assert whole(context, scope, made)["efforts"] == []
    assert settled(context, scope, decoders) == before
    assert whole(context, scope, made)["efforts"] == times


def test_names_ranks_and_families(context: Context, scope: Scope, decoders: Decoders) -> None:
    ride = encode(along(ROAD, 5, 0.0, RIDE, 8.0))
    items = take_in(context, scope, decoders, {**RUNS, "ride.fit": ride})
    made = segments.from_gpx(context, scope, PART, "part.gpx", "run")
    settled(context, scope, decoders)
    segments.rename(context, scope, made, "  The   road ")
    assert whole(context, scope, made)["name"] == "The road"
    (activity,) = items["ride.fit"]["activities"]
    number = row_id(context, scope, activity)
    edits.change(context, scope, number, {"sport": "running"})
    settled(context, scope, decoders)
    assert [e["rank"] for e in whole(context, scope, made)["efforts"]] == [3, 2, 4, 1]
    edits.remove(context, scope, number)
    settled(context, scope, decoders)
    assert [e["rank"] for e in whole(context, scope, made)["efforts"]] == [2, 1, 3]
    batches.undo(context, scope, items["ride.fit"]["batch"])
    settled(context, scope, decoders)
    with context.database.read() as reader:
        assert reader.rows(select(efforts)) == []


def test_what_can_not_be_a_segment(context: Context, scope: Scope, decoders: Decoders) -> None:
    items = take_in(context, scope, decoders, {"a.fit": RUNS["a.fit"]})
    number = row_id(context, scope, items["a.fit"]["activities"][0])
    for name, start, end in (("short", 0.0, 10.0), ("none", 100.0, 50.0), (" ", 10.0, 200.0), ("x" * 201, 10.0, 200.0)):
        with pytest.raises(BadRequest):
            segments.draw(context, scope, number, name, start, end)
    with pytest.raises(BadRequest):
        segments.from_gpx(context, scope, PART, "part.gpx", "chess")
    with pytest.raises(BadRequest):
        segments.from_gpx(context, scope, b"nothing", "part.gpx", "run")
    viewer = Scope(scope.athlete_id, 7, "viewer")
    with pytest.raises(Forbidden):
        segments.draw(context, viewer, number, "Mine", 10.0, 200.0)
    stranger = Scope(scope.athlete_id + 1)
    made = segments.from_gpx(context, scope, PART, "part.gpx", "run")
    for act in (segments.remove, segments.restore):
        with pytest.raises(NotFound):
            act(context, stranger, made)
