import numpy as np
import pytest

from tests.analysis.metrics.made import effort, steps, told


def test_an_even_climb() -> None:
    n = 3600
    way = 4.0 * np.arange(n)
    up = np.where(way < 7200, 0.0, (way - 7200) * 0.05) + 200
    found = told("climbing", effort({"distance_m": way, "altitude_m": up, "speed_mps": np.full(n, 4.0)}))
    assert found["climb_time"] == pytest.approx(1800, abs=15)
    assert found["vam"] == pytest.approx(4 * 0.05 * 3600, rel=0.01)
    assert found["climb_grade"] == pytest.approx(5, rel=0.01)
    assert found["max_grade"] == pytest.approx(5, rel=0.01)
    assert found["climb_per_km"] == pytest.approx(360 / 14.4, rel=0.02)


def test_the_flat_has_no_climbing_speed() -> None:
    flat = {"distance_m": 4.0 * np.arange(900), "altitude_m": steps((200, 900))}
    found = told("climbing", effort(flat))
    assert (found["climb_time"], found["vam"], found["climb_grade"]) == (0, "too_short", "too_short")
    assert found["max_grade"] == pytest.approx(0)


def test_indoors_and_without_altitude_nothing_climbs() -> None:
    flat = {"distance_m": 4.0 * np.arange(900), "altitude_m": np.arange(900.0)}
    assert told("climbing", effort(flat, sub="indoor_cycling"))["vam"] == "no_data"
    assert set(told("climbing", effort({"power_w": steps((99, 900))})).values()) == {"no_data"}
