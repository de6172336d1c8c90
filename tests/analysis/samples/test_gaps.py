import numpy as np
import pytest

from homestretch.analysis.samples.axis import Axis
from homestretch.analysis.samples.gaps import steps_between
from homestretch.analysis.samples.grid import elapsed_grid, linear_grid, recorded_grid
from homestretch.model.recording import Pause
from tests.analysis.made import START_MS
from tests.analysis.vectors import vector


def axis_of(*seconds: float) -> Axis:
    return Axis(START_MS, np.array(seconds, dtype=np.float64))


def pause(begin: float, end: float) -> Pause:
    return Pause(START_MS + round(begin * 1000), START_MS + round(end * 1000))


def test_smart_recording_holds_each_sample_until_the_next() -> None:
    given, expected = vector("pw.smart")
    p = np.array(given["p"], dtype=np.float64)
    weight = steps_between(axis_of(*given["t"]), (), None, 1.0).weight
    assert weight.tolist() == expected["weights_s"]
    assert weight.sum() == expected["recorded_s"]
    assert p @ weight / weight.sum() == pytest.approx(expected["avg"], abs=1e-9)
    assert p @ weight == pytest.approx(expected["work_J"], abs=1e-9)
    assert recorded_grid(weight, p).sum() == pytest.approx(expected["work_J"])


def test_a_timer_stop_ends_the_sample_before_it_and_empties_those_inside() -> None:
    steps = steps_between(axis_of(0, 1, 2, 3, 4, 5, 6), [pause(2, 5)], None, 1.0)
    assert steps.weight.tolist() == [1, 1, 1, 0, 0, 1, 1]
    assert steps.joined.tolist() == [True, True, False, False, False, True]


def test_a_timer_stop_without_samples_inside_is_no_recorded_time() -> None:
    steps = steps_between(axis_of(0, 4, 8, 12), [pause(4.5, 7.5), pause(8, 8)], None, 1.0)
    assert steps.weight.tolist() == [4, 1, 4, 4]
    assert steps.joined.tolist() == [True, False, True]


def test_a_stop_shorter_than_a_second_between_samples_is_not_seen() -> None:
    steps = steps_between(axis_of(0, 1, 2), [pause(0.3, 0.8)], None, 1.0)
    assert steps.joined.all()


@pytest.mark.parametrize(
    ("way", "seconds", "dropout"),
    [(200.0, 60, True), (20.0, 60, False), (2000.0, 91, False), (float("nan"), 60, False)],
)
def test_a_gap_is_lost_reception_if_the_way_shows_movement(way: float, seconds: float, dropout: bool) -> None:
    steps = steps_between(axis_of(0, 1, 2, 2 + seconds), (), np.array([np.nan, np.nan, way]), 1.0)
    assert steps.dropout.tolist() == [False, False, dropout]
    assert steps.joined[2] == dropout
    assert steps.weight.tolist() == [1, 1, 1, 1]


def test_slow_recorders_have_their_own_gaps() -> None:
    assert steps_between(axis_of(0, 60, 120, 240), (), None, 1.0).weight.tolist() == [60, 60, 120, 60]


def test_grids_are_exact_for_every_rate_of_recording() -> None:
    for rate in (0.25, 0.5, 1.0, 2.0, 5.0):
        t = np.arange(0, 60, rate)
        weight = steps_between(Axis(0, t), (), None, 1.0).weight
        np.testing.assert_allclose(recorded_grid(weight, np.full(len(t), 200.0)), 200.0)
        np.testing.assert_allclose(elapsed_grid(t, weight, np.full(len(t), 200.0))[: int(t[-1])], 200.0)


def test_the_elapsed_grid_is_zero_in_gaps_and_the_linear_one_is_drawn_through() -> None:
    t, x = np.array([0.0, 1, 2, 20, 21]), np.array([100.0, np.nan, 100, 100, 100])
    weight = steps_between(Axis(0, t), (), None, 1.0).weight
    grid = elapsed_grid(t, weight, x)
    assert grid.tolist() == [100, 0, 100] + [0] * 17 + [100, 100]
    even, step = linear_grid(np.array([0.0, 2, 4]), np.array([0.0, 4, 0]))
    assert even.tolist() == [0, 2, 4, 2, 0]
    assert step == 1.0


def test_grids_of_nothing_are_empty() -> None:
    none = np.zeros(0)
    assert len(recorded_grid(none, none)) == len(elapsed_grid(none, none, none)) == len(linear_grid(none, none)[0]) == 0
    assert len(steps_between(Axis(0, none), [pause(0, 9)], None, 1.0).weight) == 0
