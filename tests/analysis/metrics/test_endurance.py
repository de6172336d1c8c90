import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.measure.metric import LowConfidence
from homestretch.analysis.metrics.endurance import drift
from tests.analysis.metrics.made import effort, steps, told, vector


def test_efficiency_and_decoupling() -> None:
    _, expected = vector("pw.decoupling")
    found = told(
        "endurance", effort({"power_w": steps((200, 3600)), "heart_rate_bpm": steps((140, 1800), (147, 1800))})
    )
    assert found["decoupling"] == pytest.approx(expected["decoupling_pct"], abs=1e-6)
    assert found["efficiency"] == pytest.approx(expected["EF"], abs=1e-6)
    assert not isinstance(found["decoupling"], LowConfidence)
    assert (found["run_efficiency"], found["run_decoupling"]) == ("no_data", "no_data")


def test_only_long_and_even_efforts_tell_of_drift() -> None:
    short = effort({"power_w": steps((200, 2399)), "heart_rate_bpm": steps((140, 2399))})
    assert told("endurance", short)["decoupling"] == "too_short"
    hard = steps(*[(400, 300), (50, 300)] * 6)
    uneven = told("endurance", effort({"power_w": hard, "heart_rate_bpm": steps((140, 3600))}))["decoupling"]
    assert isinstance(uneven, LowConfidence)
    assert uneven.reason == "partial"


def test_pace_drifts_too() -> None:
    way = {"speed_mps": steps((3, 3600)), "distance_m": 3 * np.arange(3600.0), "altitude_m": steps((200, 3600))}
    found = told("endurance", effort(way | {"heart_rate_bpm": steps((140, 1800), (147, 1800))}, sport="running"))
    assert found["run_decoupling"] == pytest.approx(100 * (1 - 140 / 147))
    assert found["run_efficiency"] == pytest.approx(180 / 143.5)


@given(st.lists(st.tuples(st.integers(1, 400), st.integers(60, 190), st.integers(1, 4)), min_size=2, max_size=40))
def test_halves_are_halves_of_time(parts: list[tuple[int, int, int]]) -> None:
    power, heart, weight = (np.array(column, dtype=float) for column in zip(*parts, strict=True))
    fine = [np.repeat(x, 2 * weight.astype(int)) for x in (power, heart)]
    half = len(fine[0]) // 2
    first, second = (fine[0][part].sum() / fine[1][part].sum() for part in (slice(half), slice(half, None)))
    assert drift(power, heart, weight) == pytest.approx(100 * (first - second) / first, rel=1e-9, abs=1e-9)
    assert drift(np.full(len(power), np.nan), heart, weight) == "no_data"
