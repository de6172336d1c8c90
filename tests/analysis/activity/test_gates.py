"""No best effort and no point of a curve lies beyond what a person can do, whatever the samples say."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.gates import MOST, RACES, SLACK, fewest_s, most
from homestretch.analysis.activity.summary import summarise
from homestretch.analysis.athlete.thresholds import Profile
from homestretch.analysis.measure.bests import DISTANCES, best_efforts, rushes
from homestretch.analysis.measure.curve import curves_of
from homestretch.analysis.samples.samples import samples
from homestretch.model.recording import Length, Recording
from homestretch.model.sport import Sport
from tests.analysis.made import START_MS, recording

SPORTS = {"run": "running", "ride": "cycling", "swim": "swimming", "row": "rowing"}


def effort(made: Recording) -> Effort:
    cleaned = samples(made)
    return Effort(cleaned, summarise(made, cleaned), made.sport, Profile())


@st.composite
def impossible(draw: st.DrawFn) -> Recording:
    """A recording of stretches, each as fast, strong and with as fast a heart as it likes."""
    sport = draw(st.sampled_from(sorted(SPORTS.values())))
    parts = draw(st.lists(st.tuples(st.integers(20, 400), st.sampled_from([0.0, 2.0, 4.0, 9.0, 14.0, 39.0, 200.0]),
                                    st.sampled_from([0.0, 250.0, 800.0, 2900.0]),
                                    st.sampled_from([120.0, 190.0, 218.0, 229.0, 244.0])),
                          min_size=1, max_size=6))  # fmt: skip
    speed, power, heart = (np.concatenate([np.full(part[0], part[which]) for part in parts]) for which in (1, 2, 3))
    n = len(speed)
    climb = np.cumsum(speed) * draw(st.sampled_from([0.0, 0.1, 2.0]))
    channels = {
        "distance_m": np.cumsum(speed), "power_w": power, "heart_rate_bpm": heart, "altitude_m": climb,
        "cadence_rpm": heart,
    }  # fmt: skip
    return recording(np.arange(n), channels, sport)


@given(impossible())
@settings(max_examples=40, deadline=None)
def test_no_best_effort_and_no_point_of_a_curve_is_beyond(made: Recording) -> None:
    one = effort(made)
    for metres, elapsed_s, _ in best_efforts(one):
        assert elapsed_s >= fewest_s(made.sport, metres)
    for kind, (lengths, values, _) in curves_of(one).items():
        limit = most(kind, made.sport, lengths.astype(np.float64))
        assert limit is None or (values <= limit).all()


def test_gates_rise_with_distance_and_fall_with_duration() -> None:
    seconds = np.geomspace(1, 86_400, 200)
    for family, race in RACES.items():
        assert all(a < b for a, b in pairwise(race.fewest_s(np.geomspace(10, 300_000, 200)))), family
        assert all(a >= b - 1e-9 for a, b in pairwise(race.most_mps(seconds))), family
        assert race.source
        assert set(DISTANCES[family])
    for kind, limit in MOST.items():
        assert all(a >= b for a, b in pairwise(limit.over(seconds))), kind
        assert limit.source


@pytest.mark.parametrize("family", sorted(SPORTS))
def test_a_record_itself_is_believed(family: str) -> None:
    sport = Sport(SPORTS[family])
    for metres, seconds in zip(RACES[family].metres, RACES[family].seconds, strict=True):
        assert fewest_s(sport, metres) < seconds
        assert fewest_s(sport, metres) > seconds / (1.0 + 2 * SLACK)
        limit = most("speed", sport, np.array([seconds]))
        assert limit is not None
        assert metres / seconds < limit[0]


@pytest.mark.parametrize(
    ("sport", "metres", "seconds"),
    [
        ("running", 42_195, 7170), ("running", 42_195, 7210), ("running", 100_000, 21_560), ("running", 21_097.5, 3402),
        ("running", 5000, 755.36), ("swimming", 100, 44.84), ("rowing", 100, 12.8), ("rowing", 2000, 335.8),
        ("rowing", 21_097, 4078.1), ("rowing", 42_195, 8468.7),
    ],
)  # fmt: skip
def test_what_was_published_is_believed(sport: str, metres: float, seconds: float) -> None:
    assert fewest_s(Sport(sport), metres) < seconds


def test_the_vertical_kilometre_is_believed() -> None:
    """Fully, October 2025: 1000 m up in 27:21."""
    limit = most("vam", Sport("running"), np.array([1641.0]))
    assert limit is not None and 1000 / 1641 * 3600 < limit[0] < 1.05 * 1000 / 1641 * 3600


def test_a_ride_home_by_car_is_no_run_and_the_run_before_it_counts() -> None:
    speed = np.concatenate((np.full(1100, 3.0), np.full(600, 12.0)))
    made = recording(np.arange(1700), {"distance_m": np.cumsum(speed)}, "running")
    found = {m: s for m, s, _ in best_efforts(effort(made))}
    assert found[1000] == pytest.approx(1000 / 3, abs=1)
    assert 5000 not in found
    assert max(found) == 3218.688


def test_rushes_are_the_steps_of_what_is_too_fast() -> None:
    speed = np.concatenate((np.full(100, 3.0), np.full(50, 12.0), np.full(100, 3.0)))
    d = np.concatenate(([0.0], np.cumsum(speed)))
    steps = rushes(np.arange(251.0), d, [400.0], RACES["run"])
    assert steps
    assert 100 in steps
    assert 149 in steps
    assert 40 not in steps
    assert 210 not in steps


def test_lengths_of_a_pool_that_nobody_swims_are_no_best_effort() -> None:
    lengths = tuple(
        Length(start_ms=START_MS + 1000 * at, elapsed_s=took, active=True)
        for at, took in ((0, 5.0), (5, 5.0), (60, 30.0), (90, 30.0))
    )
    made = recording([0, 120], {}, "swimming", lengths=lengths, pool_length_m=25.0)
    assert {m: s for m, s, _ in best_efforts(effort(made))} == pytest.approx({50.0: 60.0, 100.0: 120.0})
