"""The power model, against the specification's speeds and against itself."""

import numpy as np
import pytest

from homestretch.coach.routes.physics import Rider, air_density, power_needed, speed_at

RIDER = Rider(85.0, 0.32, 0.005)


def _array(value: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([value], dtype=np.float64)


#: W, grade, air in kg/m³, headwind in m/s; and km/h, s for a kilometre.
KNOWN = {
    "on the flat": (250, 0.0, 1.225, 0.0, 36.10, 99.71),
    "up 8 %": (250, 0.08, 1.225, 0.0, 12.04, 299.05),
    "into 5 m/s": (200, 0.0, 1.225, 5.0, 23.18, 155.30),
    "down 6 %": (100, -0.06, 1.225, 0.0, 58.01, 62.06),
    "up 5 % at 2000 m": (250, 0.05, 0.949897, 0.0, 17.69, 203.46),
}


@pytest.mark.parametrize("given", KNOWN.values(), ids=KNOWN)
def test_speeds_are_those_of_the_specification(given: tuple[float, ...]) -> None:
    *conditions, km_h, s_per_km = given
    power, grade, density, wind = (_array(value) for value in conditions)
    speed = float(speed_at(RIDER, power, grade, density, wind, _array(22.0))[0])
    assert round(3.6 * speed, 2) == km_h and round(1000.0 / speed, 2) == s_per_km


def test_air_is_that_of_the_standard_at_sea_level_and_thinner_above() -> None:
    assert air_density(15.0, np.zeros(1))[0] == pytest.approx(1.2250, abs=5e-5)
    assert air_density(20.0, _array(2000.0))[0] == pytest.approx(0.9499, abs=5e-5)


def test_the_speed_found_needs_the_power_given() -> None:
    grade = np.linspace(-0.02, 0.12, 40)
    power, density, wind = np.full(40, 230.0), np.full(40, 1.2), np.linspace(-3.0, 3.0, 40)
    speed = speed_at(RIDER, power, grade, density, wind, np.full(40, 40.0))
    assert power_needed(RIDER, speed, grade, density, wind) == pytest.approx(power, rel=1e-9)


def test_nobody_is_faster_than_the_bend_allows() -> None:
    assert speed_at(RIDER, _array(300.0), _array(-0.1), _array(1.2), _array(0.0), _array(6.0))[0] == pytest.approx(6.0)
