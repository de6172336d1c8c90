import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from homestretch.analysis.measure.balance import balance, balance_integral, tau
from homestretch.model.channel import Floats
from tests.analysis.training_vectors import vector

POWER = arrays(np.float64, st.integers(0, 200), elements=st.floats(0, 1200))


def test_the_ramp() -> None:
    given, expected = vector("pw.ramp")
    ramp, cp, w_prime = np.arange(100.0), given["cp"], given["w_prime"]
    assert tau(ramp, cp) == pytest.approx(expected["tau_s"], rel=1e-9)
    found = {
        "wbal_integral_idx75": balance_integral(ramp, cp, w_prime)[75],
        "wbal_integral_idx50": balance_integral(ramp, cp, w_prime)[50],
        "wbal_integral_tau100_idx75": balance_integral(ramp, cp, w_prime, 100)[75],
        "wbal_integral_tau500_idx50": balance_integral(ramp, cp, w_prime, 500)[50],
        "wbal_diff_idx75": balance(ramp, cp, w_prime)[75],
        "wbal_diff_idx50": balance(ramp, cp, w_prime)[50],
    }
    assert found == pytest.approx({key: expected[key] for key in found}, rel=1e-9)


@given(POWER, st.floats(100, 400), st.floats(5_000, 30_000))
@settings(deadline=None)
def test_step_by_step(power: Floats, cp: float, w_prime: float) -> None:
    left, expected = w_prime, []
    for watts in power.tolist():
        if watts >= cp:
            left -= watts - cp
        else:
            left = w_prime - (w_prime - left) * math.exp(-(cp - watts) / w_prime)
        expected.append(left)
    assert balance(power, cp, w_prime) == pytest.approx(expected, abs=1e-6)
    constant = tau(power, cp)
    summed = [
        w_prime - sum(max(w - cp, 0) * math.exp(-(i - j) / constant) for j, w in enumerate(power[: i + 1].tolist()))
        for i in range(0, len(power), 17)
    ]
    assert balance_integral(power, cp, w_prime)[::17] == pytest.approx(summed, abs=1e-6)


@given(POWER)
@settings(deadline=None)
def test_never_more_than_there_is(power: Floats) -> None:
    for found in (balance(power, 250, 20_000), balance_integral(power, 250, 20_000)):
        assert len(found) == len(power)
        assert (found <= 20_000).all()


def test_rest_brings_it_back_and_long_rides_do_not_overflow() -> None:
    power = np.concatenate((np.full(60, 450.0), np.zeros(7200)))
    for left in (balance(power, 250, 20_000), balance_integral(power, 250, 20_000)):
        assert 8000 - 1e-6 <= left[59] <= 9000
        assert left[-1] == pytest.approx(20_000, rel=1e-3)
    two_days = np.tile(power, 24)[:172_800]
    assert np.isfinite(balance_integral(two_days, 250, 20_000)).all()
    assert (balance(np.full(10, np.nan), 250, 20_000) == 20_000).all()
    assert len(balance(np.zeros(0), 250, 20_000)) == 0
