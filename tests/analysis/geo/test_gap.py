"""The gap between two activities, over courses whose times are known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.analysis.geo.gap import Gap, Travel, gap
from tests.analysis.geo.test_segments import degrees


def travel(x: np.ndarray, y: np.ndarray, time_s: np.ndarray) -> Travel:
    """Return a travel through places in m at seconds."""
    step = np.hypot(np.diff(x), np.diff(y))
    return Travel(time_s, np.concatenate(([0.0], np.cumsum(step))), *degrees(x, y))


def winding(count: int = 1200, step: float = 5.0, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Return a way of so many steps in m that winds on eastwards."""
    turn = np.cumsum(np.random.default_rng(seed).normal(0.0, 0.02, count)) * 0.5
    turn = np.clip(turn, -1.2, 1.2)
    return np.cumsum(step * np.cos(turn)), np.cumsum(step * np.sin(turn))


def ring(rounds: float, radius: float = 64.0, step: float = 4.0) -> tuple[np.ndarray, np.ndarray]:
    turn = np.arange(0.0, rounds * 2.0 * np.pi, step / radius)
    return radius * np.cos(turn), radius * np.sin(turn)


def on_ground(one: Travel, other: Travel) -> Gap:
    found = gap(one, other)
    assert found is not None and found.shared is not None
    return found


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), stops=st.lists(st.tuples(st.integers(1, 1199), st.integers(1, 200)), max_size=4))
def test_with_itself_it_is_nought_everywhere(seed: int, stops: list[tuple[int, int]]) -> None:
    x, y = winding(seed=seed)
    stood = np.ones(len(x), dtype=np.intp)
    for at, seconds in stops:
        stood[at] += seconds
    x, y = np.repeat(x, stood), np.repeat(y, stood)
    one = travel(x, y, np.arange(len(x), dtype=np.float64))
    found = on_ground(one, one)
    assert found.shared == 1.0
    np.testing.assert_allclose(found.gap_s, 0.0, atol=1e-4)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), slower=st.floats(0.7, 1.6), late=st.floats(0.0, 5000.0))
def test_who_is_slower_falls_behind_by_so_much(seed: int, slower: float, late: float) -> None:
    x, y = winding(seed=seed)
    time_s = np.arange(len(x), dtype=np.float64)
    found = on_ground(travel(x, y, time_s), travel(x, y, late + slower * time_s))
    np.testing.assert_allclose(found.gap_s, (slower - 1.0) * found.time_s, atol=1e-3)


def test_a_tenth_slower_with_noise_is_a_tenth_behind() -> None:
    x, y = winding()
    time_s, rng = np.arange(len(x), dtype=np.float64), np.random.default_rng(3)
    other = travel(x + rng.normal(0, 1.5, len(x)), y + rng.normal(0, 1.5, len(x)), 1.1 * time_s)
    found = on_ground(travel(x, y, time_s), other)
    np.testing.assert_allclose(found.gap_s, 0.1 * found.time_s, atol=2.0)


def test_the_other_way_round_is_no_common_ground() -> None:
    x, y = winding()
    time_s = np.arange(len(x), dtype=np.float64)
    found = gap(travel(x, y, time_s), travel(x[::-1], y[::-1], time_s))
    assert found is not None and found.shared is None
    np.testing.assert_allclose(found.gap_s, 0.0, atol=0.5)  # by distance both are as fast


def test_a_detour_costs_its_time_and_no_more() -> None:
    x, y = winding()
    out = np.concatenate((np.arange(1, 61), np.arange(59, -1, -1))) * 5.0  # 300 m away and back
    at = 500
    dx, dy = (np.concatenate((v[: at + 1], v[at] + turn * out, v[at + 1 :])) for v, turn in ((x, 0.0), (y, 1.0)))
    found = on_ground(travel(x, y, np.arange(len(x)) * 1.0), travel(dx, dy, np.arange(len(dx)) * 1.0))
    assert found.shared == pytest.approx(1.0, abs=0.01)
    before, after = found.time_s < at - 15, found.time_s > at + 15
    np.testing.assert_allclose(found.gap_s[before], 0.0, atol=0.01)
    np.testing.assert_allclose(found.gap_s[after], len(out), atol=0.01)


def test_a_start_elsewhere_is_compared_from_where_both_were() -> None:
    x, y = winding()
    one, other = slice(0, 900), slice(200, 1200)
    time_s = np.arange(1200) * 1.0
    found = on_ground(travel(x[one], y[one], time_s[one]), travel(x[other], y[other], 2.0 * time_s[other]))
    both = np.isfinite(found.gap_s)
    assert found.shared == pytest.approx(700 / 900, abs=0.03)
    assert np.isnan(found.other_time_s[found.time_s < 180]).all()
    np.testing.assert_allclose(found.gap_s[both], found.time_s[both] - found.time_s[both][0], atol=0.1)


def test_rounds_are_compared_one_by_one() -> None:
    x, y = ring(5.0)
    time_s = np.arange(len(x)) * 1.0
    more = ring(7.0)
    found = on_ground(travel(x, y, time_s), travel(*more, 1.2 * np.arange(len(more[0]))))
    np.testing.assert_allclose(found.gap_s, 0.2 * found.time_s, atol=1.0)


def test_out_and_back_keeps_its_order() -> None:
    x, y = winding(600)
    x, y = np.concatenate((x, x[::-1])), np.concatenate((y, y[::-1]))
    time_s = np.arange(len(x)) * 1.0
    found = on_ground(travel(x, y, time_s), travel(x, y, 1.1 * time_s))
    np.testing.assert_allclose(found.gap_s, 0.1 * found.time_s, atol=0.5)


def test_without_common_ground_distance_is_what_compares() -> None:
    x, y = winding()
    time_s = np.arange(len(x)) * 1.0
    found = gap(travel(x, y, time_s), travel(x[:600], y[:600] + 5000.0, 1.5 * time_s[:600]))
    assert found is not None and found.shared is None
    reached = np.isfinite(found.gap_s)
    assert reached.mean() == pytest.approx(0.5, abs=0.01)
    np.testing.assert_allclose(found.gap_s[reached], 0.5 * found.time_s[reached], atol=0.5)


def test_what_nobody_knows_is_no_ground() -> None:
    """Between the two ends of a hole no line was gone: a straight one through it would be made up."""
    x, y = winding()
    one = travel(x, y, np.arange(len(x)) * 1.0)
    hole = np.zeros(len(x), dtype=bool)
    hole[400:800] = True
    other = Travel(
        one.time_s, one.distance_m, np.where(hole, np.nan, one.latitude), np.where(hole, np.nan, one.longitude)
    )
    found = on_ground(one, other)
    inside = (found.time_s > 399.5) & (found.time_s < 799.5)
    assert np.isnan(found.other_time_s[inside & (found.time_s > 410) & (found.time_s < 790)]).all()
    np.testing.assert_allclose(found.gap_s[~inside], 0.0, atol=1e-3)


def test_without_metres_there_is_nothing_to_compare() -> None:
    x, y = winding(10)
    one = travel(x, y, np.arange(10.0))
    stood = travel(np.zeros(5), np.zeros(5), np.arange(5.0))
    assert gap(one, stood) is None
    assert gap(stood, one) is None
    empty = Travel(*(np.zeros(0),) * 4)
    assert gap(empty, one) is None
