"""Estimates: positive, longer for the heavier on climbs, additive over cuts, and quick enough."""

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.coach.routes.estimate import Pace, estimate
from homestretch.coach.routes.gears import Gear, gear_for
from homestretch.coach.routes.ground import ground_of
from homestretch.coach.routes.physics import Rider
from homestretch.coach.routes.sections import sections
from homestretch.model.channel import Floats
from tests.coach.routes.lines import climb, loop, straight

PACE = Pace("ride", ftp_w=250.0, cp_w=245.0, w_prime_j=18_000.0)
CLIMB = ground_of(climb(6000.0, 0.07, 0.0, 0.0))
LOOP = ground_of(loop(4000, 60.0))


def total(ground_heights: Floats, pace: Pace) -> float:
    ground = ground_of(straight(ground_heights))
    found = estimate(ground, sections(ground), pace)
    assert found is not None
    return found.total_s


@settings(max_examples=40, deadline=None)
@given(mass=st.floats(50.0, 150.0), more=st.floats(0.5, 40.0))
def test_a_heavier_rider_takes_longer_on_a_climb(mass: float, more: float) -> None:
    parts = sections(CLIMB)
    light, heavy = (estimate(CLIMB, parts, replace(PACE, rider=Rider(kg, 0.35, 0.005))) for kg in (mass, mass + more))
    assert light is not None and heavy is not None
    assert 0.0 < light.total_s < heavy.total_s


@settings(max_examples=30, deadline=None)
@given(
    heights=st.lists(st.floats(0.0, 3000.0), min_size=2, max_size=60), sport=st.sampled_from(["ride", "run", "hike"])
)
def test_every_time_is_positive_and_sections_add_up(heights: list[float], sport: str) -> None:
    ground = ground_of(straight(np.array(heights), step_m=90.0))
    pace = Pace("ride" if sport == "ride" else "run" if sport == "run" else "hike", ftp_w=250.0, threshold_mps=4.0)
    found = estimate(ground, sections(ground), pace)
    assert found is not None and all(one.seconds > 0.0 for one in found.times)
    assert (np.diff(found.seconds) > 0.0).all()
    assert sum(one.seconds for one in found.times) == pytest.approx(found.total_s)


def test_the_climb_takes_what_the_model_says() -> None:
    (only,) = sections(CLIMB)
    found = estimate(CLIMB, [only], replace(PACE, rider=Rider(85.0, 0.32, 0.005), intensity=1.0))
    assert found is not None and found.times[0].power_w == pytest.approx(245.0, abs=2.0)  # W′ would not last: CP
    assert found.total_s == pytest.approx(6000.0 / (13.2 / 3.6), rel=0.05)


def test_power_follows_from_how_long_a_climb_takes() -> None:
    short, long = (ground_of(climb(length, 0.08, 0.0, 0.0)) for length in (2500.0, 8000.0))
    powers = []
    for ground in (short, long):
        found = estimate(ground, sections(ground), PACE)
        assert found is not None and found.times[0].power_w is not None
        powers.append(found.times[0].power_w)
    assert powers == [pytest.approx(250 * 0.95 * 1.05, rel=0.02), pytest.approx(250 * 0.88 * 1.05, rel=0.02)]


def test_wind_slows_the_way_into_it_and_quickens_the_way_back() -> None:
    flat = np.full(600, 100.0)
    still, against, behind = (
        total(flat, replace(PACE, wind_mps=wind, wind_from=of)) for wind, of in ((0.0, 0.0), (5.0, 0.0), (5.0, np.pi))
    )
    assert behind < still < against


def test_bends_slow_a_descent() -> None:
    line = loop(3000, 3.0, hills=1)
    wide = loop(3000, 30.0, hills=1)
    speeds = []
    for one in (line, wide):
        ground = ground_of(replace(one, altitude_m=np.linspace(900.0, 500.0, 3000) * (ground_of(one).length_m / 3000)))
        found = estimate(ground, sections(ground), PACE)
        assert found is not None
        speeds.append(ground.length_m / found.total_s)
    assert speeds[0] < speeds[1] <= 60.0 / 3.6 + 1e-6


def test_a_run_by_threshold_pace_is_slower_uphill_and_with_length() -> None:
    pace = Pace("run", threshold_mps=4.0)
    short, long = total(np.full(150, 0.0), pace), total(np.full(1500, 0.0), pace)
    assert long > 10.0 * short and total(np.arange(150, dtype=np.float64), pace) > short
    assert estimate(LOOP, sections(LOOP), replace(pace, threshold_mps=None)) is None
    assert estimate(LOOP, sections(LOOP), replace(PACE, ftp_w=None)) is None


def test_gears() -> None:
    rings, cassette = (50, 34), (11, 13, 15, 17, 19, 21, 24, 28)
    assert gear_for(2.105 * 2.0, rings, cassette) == Gear(34, 17)
    assert gear_for(2.105 * 1.0, rings, cassette) == Gear(34, 28, short=6)
    assert gear_for(2.105 * 34 / 28, rings, cassette) == Gear(34, 28)
    assert gear_for(3.0, (), cassette) is None


@pytest.mark.parametrize("points", [20_000])
def test_200_km_take_half_a_second(points: int) -> None:
    line = loop(points, 170.0)
    began = time.process_time()
    ground = ground_of(line)
    parts = sections(ground, [12_345.0])
    found = estimate(ground, parts, replace(PACE, chainrings=(50, 34), cassette=(11, 28)))
    took = time.process_time() - began
    assert found is not None and ground.length_m > 190_000.0
    assert took < 0.5
