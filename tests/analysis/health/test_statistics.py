"""Statistics of series that remember yesterday: the vector, published numbers, and what chance alone makes."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.health.evidence.answer import Insight, correlate, within_strata
from homestretch.analysis.health.evidence.question import Pairs
from homestretch.analysis.health.statistics import (
    bootstrap_interval,
    discoveries,
    effective_number,
    fisher_interval,
    fisher_probability,
    lag_one,
    median_difference,
    without,
)
from homestretch.model.channel import Floats
from tests.analysis.health.vectors import vector


def pairs(x: Floats, y: Floats, stratum: Floats | None = None) -> Pairs:
    strata = np.zeros(len(x)) if stratum is None else stratum
    return Pairs(np.arange(len(x)), x, y, strata.astype(np.int64))


def test_vector_insight_n_eff() -> None:
    given_, expected = vector("insight.n_eff")
    lag = given_["lag_days"]
    x, y = np.array(given_["load"][:-lag]), np.array(given_["ln_rmssd"][lag:])
    centred = within_strata(pairs(x, y))
    empty = Insight(question="q", outcome="o", version=1, verdict="not_enough_evidence")
    seen = correlate(empty, centred)
    assert seen.n == expected["n"] and seen.r == pytest.approx(expected["r"], abs=1e-5)
    assert lag_one(centred.x, centred.stratum) == pytest.approx(expected["rho1_x"], abs=1e-5)
    assert lag_one(centred.y, centred.stratum) == pytest.approx(expected["rho1_y"], abs=1e-5)
    assert seen.n_eff == pytest.approx(expected["n_eff"], abs=1e-5)
    assert seen.interval == pytest.approx(expected["ci95"], abs=1e-5)
    assert fisher_interval(seen.r, seen.n) == pytest.approx(expected["naive_ci95"], abs=1e-5)


def test_series_without_memory_are_worth_all_their_pairs() -> None:
    assert effective_number(50, 0.5, 0.0) == 50.0 and effective_number(50, 0.5, -0.5) == 50.0
    assert effective_number(50, float("nan"), 0.9) == 50.0
    assert effective_number(60, 0.5, 0.5) == pytest.approx(36.0)


def test_neighbours_of_different_strata_are_none() -> None:
    values = np.array([1.0, 1.0, -1.0, -1.0])
    assert lag_one(values, np.array([0, 0, 1, 1])) > 0.0
    assert np.isnan(lag_one(values, np.array([0, 1, 0, 1])))
    assert np.isnan(lag_one(np.zeros(4), np.zeros(4, dtype=np.int64)))


@given(st.floats(-0.99, 0.99), st.floats(3.1, 500))
def test_the_interval_and_the_probability_agree(r: float, number: float) -> None:
    low, high = fisher_interval(r, number)
    assert -1.0 <= low <= r <= high <= 1.0
    probability = fisher_probability(r, number)
    if abs(probability - 0.05) > 1e-9:
        assert (low > 0.0 or high < 0.0) == (probability < 0.05)


def test_three_pairs_say_nothing() -> None:
    assert fisher_interval(0.9, 3.0) == (-1.0, 1.0) and fisher_probability(0.9, 3.0) == 1.0
    assert fisher_interval(1.0, 30.0)[0] > 0.99


def test_discoveries_of_the_published_example() -> None:
    """Benjamini and Hochberg 1995, table 1: 15 tests, of which 4 are discoveries at 0.05."""
    published = np.array([
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
        1.0,
    ])  # fmt: skip
    assert np.count_nonzero(discoveries(published, 0.05)) == 4
    shuffled = np.random.default_rng(1).permutation(np.append(published, np.nan))
    hits = discoveries(shuffled, 0.05)
    assert sorted(shuffled[hits].tolist()) == published[:4].tolist()
    assert not discoveries(np.array([np.nan]), 0.05).any() and not discoveries(np.zeros(0), 0.05).any()


def test_the_bootstrap_holds_the_difference_and_is_the_same_each_time() -> None:
    random = np.random.default_rng(5)
    values, upper = random.normal(0.0, 1.0, 200), np.arange(200) % 3 == 0
    values[upper] += 2.0
    low, high = bootstrap_interval(values, upper, ~upper, 7)
    assert 1.0 < low < median_difference(values, upper, ~upper) < high < 3.0
    assert (low, high) == bootstrap_interval(values, upper, ~upper, 7)


def test_a_group_that_is_hardly_ever_drawn_has_no_interval() -> None:
    values, upper = np.arange(100.0), np.zeros(100, dtype=bool)
    assert bootstrap_interval(values, upper, ~upper, 7) == (float("-inf"), float("inf"))


def test_blocks_keep_the_memory_of_a_series() -> None:
    """A slow wave varies more between blocks than between single days."""
    values = np.sin(np.arange(140) / 10.0)
    upper = np.arange(140) % 2 == 0
    width: Callable[[int], float] = lambda block: np.ptp(bootstrap_interval(values, values > 0.5, ~upper, block))  # noqa: E731
    assert width(14) > width(1)


def test_what_a_line_explains_is_taken_out() -> None:
    heat = np.array([10.0, 20.0, 30.0, np.nan])
    assert without(np.array([1.0, 2.0, 3.0, 9.0]), heat) == pytest.approx([2.0, 2.0, 2.0, 9.0])
    values = np.array([1.0, 2.0])
    assert without(values, np.array([np.nan, np.nan])) is values


def test_strata_differ_in_level_only() -> None:
    centred = within_strata(pairs(np.array([1.0, 3.0, 10.0, 30.0]), np.array([5.0] * 4), np.array([0, 0, 1, 1.0])))
    assert centred.x.tolist() == [-1.0, 1.0, -10.0, 10.0] and centred.y.tolist() == [0.0] * 4
