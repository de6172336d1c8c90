import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.activity.series import Held, Series
from homestretch.analysis.samples.grid import elapsed_grid, recorded_grid
from homestretch.model.recording import Length, Pause
from tests.analysis.made import START_MS
from tests.analysis.metrics.made import effort, steps


def test_even_samples_are_their_own_grid_and_give_what_the_grid_would() -> None:
    power = np.random.default_rng(3).integers(0, 500, 400).astype(float)
    power[50:60] = np.nan
    series = effort({"power_w": power}).series
    assert series.even
    assert series.recorded_power is not None
    assert series.elapsed_power is not None
    np.testing.assert_allclose(series.recorded_power, recorded_grid(series.weight, power), atol=1e-6)
    np.testing.assert_allclose(series.elapsed_power, elapsed_grid(series.t, series.weight, power), atol=1e-6)


def test_elapsed_grids_are_zero_in_pauses_and_say_what_is_known() -> None:
    t = np.concatenate((np.arange(100), np.arange(200, 300)))
    made = effort(
        {"power_w": steps((200, 200)), "heart_rate_bpm": steps((120, 200))},
        t=t,
        pauses=(Pause(START_MS + 99_000, START_MS + 200_000),),
    )
    series = made.series
    assert not series.even
    assert series.elapsed_power is not None
    assert (series.elapsed_power[:100] == 200).all()
    assert (series.elapsed_power[100:200] == 0).all()
    heart = series.elapsed_heart_rate
    assert heart is not None
    assert heart.known.sum() == pytest.approx(200)
    assert heart.values.sum() / heart.known.sum() == pytest.approx(120)


def test_what_is_coarse_empty_or_endless_has_no_grid() -> None:
    assert effort({"power_w": steps((200, 50))}, t=np.arange(50) * 60).series.recorded_power is None
    assert effort({"power_w": [200.0, 200.0]}, t=[0, 5e7]).series.elapsed_power is None
    empty = effort({"power_w": []}, t=[]).series
    assert (empty.power, empty.elapsed_power, empty.power_held, empty.even) == (None, None, None, False)


def test_shared_work_is_done_once() -> None:
    made, calls = effort({"power_w": steps((200, 50))}), []

    def count(series: Series) -> int:
        calls.append(series)
        return len(series.t)

    assert made.series.once(count) == made.reading(["ftp_w"]).series.once(count) == 50
    assert calls == [made.series]


def test_on_foot_strides_are_two_steps_also_when_retyped() -> None:
    raw = {"cadence_rpm": steps((85, 50))}
    walk, ride = effort(raw, sport="running").series.cadence, effort(raw).series.cadence
    assert walk is not None
    assert ride is not None
    assert (walk[0], ride[0]) == (170, 85)
    assert effort({"cadence_rpm": steps((0, 50))}).series.cadence is None


@given(st.lists(st.tuples(st.floats(0, 300), st.integers(0, 5)), min_size=1, max_size=50), st.booleans())
def test_histograms_hold_all_the_time_there_is(held: list[tuple[float, int]], whole: bool) -> None:
    t = np.concatenate(([0], np.cumsum([max(w, 1) for _, w in held])))[:-1]
    x = np.array([round(v) if whole else v for v, _ in held], dtype=float)
    series = effort({"power_w": x}, t=t).series
    found = series.held(x)
    assert found is not None
    assert found.seconds.sum() == pytest.approx(series.weight.sum())
    assert found.mean == pytest.approx(x @ series.weight / series.weight.sum(), abs=1e-3)
    assert (np.diff(found.values) > 0).all()


def test_bounds_belong_below_or_above() -> None:
    held = Held(np.array([10.0, 20, 30]), np.array([1.0, 2, 4]))
    edges = np.array([-1.0, 20, np.inf])
    assert held.between(edges).tolist() == [3, 4]
    assert held.from_below(edges).tolist() == [1, 6]


def test_in_a_pool_speed_is_held_by_lengths() -> None:
    swum = [Length(start_ms=START_MS, elapsed_s=s, active=a) for s, a in ((25.0, True), (90.0, False), (20.0, True))]
    lengths = (*swum, Length(start_ms=START_MS, elapsed_s=25.0))
    found = effort({}, t=[], sport="swimming", lengths=lengths, pool_length_m=25.0).series.speed_held
    assert found is not None
    assert (found.values.tolist(), found.seconds.tolist()) == ([1.0, 1.25], [50.0, 20.0])


def test_pools_and_device_totals() -> None:
    made = effort({}, t=[], sport="swimming", totals={"pool_length_m": 33.3, "total_work_j": 0.0}, end_ms=START_MS)
    assert made.pool_m == 33.3
    assert made.stated("total_work_j", "nothing") is None
    assert made.lengths == ()
