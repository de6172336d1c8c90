"""Segments: drawn or imported, timed on what is there and on what comes, deleted and brought back."""

from typing import Any

import pytest
from sqlalchemy import select

from homestretch.errors import BadRequest, Forbidden, NotFound
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.places.segment_efforts import time_segments, untimed_athletes
from homestretch.flow.edit import edits, segments
from homestretch.flow.imports import batches
from homestretch.flow.runtime.context import World
from homestretch.formats import gpx
from homestretch.formats.fit.encode import encode
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import efforts
from homestretch.views.places.segments import efforts_of, segment_list, segment_whole
from tests.flow.courses import BLOCK, RIDE, ROAD, along, settled
from tests.taking import listed, row_id, take_in

PART = gpx.encode(along(((300.0, 33.3), (700.0, 77.8)), 0))
#: 1 m/s apart, so that the times are told apart: the part takes about 100, 80 and 134 s.
RUNS = {"a.fit": encode(along(ROAD, 0)), "b.fit": encode(along(ROAD, 1, 0.0, speed=5.0)),
        "c.fit": encode(along(ROAD, 2, 0.0, speed=3.0))}  # fmt: skip


def whole(world: World, scope: Scope, segment: str) -> dict[str, Any]:
    """Return a segment with its times."""
    with world.database.read() as reader:
        return segment_whole(reader, scope, segment)


def test_a_new_segment_is_timed_on_all_that_is_there(world: World, scope: Scope, decoders: Decoders) -> None:
    take_in(world, scope, decoders, {**RUNS, "back.fit": encode(along(ROAD[::-1], 3))})
    settled(world, scope, decoders)
    made = segments.from_gpx(world, scope, PART, "part.gpx", "run")
    assert untimed_athletes(world) == [scope.athlete_id]
    assert whole(world, scope, made)["waiting"] == 4
    assert time_segments(world, scope.athlete_id) == 4
    assert untimed_athletes(world) == []
    found = whole(world, scope, made)
    assert [(e["rank"], e["day"]) for e in found["efforts"]] == [
        (2, "2026-05-03"),
        (1, "2026-05-04"),
        (3, "2026-05-05"),
    ]
    length = found["length_m"]
    for effort, speed in zip(found["efforts"], (4.0, 5.0, 3.0), strict=True):
        assert effort["elapsed_s"] == pytest.approx(length / speed, abs=0.6)
        assert effort["start_s"] == pytest.approx(300.0 / speed, rel=0.02)
        assert 120 <= effort["avg_hr_bpm"] <= 150


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
def test_a_line_without_times_is_a_segment(world: World, scope: Scope, how: str) -> None:
    data = f'<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">{DRAWN[how]}</gpx>'
    found = whole(world, scope, segments.from_gpx(world, scope, data.encode(), "plan.gpx", "run"))
    assert (found["name"], found["origin"]) == ("Drawn", "file:plan.gpx")
    assert found["length_m"] == pytest.approx(11 * 5e-4 * 111_195.0, rel=1e-3)
    assert found["bbox"] == pytest.approx([25.0, 60.0, 25.0, 60.0055], abs=1e-6)


def test_waypoints_are_no_line(world: World, scope: Scope) -> None:
    places = '<wpt lat="60" lon="25"/><wpt lat="60.1" lon="25"/><rte><rtept lat="1" lon="1"/></rte>'
    with pytest.raises(BadRequest):
        segments.from_gpx(world, scope, f'<gpx version="1.1">{places}</gpx>'.encode(), "plan.gpx", "run")


def test_what_comes_is_timed_on_the_segments_that_are_there(world: World, scope: Scope, decoders: Decoders) -> None:
    made = segments.from_gpx(world, scope, PART, "part.gpx", "run", "Part")
    for number, (name, data) in enumerate(RUNS.items(), 1):
        take_in(world, scope, decoders, {name: data})
        assert time_segments(world, scope.athlete_id) == 1
        assert len(whole(world, scope, made)["efforts"]) == number
    with world.database.read() as reader:
        (told,) = segment_list(reader, scope)
    assert (told["name"], told["efforts"], told["last_day"]) == ("Part", 3, "2026-05-05")


def test_each_lap_counts(world: World, scope: Scope, decoders: Decoders) -> None:
    take_in(world, scope, decoders, {"laps.fit": encode(along(BLOCK * 4, 0))})
    (activity,) = listed(world, scope)
    number = row_id(world, scope, activity["id"])
    made = segments.draw(world, scope, number, "Lap", 30.0, 230.0)
    settled(world, scope, decoders)
    found = whole(world, scope, made)
    assert len(found["efforts"]) == 4
    assert sorted(e["rank"] for e in found["efforts"]) == [1, 2, 3, 4]
    with world.database.read() as reader:
        assert [e["of"] for e in efforts_of(reader, scope, number)] == [4] * 4


def test_deleting_and_bringing_back_a_segment(world: World, scope: Scope, decoders: Decoders) -> None:
    take_in(world, scope, decoders, RUNS)
    made = segments.from_gpx(world, scope, PART, "part.gpx", "run")
    other = segments.from_gpx(world, scope, PART, "part.gpx", "run", "Other")
    before = settled(world, scope, decoders)
    times = whole(world, scope, made)["efforts"]
    segments.remove(world, scope, made)
    with world.database.read() as reader:
        assert [one["id"] for one in segment_list(reader, scope)] == [other]
    segments.bring_back(world, scope, made)
    assert whole(world, scope, made)["efforts"] == []
    assert settled(world, scope, decoders) == before
    assert whole(world, scope, made)["efforts"] == times


def test_names_ranks_and_families(world: World, scope: Scope, decoders: Decoders) -> None:
    ride = encode(along(ROAD, 5, 0.0, RIDE, 8.0))
    items = take_in(world, scope, decoders, {**RUNS, "ride.fit": ride})
    made = segments.from_gpx(world, scope, PART, "part.gpx", "run")
    settled(world, scope, decoders)
    segments.rename(world, scope, made, "  The   road ")
    assert whole(world, scope, made)["name"] == "The road"
    (activity,) = items["ride.fit"]["activities"]
    number = row_id(world, scope, activity)
    edits.change(world, scope, number, {"sport": "running"})
    settled(world, scope, decoders)
    assert [e["rank"] for e in whole(world, scope, made)["efforts"]] == [3, 2, 4, 1]
    edits.remove(world, scope, number)
    settled(world, scope, decoders)
    assert [e["rank"] for e in whole(world, scope, made)["efforts"]] == [2, 1, 3]
    batches.undo(world, scope, items["ride.fit"]["batch"])
    settled(world, scope, decoders)
    with world.database.read() as reader:
        assert reader.rows(select(efforts)) == []


def test_what_can_not_be_a_segment(world: World, scope: Scope, decoders: Decoders) -> None:
    items = take_in(world, scope, decoders, {"a.fit": RUNS["a.fit"]})
    number = row_id(world, scope, items["a.fit"]["activities"][0])
    for name, start, end in (("short", 0.0, 10.0), ("none", 100.0, 50.0), (" ", 10.0, 200.0), ("x" * 201, 10.0, 200.0)):
        with pytest.raises(BadRequest):
            segments.draw(world, scope, number, name, start, end)
    with pytest.raises(BadRequest):
        segments.from_gpx(world, scope, PART, "part.gpx", "chess")
    with pytest.raises(BadRequest):
        segments.from_gpx(world, scope, b"nothing", "part.gpx", "run")
    viewer = Scope(scope.athlete_id, 7, "viewer")
    with pytest.raises(Forbidden):
        segments.draw(world, viewer, number, "Mine", 10.0, 200.0)
    stranger = Scope(scope.athlete_id + 1)
    made = segments.from_gpx(world, scope, PART, "part.gpx", "run")
    for act in (segments.remove, segments.bring_back):
        with pytest.raises(NotFound):
            act(world, stranger, made)
