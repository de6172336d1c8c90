"""Trips as recordings, with every quirk of their track points; and what is no trip."""

import json
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.model.recording import Decoded, Recording
from homestretch.model.sport import Sport
from homestretch.sources.ridewithgps._sports import sport_of
from homestretch.sources.ridewithgps.decode import decode, recording
from tests.fakes.ridewithgps import trip

START = datetime(2026, 11, 19, 15, tzinfo=UTC)
START_MS = int(START.timestamp()) * 1000


def read(**more: Any) -> Decoded:
    return recording(json.dumps({"trip": trip(5, START, **more)}).encode())


def one(**more: Any) -> Recording:
    [found] = read(**more).recordings
    return found


def values(found: Recording, key: str) -> list[float]:
    there = found.values(key)
    assert there is not None
    return [float(value) for value in there]


def test_a_trip_is_a_recording() -> None:
    found = one()
    assert read().format == "ridewithgps" and read().kind == "activity" and read().notes == ()
    assert found.time_ms.tolist() == [START_MS + 1000 * k for k in range(60)]
    assert values(found, "latitude")[0] == 60.17 and values(found, "longitude") == [24.94] * 60, "x is the longitude"
    assert values(found, "speed_mps") == pytest.approx([5.0] * 60), "18 km/h"
    assert found.channels["speed_mps"].unit == "m/s" and found.channels["power_w"].raw.dtype == np.int32
    for key, value in (("heart_rate_bpm", 140), ("cadence_rpm", 88), ("power_w", 210), ("temperature_c", 14)):
        assert values(found, key) == [value] * 60
    assert values(found, "altitude_m")[0] == 12.4 and values(found, "distance_m")[-1] == 295.0
    assert found.sport == Sport("cycling", "gravel_cycling") and found.name == "Ride 5" and found.description is None
    assert [device.product for device in found.devices] == ["Garmin Edge 540"]
    assert found.laps == () and found.pauses == ()


def test_totals_are_in_si_and_what_is_null_is_not_there() -> None:
    found = one(avg_hr=0, calories=None, max_speed=49.32).totals
    assert found["max_speed_mps"] == pytest.approx(13.7) and found["avg_speed_mps"] == 5.0
    assert found["total_distance_m"] == 295.0 and found["total_elapsed_time_s"] == 59.0
    assert not found.keys() & {"avg_heart_rate_bpm", "total_calories_kcal"}


def test_the_wall_clock_is_that_of_the_trip() -> None:
    found = one(zone="America/Los_Angeles").start
    assert found.utc_ms == START_MS and found.offset_s == -8 * 3600 and found.zone == "America/Los_Angeles"
    bare = one(departed_at="2026-11-19T15:00:00Z", time_zone=None).start
    assert (bare.utc_ms, bare.offset_s, bare.zone, bare.zone_source) == (START_MS, None, None, "none")
    odd = one(time_zone="Nowhere/Land").start
    assert (odd.offset_s, odd.zone) == (7200, None)


def test_what_a_sensor_did_not_tell_is_missing() -> None:
    points = trip(5, START, points=3)["track_points"]
    del points[1]["h"], points[0]["p"], points[1]["p"], points[2]["p"]
    points[2]["h"] = None
    found = one(track_points=points)
    heart = found.values("heart_rate_bpm")
    assert heart is not None and np.isnan(heart).tolist() == [False, True, True] and "power_w" not in found.channels


def test_indoors_there_are_no_places() -> None:
    points = [{name: value for name, value in point.items() if name not in "xyed"}
              for point in trip(5, START, points=4)["track_points"]]  # fmt: skip
    found = one(track_points=points, is_stationary=True, activity_type="cycling:generic", fit_sub_sport=0)
    assert not found.channels.keys() & {"latitude", "longitude", "altitude_m"} and len(found.time_ms) == 4
    assert found.sport == Sport("cycling", "indoor_cycling")


def test_laps_begin_where_a_point_says_so() -> None:
    points = trip(5, START, points=10)["track_points"]
    points[0]["lap"] = points[4]["lap"] = points[7]["lap"] = True
    laps = one(track_points=points).laps
    assert [(lap.start_ms - START_MS, lap.end_ms - START_MS) for lap in laps] == [(0, 4000), (4000, 7000), (7000, 9000)]
    assert [lap.distance_m for lap in laps] == [20.0, 15.0, 10.0]


def test_what_its_rider_took_out_is_a_pause() -> None:
    points = trip(5, START, points=10)["track_points"]
    for point in points[3:6]:
        point["k"] = True
    found = read(track_points=points)
    [recorded] = found.recordings
    assert len(recorded.time_ms) == 7 and found.contents == {"excluded_points": 3}
    assert [(p.start_ms - START_MS, p.end_ms - START_MS) for p in recorded.pauses] == [(2000, 6000)]


def test_points_without_a_time_are_counted_and_left_out() -> None:
    points = trip(5, START, points=5)["track_points"]
    del points[2]["t"]
    points[3]["t"] = "soon"
    found = read(track_points=[*points, "nonsense", None])
    assert len(found.recordings[0].time_ms) == 3
    assert found.notes == ("untimed_points",) and found.contents == {"untimed_points": 2}


def test_a_trip_without_a_track_has_its_totals() -> None:
    found = one(track_points=[], points=61)
    assert len(found.time_ms) == 0 and found.end_ms - found.start.utc_ms == 60_000 and found.start.utc_ms == START_MS
    for lost in ({"departed_at": None}, {"duration": None, "moving_time": None}, {"departed_at": "yesterday"}):
        nothing = read(track_points=None, **lost)
        assert nothing.recordings == () and nothing.notes == ("no_time",)


@pytest.mark.parametrize(
    ("told", "sport"),
    [
        ({"activity_type": "e_biking:mountain"}, Sport("e_biking", "e_bike_mountain")),
        ({"activity_type": "walking:hiking"}, Sport("hiking")),
        ({"activity_type": "cycling:generic", "fit_sport": 2, "fit_sub_sport": 7}, Sport("cycling", "road")),
        ({"activity_type": "cycling:generic", "fit_sport": 1, "fit_sub_sport": 3}, Sport("cycling")),
        ({"activity_type": "other:generic", "fit_sport": 15, "fit_sub_sport": 14}, Sport("rowing", "indoor_rowing")),
        ({"activity_type": "snow:generic", "fit_sport": 13}, Sport("alpine_skiing")),
        ({"activity_type": "new:thing"}, Sport()),
        ({"fit_sport": True}, Sport()),
        ({}, Sport()),
    ],
)
def test_sports(told: dict[str, Any], sport: Sport) -> None:
    assert sport_of(told) == sport


def test_a_trip_names_its_gear_and_the_list_of_gear_all() -> None:
    listed = decode("activities", json.dumps({"trips": [trip(5, START, gear=None), {"id": None}, 3]}).encode())
    assert [(t.key, t.name, t.gear) for t in listed.titles] == [("5", "Ride 5", None)]
    (found,) = recording(json.dumps({"trip": trip(5, START, name=" ", description="Wet")}).encode()).recordings
    assert (found.name, found.description, found.gear, found.gear_name) == (None, "Wet", "3", "Make Model")
    (bare,) = recording(json.dumps({"trip": trip(5, START, gear=None)}).encode()).recordings
    assert (bare.gear, bare.gear_name) == (None, None)
    told = decode("gear", b'{"results": [{"id": 3, "make": "Make", "model": "Model"}, {"id": null}, 7]}').gear
    assert [(one.key, one.name, one.distance_m) for one in told] == [("3", "Make Model", None)]
    assert decode("gear", b'{"results": 3}').gear == decode("gear", b"3").gear == ()
    assert decode("activities", b"{").notes == ("unreadable",) and decode("sleep", b"{}").notes == ("unknown_kind",)


_JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(
    changes=st.dictionaries(st.sampled_from(sorted(trip(1, START))), _JSON, max_size=4),
    point=st.dictionaries(st.sampled_from(["x", "y", "e", "d", "t", "s", "h", "lap", "k", "pb"]), _JSON),
)
def test_any_trip_is_read_without_fear(changes: dict[str, Any], point: dict[str, Any]) -> None:
    told = trip(1, START, points=3)
    told["track_points"].insert(1, point)
    found = recording(json.dumps({"trip": told | changes}).encode())
    assert found.format == "ridewithgps" and len(found.recordings) <= 1
    for recorded in found.recordings:
        assert all(len(channel) == len(recorded.time_ms) for channel in recorded.channels.values())
        assert all(pause.end_ms > pause.start_ms for pause in recorded.pauses)


@given(st.binary())
def test_any_bytes_are_read_without_fear(data: bytes) -> None:
    assert recording(data).recordings == ()
