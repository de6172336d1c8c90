from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.measure.metric import LowConfidence
from homestretch.analysis.measure.weighted_power import SKIBA_SHARE, exponential_mean, rolling
from homestretch.model.recording import Pause
from tests.analysis.made import START_MS
from tests.analysis.metrics.made import effort, steps, told, vector

SERIES = {
    "pw.step": steps((100, 120), *[(300, 60), (100, 60)] * 4, (100, 60)),
    "pw.const": steps((200, 3600)),
}


@pytest.mark.parametrize("key", sorted(SERIES))
def test_power_of_a_known_series(key: str) -> None:
    given, expected = vector(key)
    found = told("power", effort({"power_w": SERIES[key]}, {"ftp_w": given["ftp"], "weight_kg": 50}))
    assert found["weighted_power"] == pytest.approx(expected["np"], rel=1e-6)
    assert found["xpower"] == pytest.approx(expected["xpower"], rel=1e-6)
    assert found["intensity"] == pytest.approx(expected["IF"], rel=1e-6)
    assert found["power_load"] == pytest.approx(expected["TSS"], rel=1e-6)
    assert found["variability"] == pytest.approx(expected["VI"], rel=1e-6)
    assert found["work"] == pytest.approx(expected["work_kJ"], rel=1e-6)
    assert found["avg_power_per_kg"] == pytest.approx(expected["avg"] / 50, rel=1e-6)
    assert found["power_energy"] == pytest.approx(expected["work_kJ"] * 0.996, rel=1e-3)


def test_unevenly_recorded_power_is_weighed_by_time() -> None:
    given, expected = vector("pw.smart")
    made = effort({"power_w": given["p"]}, t=given["t"], pauses=(Pause(START_MS + 12_000, START_MS + 40_000),))
    assert made.series.weight.tolist() == expected["weights_s"]
    found = told("power", made)
    assert found["work"] == pytest.approx(expected["work_J"] / 1000, rel=1e-9)
    assert made.series.power_held is not None
    assert made.series.power_held.mean == pytest.approx(expected["avg"], rel=1e-9)
    assert found["weighted_power"] == "too_short"


def test_legs_turn_work_to_energy_on_wheels_only() -> None:
    assert told("power", effort({"power_w": steps((200, 900))}, sport="running"))["power_energy"] == "no_data"


def test_what_is_missing_is_a_reason() -> None:
    found = told("power", effort({"heart_rate_bpm": steps((120, 900))}, {"ftp_w": 250}))
    assert {key for key, value in found.items() if value != "no_data"} == set()
    no_ftp = told("power", effort({"power_w": steps((200, 900))}))
    assert (no_ftp["intensity"], no_ftp["power_load"], no_ftp["sweet_spot"]) == ("no_threshold",) * 3
    assert no_ftp["weighted_power"] == pytest.approx(200)


def test_short_and_part_power_is_flagged() -> None:
    short = told("power", effort({"power_w": steps((200, 599))}, {"ftp_w": 200}))["power_load"]
    assert isinstance(short, LowConfidence)
    assert short.reason == "too_short"
    assert not isinstance(told("power", effort({"power_w": steps((200, 600))}))["weighted_power"], LowConfidence)
    gaps = np.where(np.arange(3000) < 1500, 200.0, np.nan)
    part = told("power", effort({"power_w": gaps, "speed_mps": steps((8, 3000))}, {"ftp_w": 200}))
    assert isinstance(part["power_load"], LowConfidence)
    assert part["power_load"].reason == "partial"
    assert part["power_coverage"] == pytest.approx(50)


def test_coarse_samples_tell_work_and_no_weighted_power() -> None:
    found = told("power", effort({"power_w": steps((200, 60))}, t=np.arange(60) * 30))
    assert (found["weighted_power"], found["xpower"]) == ("partial", "partial")
    assert found["work"] == pytest.approx(200 * 1800 / 1000)


def test_zeros_count_but_where_they_are_asked_to_be_left_out() -> None:
    made = effort({"power_w": steps((0, 600), (200, 600)), "speed_mps": steps((8, 1200))})
    found = told("power", made)
    assert found["avg_power_nonzero"] == pytest.approx(200)
    assert found["work"] == pytest.approx(120)


def test_the_sweet_spot_includes_its_bounds() -> None:
    watts = steps((175, 100), (176, 100), (188, 100), (189, 100))
    assert told("power", effort({"power_w": watts}, {"ftp_w": 200}))["sweet_spot"] == 200


def test_the_balance_is_of_those_who_measure_both_legs() -> None:
    def balance(raw: Any) -> Any:
        return told("power", effort({"power_w": steps((100, 50), (300, 50)), "left_right_balance": raw}))[
            "power_balance"
        ]

    assert balance(steps((128 + 40, 50), (128 + 60, 50))) == pytest.approx((60 * 100 + 40 * 300) / 400)
    assert balance(steps((50, 100))) == "no_data"
    assert balance(steps((228, 100))) == "no_data"


def test_pedals_are_averaged_while_they_turn() -> None:
    channels = {
        "power_w": steps((200, 100)),
        "left_pedal_smoothness_pct": steps((0, 50), (20, 50)),
        "right_pedal_smoothness_pct": steps((30, 100)),
    }
    found = told("power", effort(channels))
    assert found["pedal_smoothness"] == pytest.approx(25)
    assert found["torque_effectiveness"] == "no_data"


watts = st.lists(st.integers(0, 900), min_size=30, max_size=400)


@given(watts, st.integers(2, 5))
def test_power_scales(series: list[int], factor: int) -> None:
    once = told("power", effort({"power_w": np.array(series, dtype=float)}))
    more = told("power", effort({"power_w": np.minimum(np.array(series, dtype=float) * factor, 3000.0)}))
    if max(series) * factor <= 3000 and not isinstance(once["weighted_power"], str):
        for key in ("weighted_power", "xpower", "work"):
            value, larger = once[key], more[key]
            assert not isinstance(value, str)
            assert larger == pytest.approx(value * factor, rel=1e-9, abs=1e-9)


@given(watts, st.integers(1, 29))
def test_a_pause_changes_nothing_on_the_recorded_axis(series: list[int], at: int) -> None:
    power = np.array(series, dtype=float)
    t = np.arange(len(power))
    later = np.where(t >= at, t + 500, t)
    pause = Pause(START_MS + (at - 1) * 1000, START_MS + (at + 500) * 1000)
    plain, paused = effort({"power_w": power}), effort({"power_w": power}, t=later, pauses=(pause,))
    for key in ("weighted_power", "xpower", "work"):
        assert told("power", paused)[key] == pytest.approx(told("power", plain)[key], rel=1e-9, abs=1e-9)


def test_a_constant_is_the_same_however_often_it_is_recorded() -> None:
    often = told("power", effort({"power_w": steps((210, 4801))}, {"ftp_w": 250}, t=np.arange(4801) / 4))
    rarely = told("power", effort({"power_w": steps((210, 201))}, {"ftp_w": 250}, t=np.arange(201) * 6))
    for key in ("weighted_power", "intensity"):
        assert often[key] == pytest.approx(rarely[key], rel=1e-9)


@given(st.lists(st.floats(0, 2000), min_size=1, max_size=400), st.sampled_from([SKIBA_SHARE, 0.5, 0.01]))
def test_the_exponential_mean_block_by_block_is_the_one_step_by_step(x: list[float], share: float) -> None:
    y, slow = 0.0, []
    for value in x:
        y += share * (value - y)
        slow.append(y)
    np.testing.assert_allclose(exponential_mean(np.array(x), share), slow, rtol=1e-9, atol=1e-9)


@given(st.lists(st.floats(0, 2000), min_size=1, max_size=60), st.integers(1, 20))
def test_rolling_means_are_of_full_windows(x: list[float], width: int) -> None:
    slow = [np.mean(x[i : i + width]) for i in range(len(x) - width + 1)]
    if slow:
        np.testing.assert_allclose(rolling(np.array(x), width), slow, rtol=1e-9, atol=1e-9)
