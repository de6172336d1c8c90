"""Channels of one recording on the samples of another, clocks aligned."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.merge.fuse import FURTHEST_S, Given, fuse, lag_ms
from homestretch.model.recording import Recording
from tests.analysis.made import recording

CHANCE = np.random.default_rng(3)
#: A heart that wanders: smooth over half a minute, and never the same twice.
HEART = 140 + np.convolve(CHANCE.normal(0, 40, 4000), np.ones(40) / 40, "same")


def told(first: int, last: int, step: int = 1, late: int = 0, **more: Any) -> Recording:
    """Return seconds of the heart by a clock that is so many seconds late."""
    t = np.arange(first, last, step)
    return recording(t + late, {"heart_rate_bpm": HEART[first:last:step], **more})


def brute(own: Recording, other: Recording) -> int:
    """Look for the lag one by one."""
    a = dict(zip((own.time_ms // 1000).tolist(), own.values("heart_rate_bpm"), strict=True))  # type: ignore[arg-type]
    b = dict(zip((other.time_ms // 1000).tolist(), other.values("heart_rate_bpm"), strict=True))  # type: ignore[arg-type]
    best, at = -2.0, 0
    for lag in range(-FURTHEST_S, FURTHEST_S + 1):
        common = [(a[s], b[s - lag]) for s in a if s - lag in b]
        if len(common) >= 60:
            x, y = np.array(common).T
            r = float(np.corrcoef(x, y)[0, 1])
            if r > best + 1e-9:
                best, at = r, lag
    return at * 1000 if best >= 0.8 else 0


@given(late=st.integers(-FURTHEST_S, FURTHEST_S), first=st.integers(0, 300), length=st.integers(300, 1500))
def test_clocks_are_put_right(late: int, first: int, length: int) -> None:
    own, other = told(0, 1800), told(first, first + length, late=late)
    assert lag_ms(own, other) == -late * 1000


@pytest.mark.parametrize("late", [-97, -3, 0, 8, 120])
def test_all_lags_at_once_are_as_one_by_one(late: int) -> None:
    own, other = told(0, 900), told(100, 1000, late=late)
    noisy = replace(other, channels=recording(
        np.arange(900), {"heart_rate_bpm": HEART[100:1000] + np.random.default_rng(5).normal(0, 2, 900)}
    ).channels)  # fmt: skip
    assert lag_ms(own, noisy) == brute(own, noisy)


def test_what_does_not_agree_or_is_too_short_moves_nothing() -> None:
    other = recording(np.arange(900), {"heart_rate_bpm": HEART[2000:2900]})
    assert lag_ms(told(0, 900), other) == 0
    assert lag_ms(told(0, 900), told(0, 50, late=30)) == 0
    assert lag_ms(told(0, 900), recording(np.arange(900), {"power_w": np.full(900, 200.0)})) == 0


def test_power_of_one_comes_to_the_heart_of_the_other() -> None:
    """The head unit's clock is 40 s late and it stops early: its power stands where it belongs, and ends."""
    power = np.arange(1200.0)
    own = told(0, 1800)
    other = told(0, 1200, late=40, power_w=power)
    fused = fuse(own, [Given(other, ("power_w",))])
    found = fused.values("power_w")
    assert found is not None and fused.time_ms is own.time_ms
    assert np.array_equal(found[:1200], power)
    assert np.isnan(found[1210:]).all()
    assert np.array_equal(fused.values("heart_rate_bpm"), own.values("heart_rate_bpm"))  # type: ignore[arg-type]


def test_what_is_smooth_is_drawn_and_what_steps_is_held() -> None:
    own = told(0, 600)
    other = told(0, 600, 4, altitude_m=np.arange(0, 600, 4.0), power_w=np.arange(0, 600, 4.0))
    fused = fuse(own, [Given(other, ("altitude_m", "power_w"))])
    altitude, power = fused.values("altitude_m"), fused.values("power_w")
    assert altitude is not None and power is not None
    assert altitude[:590] == pytest.approx(np.arange(590.0))
    assert power[:590] == pytest.approx(np.arange(590) // 4 * 4.0)


def test_gaps_stay_gaps() -> None:
    t = np.r_[0:200, 400:600]
    other = recording(t, {"heart_rate_bpm": HEART[t], "power_w": np.full(400, 200.0), "altitude_m": t * 1.0})
    fused = fuse(told(0, 600), [Given(other, ("power_w", "altitude_m"))])
    for key in ("power_w", "altitude_m"):
        values = fused.values(key)
        assert values is not None and np.isnan(values[210:390]).all() and np.isfinite(values[:200]).all()
