"""Distance on the sphere."""

import numpy as np

from homestretch.model.channel import Floats

#: The Earth's mean radius in m (IUGG R1); against WGS84 at most 0.56 % off.
EARTH_RADIUS_M = 6_371_008.8


def haversine(lat1: Floats, lon1: Floats, lat2: Floats, lon2: Floats) -> Floats:
    """Return great-circle distances in m between points in degrees; shapes broadcast."""
    half = np.pi / 360.0
    up = _squared_sine((lat2 - lat1) * half)
    along = _squared_sine((lon2 - lon1) * half)
    # With the tangent, as NumPy has no fast sine: cos a = 1 / sqrt(1 + tan² a) for a latitude a.
    one, other = np.tan(lat1 * (2 * half)), np.tan(lat2 * (2 * half))
    chord = up + along / np.sqrt((1.0 + one * one) * (1.0 + other * other))
    return np.asarray((2.0 * EARTH_RADIUS_M) * np.arcsin(np.sqrt(np.minimum(chord, 1.0))))


def _squared_sine(angle: Floats) -> Floats:
    square = np.tan(angle) ** 2
    return np.asarray(square / (1.0 + square))
