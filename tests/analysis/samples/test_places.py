"""Which places are believed: groups out of reach, half-written ones, and what may look like them and is true."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.analysis.activity.summary import Summary, summarise
from homestretch.analysis.samples.places import places_of
from homestretch.analysis.samples.samples import samples
from homestretch.model.sport import Sport
from tests.analysis.made import northward, recording

WAY_M = 3.0 * 299


def run(**more: Any) -> tuple[Any, Any]:
    """Return the degrees of a run straight north at 3 m/s, a point a second."""
    return northward(3.0 * np.arange(300)), np.full(300, -30.0)


def summary_of(latitude: Any, longitude: Any, sport: str = "running", **channels: Any) -> Summary:
    made = recording(np.arange(len(latitude)), {"latitude": latitude, "longitude": longitude, **channels}, sport)
    return summarise(made)


@pytest.mark.parametrize("at", [0, 100, 295])
def test_five_places_far_away_are_left_out(at: int) -> None:
    latitude, longitude = run()
    latitude[at : at + 5] += 8.0
    found = summary_of(latitude, longitude)
    assert found.distance_m == pytest.approx(WAY_M, abs=16)
    assert found.flags == ("places_dropped:5",)
    assert found.bbox is not None and found.bbox[2] < 51.0
    assert found.avg_speed_mps is not None and found.max_speed_mps is not None
    assert found.avg_speed_mps <= found.max_speed_mps < 3.5


@pytest.mark.parametrize("where", [slice(0, 120), slice(40, 48), slice(3, 300, 40)])
def test_places_with_one_coordinate_of_zero_are_half_written(where: slice) -> None:
    for half in (0, 1):
        degrees = run()
        degrees[half][where] = 0.0
        found = summary_of(*degrees)
        assert found.distance_m == pytest.approx(WAY_M, abs=3.0 * 121)
        assert any(flag.startswith("places_dropped") for flag in found.flags)


def test_greenwich_and_the_equator_are_places() -> None:
    found = summary_of(run()[0], np.zeros(300))
    assert found.distance_m == pytest.approx(WAY_M)
    assert found.flags == ()


def test_a_group_too_large_to_be_an_error_stays_and_the_jump_to_it_is_no_way() -> None:
    latitude, longitude = run()
    latitude[150:] += 1.0
    found = summary_of(latitude, longitude)
    assert found.flags == ("places_jump:1",)
    assert found.distance_m == pytest.approx(WAY_M, abs=4)


def test_a_place_that_stood_still_under_water_catches_up_in_one_step() -> None:
    metres = np.concatenate((np.zeros(500), np.full(500, 450.0)))
    found = places_of(np.arange(1000.0), northward(metres), np.full(1000, 14.0), Sport("swimming"))
    assert found is not None
    assert found.step_m.sum() == pytest.approx(450) and found.dropped == found.jumps == 0


def test_what_the_device_counted_over_a_leap_is_no_way_either() -> None:
    counted = 3.0 * np.arange(300)
    counted[100:] += 1_780_000.0
    found = summary_of(*run(), distance_m=counted)
    assert found.distance_m == pytest.approx(WAY_M, abs=4)


@settings(max_examples=120, deadline=None)
@given(
    st.integers(0, 299), st.integers(1, 25), st.floats(-80, 80), st.floats(-170, 170),
    st.sampled_from(["running", "cycling", "swimming", "hiking"]),
)  # fmt: skip
def test_any_group_of_outliers_leaves_way_and_speed_as_they_were(
    at: int, count: int, north: float, east: float, sport: str
) -> None:
    latitude, longitude = run()
    latitude[at : at + count] = np.clip(latitude[at : at + count] + north, -90, 90)
    longitude[at : at + count] += east
    found = summary_of(latitude, longitude, sport)
    near = 5_000.0 if abs(north) < 0.05 and abs(east) < 0.05 else 0.0  # what can be reached may be true
    assert found.distance_m is not None and found.avg_speed_mps is not None and found.max_speed_mps is not None
    assert 0.8 * WAY_M <= found.distance_m <= WAY_M + 2 * 200 + 60 * 26 * 2 * bool(near) + near
    assert found.avg_speed_mps <= found.max_speed_mps


def test_what_is_clean_is_not_touched() -> None:
    latitude, longitude = run()
    made = recording(np.arange(300), {"latitude": latitude, "longitude": longitude}, "running")
    cleaned = samples(made)
    assert cleaned.places is not None and cleaned.notes == ()
    np.testing.assert_array_equal(cleaned.values("latitude"), latitude)
    np.testing.assert_array_equal(cleaned.places.at, np.arange(300))


def test_an_altitude_of_zero_beside_a_mountain_was_not_known() -> None:
    height = 400.0 + 10.0 * np.sin(np.arange(900) / 60)
    latitude, longitude = northward(3.0 * np.arange(900)), np.full(900, 14.0)
    whole = summary_of(latitude, longitude, altitude_m=height)
    holed = np.where(np.arange(900) % 3 == 0, 0.0, height)
    found = summary_of(latitude, longitude, altitude_m=holed)
    assert found.ascent_m == pytest.approx(whole.ascent_m, abs=0.5)
    assert found.min_altitude_m == pytest.approx(390, abs=0.1)
    first = np.where(np.arange(900) < 30, 0.0, height)
    assert summary_of(latitude, longitude, altitude_m=first).min_altitude_m == pytest.approx(390, abs=0.1)
    stretch = np.where((np.arange(900) > 300) & (np.arange(900) < 390), 0.0, height)
    assert summary_of(latitude, longitude, altitude_m=stretch).min_altitude_m == pytest.approx(390, abs=0.1)
    coast = np.abs(3.0 * np.sin(np.arange(900) / 60)).round()
    assert summary_of(latitude, longitude, altitude_m=coast).min_altitude_m == 0.0


def test_the_noise_of_satellites_is_not_climbed() -> None:
    rng = np.random.default_rng(7)
    t = np.arange(3600)
    noise = np.zeros(3600)
    steps = rng.normal(0, 5.0 * np.sqrt(1 - np.exp(-2 / 60)), 3600)
    for i in t[1:]:
        noise[i] = np.exp(-1 / 60) * noise[i - 1] + steps[i]
    flat = 100 + 6 * np.sin(t / 3600 * 2 * np.pi) + noise
    hilly = 100 + 40 * np.abs(((t / 300) % 2) - 1) + noise
    latitude, longitude = northward(3.0 * t), np.full(3600, 14.0)
    assert (summary_of(latitude, longitude, altitude_m=flat).ascent_m or 0.0) < 80
    assert summary_of(latitude, longitude, altitude_m=hilly).ascent_m == pytest.approx(240, rel=0.12)
