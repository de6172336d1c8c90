import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.activity.elevation import smooth
from homestretch.analysis.activity.grade import grade_cost, grades, minetti, smooth_altitude
from tests.analysis.metrics.made import vector


def test_the_cost_of_running_by_minetti() -> None:
    given, expected = vector("gap.minetti")
    factor = minetti(np.array(given["grade"]))
    np.testing.assert_allclose(factor, expected["factor"], atol=1e-6)
    np.testing.assert_allclose(factor * 3.6, expected["C_J_per_kg_m"], atol=1e-6)


def test_the_cost_of_running_by_strava() -> None:
    given, expected = vector("gap.strava_table")
    np.testing.assert_allclose(grade_cost(np.array(given["grade_pct"]) / 100), expected["factor"], atol=1e-6)
    points = np.array(given["table"])
    np.testing.assert_allclose(grade_cost(points[:, 0] / 100), points[:, 1], atol=1e-9)
    assert grade_cost(np.array([np.nan])).tolist() == [1.0]


@given(st.floats(-0.4, 0.4), st.floats(0.5, 12))
def test_an_even_slope_has_its_grade_everywhere(slope: float, speed: float) -> None:
    way = np.asarray(speed * np.arange(200.0))
    found = grades(way, np.asarray(100 + slope * way), np.ones(200, dtype=bool))
    np.testing.assert_allclose(found[~np.isnan(found)], slope, atol=1e-9)
    assert not np.isnan(found).any()


def test_no_grade_in_stops_nor_where_there_is_no_way_and_never_beyond_bounds() -> None:
    way = np.concatenate((np.arange(100) * 5.0, np.full(50, 495.0), 495 + np.arange(1, 101) * 5.0))
    moving = np.ones(250, dtype=bool)
    moving[100:150] = False
    found = grades(way, np.where(way > 495, 600.0, 500.0), moving)
    assert np.isnan(found[100:150]).all()
    assert np.nanmax(found) == 0.45
    assert np.isnan(grades(np.zeros(9), np.arange(9.0), np.ones(9, dtype=bool))).all()
    assert len(grades(np.zeros(0), np.zeros(0), np.zeros(0, dtype=bool))) == 0


def test_a_slow_reading_of_the_rule_agrees() -> None:
    rng = np.random.default_rng(7)
    way = np.cumsum(rng.uniform(0.5, 9, 300))
    altitude = np.cumsum(rng.normal(0, 0.3, 300))
    found = grades(way, altitude, np.ones(300, dtype=bool))
    for i in range(0, 300, 7):
        low, high = max(way[i] - 25, way[0]), min(way[i] + 25, way[-1])
        rise = np.interp(high, way, altitude) - np.interp(low, way, altitude)
        assert found[i] == pytest.approx(np.clip(rise / (high - low), -0.45, 0.45))


def test_altitude_is_smoothed_on_its_own_axis() -> None:
    t = np.array([0.0, 2, 3, 7, 60, 61, 62])
    x = np.array([10.0, 10, np.nan, 10, 10, 10, 10])
    assert smooth_altitude(t, x, "baro").tolist() == pytest.approx([10.0] * 7)
    even = np.sin(np.arange(100) / 9)
    np.testing.assert_allclose(smooth_altitude(np.arange(100.0), even, "gps"), smooth(even, 31), atol=1e-12)
    assert np.isnan(smooth_altitude(t, np.full(7, np.nan), "gps")).all()
