"""Heart rate against power: minutes, the line through them, and what cannot bend it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.measure.relation import LEAST, line, relation
from tests.analysis.metrics.made import effort, steps

MINUTES = [(100.0 + 10 * (at % 8), 60) for at in range(24)]


def test_a_point_is_the_mean_of_a_minute() -> None:
    watts = steps(*MINUTES)
    found = relation(effort({"power_w": watts, "heart_rate_bpm": 60 + 0.5 * watts}), "power")
    assert found is not None and found.minute.tolist() == list(range(24))
    assert found.effort == pytest.approx([watt for watt, _ in MINUTES])
    assert (found.slope, found.at_zero, found.r) == pytest.approx((0.5, 60.0, 1.0))


def test_wrong_minutes_do_not_bend_the_line() -> None:
    watts = steps(*MINUTES)
    bpm = 60 + 0.5 * watts
    bpm[:300] = 218.0  # a strap that was dry for the first five minutes
    found = relation(effort({"power_w": watts, "heart_rate_bpm": bpm}), "power")
    assert found is not None and found.slope == pytest.approx(0.5, abs=0.05)
    assert np.polyfit(found.effort, found.bpm, 1)[0] < 0.3  # a line of least squares is bent


def test_without_either_there_is_nothing() -> None:
    watts = steps(*MINUTES)
    assert relation(effort({"power_w": watts}), "power") is None
    assert relation(effort({"power_w": watts, "heart_rate_bpm": np.full(len(watts), np.nan)}), "power") is None
    assert relation(effort({"power_w": watts, "heart_rate_bpm": watts}), "pace") is None


def test_one_effort_has_no_line() -> None:
    found = relation(effort({"power_w": np.full(1800, 200.0), "heart_rate_bpm": 140 + np.arange(1800) % 7}), "power")
    assert found is not None and len(found.minute) == 30 and found.slope is None and found.r is None
    assert line(np.arange(LEAST - 1.0), np.arange(LEAST - 1.0)) == (None, None, None)


def test_a_day_is_put_together() -> None:
    watts = np.repeat(100.0 + np.arange(1440) % 90, 60)
    found = relation(effort({"power_w": watts, "heart_rate_bpm": 60 + 0.5 * watts}), "power")
    assert found is not None and 400 <= len(found.minute) <= 600 and found.slope == pytest.approx(0.5)


@given(st.lists(st.tuples(*(st.one_of(st.floats(-1e4, 1e7), st.just(float("nan"))) for _ in "xy")), max_size=15))
def test_whatever_a_file_holds_is_finite(pairs: list[tuple[float, float]]) -> None:
    watts, bpm = (np.repeat([pair[at] for pair in pairs], 60) for at in (0, 1))
    for kind in ("power", "pace"):
        found = relation(effort({"power_w": watts, "heart_rate_bpm": bpm, "speed_mps": watts / 40}), kind)
        if found is not None:
            assert np.isfinite(found.effort).all() and np.isfinite(found.bpm).all() and len(found.minute) > 0
            assert found.slope is None or (np.isfinite(np.array([found.slope, found.at_zero, found.r], float)).all())
