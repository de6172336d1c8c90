from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.analysis.activity.climbs import LEAST_SCORE_ALL, Climb, climbs
from tests.analysis.geo.vectors import VECTORS, vector


def ridden(distance: list[float], altitude: list[float], speed: float = 5.0, step_m: float = 5.0) -> list[Climb]:
    on = np.arange(0.0, distance[-1] + step_m, step_m)
    return climbs(on, np.interp(on, distance, altitude), on / speed)


def test_the_published_climb() -> None:
    given, expected = vector("climb.simple")
    tolerance = VECTORS["climb.simple"]["tolerance"]
    distance = np.array(given["dist_m"], dtype=np.float64)
    for found in (
        climbs(distance, np.array(given["alt_m"], dtype=np.float64), distance / 5.0),
        ridden(given["dist_m"], given["alt_m"]),
    ):
        (one,) = found
        assert one.start_m == pytest.approx(expected["start_m"], abs=tolerance["start_end_m"])
        assert one.end_m == pytest.approx(expected["end_m"], abs=tolerance["start_end_m"])
        assert one.gain_m == pytest.approx(expected["gain_net_m"], abs=tolerance["gain_m"])
        assert one.length_m == pytest.approx(expected["length_m"], abs=2 * tolerance["start_end_m"])
        assert one.grade_pct == pytest.approx(expected["avg_grade_pct"], abs=tolerance["grade_pct"])
        assert one.score == pytest.approx(expected["score"], abs=tolerance["score"])
        assert one.category == expected["category"]
        assert one.vam_mph == pytest.approx(one.gain_m / (one.length_m / 5.0) * 3600)
        assert one.fiets == pytest.approx(one.gain_m**2 / (10 * one.length_m))
        assert 5.5 <= one.max_grade_pct <= 6.01


def test_two_climbs_with_a_valley_between_are_two_from_their_feet() -> None:
    found = ridden([0, 1000, 3000, 4000, 6000, 7000], [500, 500, 620, 540, 680, 680])
    assert [round(c.start_m, -2) for c in found] == [1000, 4000]
    assert [round(c.end_m, -2) for c in found] == [3000, 6000]


def test_a_long_climb_survives_a_dip_that_ends_a_short_one() -> None:
    assert len(ridden([0, 5000, 5400, 10400], [0, 400, 360, 760])) == 1
    assert len(ridden([0, 1000, 1400, 2400], [0, 80, 40, 120])) == 2


def test_a_long_flat_ends_a_climb_and_the_next_begins_behind_it() -> None:
    found = ridden([0, 2000, 4000, 6000], [0, 120, 120, 240])
    assert [(round(c.start_m, -2), round(c.end_m, -2)) for c in found] == [(0, 2000), (4000, 6000)]
    assert len(ridden([0, 2000, 2250, 4250], [0, 120, 120, 240])) == 1


def test_a_slow_rise_after_a_descent_is_taken_from_the_valley() -> None:
    first, second = ridden([0, 8000, 10000, 14000, 16000], [0, 640, 530, 650, 800])
    assert first.end_m == pytest.approx(8000, abs=60)
    assert second.start_m == pytest.approx(10000, abs=60)
    assert second.gain_m == pytest.approx(270, abs=8)


@pytest.mark.parametrize(
    ("gain", "category"), [(36, None), (79, None), (85, "4"), (165, "3"), (325, "2"), (650, "1"), (810, "HC")]
)
def test_categories_by_score(gain: float, category: str | None) -> None:
    length = gain / 0.07 if gain > 36 else 900.0
    (one,) = ridden([0, 500, 500 + length, 1500 + length], [0, 0, gain, gain])
    assert one.category == category
    assert one.score == pytest.approx(100 * one.gain_m)


def test_short_flat_and_low_ones_are_none_unless_all_are_asked_for() -> None:
    assert ridden([0, 400, 2000], [0, 30, 30]) == []
    assert ridden([0, 10000], [0, 250]) == []
    low = np.arange(0.0, 3001.0, 10.0)
    altitude = np.interp(low, [0, 1000, 1600, 3000], [50, 50, 75, 75])
    assert climbs(low, altitude, low / 5) == []
    (one,) = climbs(low, altitude, low / 5, LEAST_SCORE_ALL)
    assert one.category is None


def test_the_clock_of_a_climb_leaves_out_rests_at_its_ends_but_not_on_it() -> None:
    on = np.concatenate((np.arange(0, 1000, 5.0), np.full(300, 1000.0), np.arange(1000, 3000, 5.0)))
    t = np.arange(len(on), dtype=np.float64)
    rising = np.interp(on, [0, 1000, 3000], [0, 0, 160])
    (one,) = climbs(on, rising, t)
    assert one.end_s - one.start_s == pytest.approx(one.length_m / 5 + (300 if one.start_m < 1000 else 0), abs=2)
    exact = climbs(on, np.interp(on, [0, 1040, 1060, 3000], [0, 0, 1.6, 160]), t)
    assert exact[0].end_s - exact[0].start_s == pytest.approx(exact[0].length_m / 5, abs=2)
    held = climbs(on, np.interp(on, [0, 3000], [0, 240]), t)
    assert held[0].end_s - held[0].start_s == pytest.approx(held[0].length_m / 5 + 300, abs=2)


@pytest.mark.parametrize("n", [0, 1, 2, 30])
def test_nothing_known_or_gone_has_none(n: int) -> None:
    t = np.arange(float(n))
    assert climbs(np.full(n, np.nan), np.full(n, np.nan), t) == []
    assert climbs(np.zeros(n), t, t) == []
    assert climbs(t * 1000, np.full(n, np.nan), t) == []


def test_unknown_altitudes_are_drawn_over() -> None:
    on = np.arange(0.0, 4000.0, 5.0)
    altitude = np.interp(on, [0, 1000, 3000, 4000], [0, 0, 140, 140])
    expected = climbs(on, altitude, on / 5)
    altitude[200:210] = np.nan
    (one,) = climbs(on, altitude, on / 5)
    assert one.gain_m == pytest.approx(expected[0].gain_m, abs=1)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.0, 3.0), st.floats(0.0, 4000.0))
def test_climbs_are_apart_and_meet_their_own_limits_at_any_height(seed: int, noise: float, lift: float) -> None:
    rng = np.random.default_rng(seed)
    on = np.cumsum(rng.uniform(1, 12, 4000))
    corners = np.arange(0, on[-1] + 1500, 1500.0)
    altitude = np.interp(on, corners, np.cumsum(rng.normal(0, 60, len(corners)))) + rng.normal(0, noise, len(on))
    found = climbs(on, altitude, np.arange(4000.0))
    for one in found:
        assert one.length_m >= 500
        assert one.grade_pct >= 3 - 1e-9
        assert one.score >= 3500 - 1e-6
        assert one.end_s > one.start_s
        assert one.max_grade_pct >= one.grade_pct * 0.8
        assert one.described()["gain_m"] == one.gain_m
    for one, other in pairwise(found):
        assert one.end_m <= other.start_m
    higher = climbs(on, altitude + lift, np.arange(4000.0))
    assert [c.start_m for c in higher] == [c.start_m for c in found]
    np.testing.assert_allclose([c.gain_m for c in higher], [c.gain_m for c in found], atol=1e-6)
