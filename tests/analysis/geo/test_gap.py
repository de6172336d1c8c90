"""The gap between two activities, over courses whose times are known."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.analysis.geo.gap import Gap, Travel, gap
from tests.analysis.geo.test_segments import degrees


def travel(x: np.ndarray, y: np.ndarray, time_s: np.ndarray) -> Travel:
    """Return a travel through places in m at seconds."""
    step = np.hypot(np.diff(x), np.diff(y))
    metres = np.concatenate(([0.0], np.cumsum(step)))
    return Travel(time_s, metres, *degrees(x, y), np.zeros(len(x), dtype=bool))


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
    latitude, longitude = (np.where(hole, np.nan, values) for values in (one.latitude, one.longitude))
    other = replace(one, latitude=latitude, longitude=longitude)
    found = on_ground(one, other)
    inside = (found.time_s > 399.5) & (found.time_s < 799.5)
    assert np.isnan(found.other_time_s[inside & (found.time_s > 410) & (found.time_s < 790)]).all()
    np.testing.assert_allclose(found.gap_s[~inside], 0.0, atol=1e-3)


def without(one: Travel, first: int, last: int) -> Travel:
    """Return a travel without some samples, whose metres don't count: one that knows nothing stands there instead."""
    kept = np.concatenate((np.arange(first + 1), np.arange(last, len(one.time_s))))
    skipped = one.distance_m[last] - one.distance_m[first]
    metres = np.where(kept >= last, one.distance_m[kept] - skipped, one.distance_m[kept])

    def part(values: np.ndarray, between: float) -> np.ndarray:
        return np.insert(values, first + 1, between)

    return Travel(
        part(one.time_s[kept], (one.time_s[first] + one.time_s[last]) / 2.0),
        part(metres, one.distance_m[first]),
        part(one.latitude[kept], np.nan),
        part(one.longitude[kept], np.nan),
        part(one.hidden[kept], True),
    )


def leads_across(found: Gap, time_s: np.ndarray, first: float, last: float) -> bool:
    """Return whether a value lies between two times, or a line from place to place leads from one to the other."""
    known = np.isfinite(found.gap_s)
    line = known[:-1] & known[1:]
    over = (time_s[:-1] < last) & (time_s[1:] > first)
    return bool((known & (time_s > first) & (time_s < last)).any() or (line & over).any())


@pytest.mark.parametrize("north", [0.0, 9000.0], ids=["on the same ground", "by distance"])
def test_no_line_leads_across_what_is_hidden_of_one(north: float) -> None:
    x, y = winding()
    whole, beside = (travel(x, y + far, np.arange(len(x)) * 1.0) for far in (0.0, north))
    first, last = 399.0, 700.0
    for one, other in ((without(whole, 399, 700), beside), (whole, without(beside, 399, 700))):
        found = gap(one, other)
        assert found is not None and (found.shared is None) == (north > 0.0)
        assert not leads_across(found, found.time_s if one.hidden.any() else found.other_time_s, first, last)
        assert np.isfinite(found.gap_s).mean() > 0.6
        assert (np.diff(found.distance_m) >= 0.0).all() and (np.diff(found.time_s) >= 0.0).all()


def test_a_line_hidden_between_two_samples_is_parted_too() -> None:
    """Two samples may lie a second apart on both sides of a private place."""
    x, y = winding()
    one = travel(x, y, np.arange(len(x)) * 1.0)
    for pair in ((without(one, 399, 400), one), (one, without(one, 399, 400))):
        found = on_ground(*pair)
        assert not leads_across(found, found.time_s, 399.0, 400.0)
        np.testing.assert_allclose(found.gap_s[np.isfinite(found.gap_s)], 0.0, atol=1.01)


@pytest.mark.parametrize("north", [0.0, 9000.0], ids=["on the same ground", "by distance"])
def test_no_time_is_made_up_within_a_gap_of_a_recording(north: float) -> None:
    x, y = winding()
    whole, beside = (travel(x, y + far, np.arange(len(x)) * 1.0) for far in (0.0, north))
    lost = np.r_[0:400, 700:1200]

    def dropped(one: Travel) -> Travel:
        time_s, metres, latitude, longitude = (
            values[lost] for values in (one.time_s, one.distance_m, one.latitude, one.longitude)
        )
        return Travel(time_s, metres, latitude, longitude, one.hidden[lost])

    for one, other in ((dropped(whole), beside), (whole, dropped(beside))):
        found = gap(one, other)
        assert found is not None
        inside = (found.distance_m > whole.distance_m[399] + 1.0) & (found.distance_m < whole.distance_m[700] - 1.0)
        assert np.isnan(found.gap_s[inside]).all() and inside.sum() > 60
        np.testing.assert_allclose(found.gap_s[~inside], 0.0, atol=0.5)


def test_without_metres_there_is_nothing_to_compare() -> None:
    x, y = winding(10)
    one = travel(x, y, np.arange(10.0))
    stood = travel(np.zeros(5), np.zeros(5), np.arange(5.0))
    assert gap(one, stood) is None
    assert gap(stood, one) is None
    empty = Travel(*(np.zeros(0),) * 4, np.zeros(0, dtype=bool))
    assert gap(empty, one) is None
