"""Lines to plan with: hills along a meridian and around a loop."""

import numpy as np

from homestretch.model.channel import Floats
from homestretch.model.coach.route_line import RouteLine

#: Metres of a degree of latitude on the sphere.
DEGREE_M = 111_194.93


def straight(heights: Floats, step_m: float = 20.0) -> RouteLine:
    """Return a line due north, a point every `step_m`, with these heights in m (NaN: not known)."""
    latitude: Floats = 48.0 + np.arange(len(heights), dtype=np.float64) * (step_m / DEGREE_M)
    return RouteLine("Straight", latitude, np.full(len(heights), 8.0), np.asarray(heights, dtype=np.float64))


def climb(length_m: float, grade: float, before_m: float = 1000.0, after_m: float = 1000.0) -> RouteLine:
    """Return a line with one climb between two flats."""
    at = np.arange(0.0, before_m + length_m + after_m + 1.0, 20.0)
    return straight(300.0 + np.clip(at - before_m, 0.0, length_m) * grade)


def loop(points: int, length_km: float, hills: int = 9) -> RouteLine:
    """Return a winding loop with hills; its points are as noisy as those of a map."""
    turn = np.linspace(0.0, 2.0 * np.pi, points)
    reach = length_km / (2.0 * np.pi) / 111.2
    noise = np.random.default_rng(4).normal(0.0, 0.3, points)
    latitude = 48.0 + reach * np.sin(turn) * (1.0 + 0.02 * np.sin(40.0 * turn))
    longitude = 8.0 + reach * np.cos(turn) * (1.0 + 0.02 * np.cos(70.0 * turn)) / np.cos(np.radians(48.0))
    return RouteLine("Loop", latitude, longitude, 300.0 + 150.0 * np.sin(hills * turn) + noise)
