import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.analysis.athlete.critical import (
    Model,
    critical_power,
    critical_power_3p,
    critical_power_by_work,
    eftp,
    eftp_ratio,
    ftp_of_twenty_minutes,
    predict,
    time_to_exhaustion,
)
from tests.analysis.training_vectors import vector

TIMES = np.array([5.0, 15, 30, 60, 120, 180, 300, 480, 720, 1200, 2400])


def model(cp: float, w_prime: float, k: float = 0.0) -> Model:
    return Model(cp, w_prime, k, 0.0, 0.0, 0.0, 0)


def test_two_parameters_both_ways() -> None:
    given, expected = vector("cp.2p.exact")
    for fit in (critical_power, critical_power_by_work):
        found = fit(np.array(given["t"]), np.array(given["p"]))
        assert found is not None
        assert found.cp == pytest.approx(expected["cp"], rel=1e-6)
        assert found.w_prime == pytest.approx(expected["w_prime"], rel=1e-6)
        assert found.rmse == pytest.approx(0, abs=1e-6)
        assert found.cp_se == pytest.approx(0, abs=1e-6)
        assert found.p_max is None
        assert found.n == 5


def test_three_parameters() -> None:
    given, expected = vector("cp.3p.exact")
    found = critical_power_3p(np.array(given["t"]), np.array(given["p"]))
    assert found is not None
    assert found.cp == pytest.approx(expected["cp"], rel=1e-6)
    assert found.w_prime == pytest.approx(expected["w_prime"], rel=1e-5)
    assert found.k == pytest.approx(expected["k_s"], rel=1e-5)
    assert found.p_max == pytest.approx(expected["p_max"], rel=1e-5)


def test_how_long_a_power_is_held() -> None:
    given, expected = vector("cp.3p.inverse")
    made = model(given["cp"], given["w_prime"], given["w_prime"] / (given["cp"] - given["p_max"]))
    found = time_to_exhaustion(made, np.array(given["p"], dtype=np.float64))
    assert found == pytest.approx(expected["t_s"], rel=1e-9)
    assert predict(made, found) == pytest.approx(given["p"])
    assert time_to_exhaustion(made, np.array([250.0, 100, 1000, 1500])).tolist() == [np.inf, np.inf, 0, 0]


@given(st.floats(80, 500), st.floats(5_100, 40_000), st.floats(-80, -5))
@settings(deadline=None)
def test_what_a_model_predicts_is_fitted_by_it(cp: float, w_prime: float, k: float) -> None:
    two = critical_power(TIMES, predict(model(cp, w_prime), TIMES))
    three = critical_power_3p(TIMES, predict(model(cp, w_prime, k), TIMES))
    assert two is not None
    assert (two.cp, two.w_prime) == pytest.approx((cp, w_prime))
    assert three is not None
    assert (three.cp, three.w_prime) == pytest.approx((cp, w_prime), rel=1e-3)
    assert three.k == pytest.approx(k, rel=1e-2)


def test_three_parameters_are_the_least_squares_of_noisy_points() -> None:
    rng = np.random.default_rng(2)
    p = predict(model(260, 18_000, -25), TIMES[:-1]) + rng.normal(0, 4, 10)
    found = critical_power_3p(TIMES, np.append(p, 240.0))
    assert found is not None
    assert found.rmse < 6
    assert found.cp_se > 0
    assert found.n == 10
    residual = float(((p - predict(found, TIMES[:-1])) ** 2).sum())
    for scale in np.linspace(0.98, 1.02, 9):
        for shift in np.linspace(-3, 3, 7):
            other = model(found.cp + shift, found.w_prime * scale, found.k * (2 - scale))
            assert float(((p - predict(other, TIMES[:-1])) ** 2).sum()) >= residual - 1e-9


def test_what_was_no_greatest_effort_is_left_out() -> None:
    t = np.array([120.0, 180, 240, 300, 420, 600, 900, 1200])
    p = predict(model(250, 20_000), t)
    p[[2, 5]] *= 0.85
    found = critical_power(t, p)
    assert found is not None
    assert found.n == 6
    assert (found.cp, found.w_prime) == pytest.approx((250, 20_000))


def test_errors_are_those_of_regression() -> None:
    t, rng = np.array([120.0, 180, 300, 600, 1200]), np.random.default_rng(1)
    p = predict(model(250, 20_000), t) + rng.normal(0, 3, 5)
    found = critical_power(t, p)
    assert found is not None
    u = np.stack((np.ones(5), 1 / t), axis=1)
    best, residual, _, _ = np.linalg.lstsq(u, p, rcond=None)
    errors = np.sqrt(np.diag(np.linalg.inv(u.T @ u)) * residual[0] / 3)
    assert (found.cp, found.w_prime) == pytest.approx((best[0], best[1]))
    assert (found.cp_se, found.w_prime_se) == pytest.approx((errors[0], errors[1]))
    assert found.rmse == pytest.approx(np.sqrt(residual[0] / 5))


def test_what_cannot_be_told_is_not() -> None:
    t = np.array([120.0, 180, 300, 600, 1200])
    nan = np.full(5, np.nan)
    for fit in (critical_power, critical_power_by_work, critical_power_3p):
        assert fit(np.zeros(0), np.zeros(0)) is None
        assert fit(t[:2], np.array([400.0, 350])) is None
        assert fit(np.array([200.0, 300, 400]), np.array([400.0, 350, 320])) is None
        assert fit(t, nan) is None
        assert fit(t, np.full(5, 250.0)) is None
        assert fit(t, predict(model(30, 20_000), t)) is None
        assert fit(t, predict(model(250, 90_000), t)) is None


def test_threshold_power_from_a_curve() -> None:
    given, expected = vector("pw.eftp")
    at = np.array([float(s) for s in given["best"]])
    found = eftp(at, np.array(list(given["best"].values()), dtype=np.float64))
    assert found == pytest.approx((expected["eftp"], expected["from_duration_s"]), rel=1e-9)
    ratio = {s: float(eftp_ratio(np.array([float(s)]))[0]) for s in expected["ratio"]}
    assert ratio == pytest.approx(expected["ratio"], rel=1e-9)
    assert eftp(np.array([60.0, 179]), np.array([500.0, 400])) is None
    assert eftp(np.array([600.0]), np.array([np.nan])) is None
    assert ftp_of_twenty_minutes(300) == pytest.approx(285)


@given(st.floats(100, 450), st.floats(6_000, 40_000), st.floats(0.4, 1.0))
@settings(deadline=None)
def test_no_critical_power_beyond_what_an_hour_bears_out(cp: float, w_prime: float, share: float) -> None:
    t = np.array([120.0, 180, 300, 600, 1200, 1800, 3600])
    p = predict(model(cp, w_prime), t)
    p[-1] *= share
    for fit in (critical_power, critical_power_by_work):
        found = fit(t, p)
        assert (found is None) == (share < 0.80) or abs(share - 0.80) < 1e-6


def test_a_critical_power_of_282_w_beside_an_hour_of_205_w_is_none() -> None:
    t = np.array([120.0, 180, 240, 300, 480, 720, 1200, 1800, 3600])
    p = np.array([327.0, 312, 304.5, 300, 293.3, 289.5, 240, 225, 205])
    assert critical_power(t, p) is None
    assert critical_power(t[:6], p[:6]) is not None
