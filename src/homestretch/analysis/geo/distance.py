"""Distance on the sphere."""

import numpy as np

from homestretch.model.channel import Floats

#: The Earth's mean radius in m (IUGG R1); against WGS84 at most 0.56 % off.
EARTH_RADIUS_M = 6_371_008.8


def haversine(lat1: Floats, lon1: Floats, lat2: Floats, lon2: Floats) -> Floats:
    """Return great-circle distances in m between points in degrees; shapes broadcast."""
    half = np.pi / 360.0
    up = np.sin((lat2 - lat1) * half)
    along = np.sin((lon2 - lon1) * half)
    chord = up * up + np.cos(lat1 * (2 * half)) * np.cos(lat2 * (2 * half)) * (along * along)
    return np.asarray((2.0 * EARTH_RADIUS_M) * np.arcsin(np.sqrt(np.minimum(chord, 1.0))))
