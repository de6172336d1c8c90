"""What can be true: values beyond it are not measured, and a position alone far away is no position."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from homestretch.analysis.geo.distance import haversine
from homestretch.model.channel import Floats
from homestretch.model.sport import Sport

#: The lowest and the highest value that is believed, by channel, in the channel's unit.
BOUNDS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "power_w": (0.0, 3000.0),
        "heart_rate_bpm": (25.0, 250.0),
        "cadence_rpm": (0.0, 300.0),
        "speed_mps": (0.0, 40.0),
        "altitude_m": (-450.0, 9000.0),
        "temperature_c": (-60.0, 70.0),
    }
)
#: The highest speed, by family, and the speed beyond which a position alone is dropped: legs and arms have limits.
_SPEED_MPS = {"run": 12.5, "walk": 12.5, "swim": 4.0}
_JUMP_MPS = {"run": 15.0, "walk": 15.0, "swim": 15.0}
_JUMP_ELSE_MPS = 60.0


def believed(key: str, values: Floats, sport: Sport) -> Floats:
    """Return the values of a channel with NaN for those that cannot be true."""
    bounds = BOUNDS.get(key)
    if bounds is None:
        return values
    low, high = bounds
    if key == "speed_mps":
        high = _SPEED_MPS.get(sport.family, high)
    wrong = (values < low) | (values > high)
    return np.where(wrong, np.nan, values) if wrong.any() else values


def places(t: Floats, latitude: Floats, longitude: Floats, sport: Sport) -> tuple[NDArray[np.intp], Floats]:
    """Return which samples have a place that is believed, shape (k,), and the way between them in m, shape (k-1,)."""
    real = (np.abs(latitude) <= 90.0) & (np.abs(longitude) <= 180.0) & ((latitude != 0.0) | (longitude != 0.0))
    at = np.flatnonzero(real)
    limit = _JUMP_MPS.get(sport.family, _JUMP_ELSE_MPS)
    lat, lon = latitude[at], longitude[at]
    step = haversine(lat[:-1], lon[:-1], lat[1:], lon[1:])
    fast = step > limit * np.diff(t[at])
    if not fast.any():
        return at, step
    at = at[~_alone(fast, t[at], lat, lon, limit)]
    lat, lon = latitude[at], longitude[at]
    return at, haversine(lat[:-1], lon[:-1], lat[1:], lon[1:])


def _alone(fast: NDArray[np.bool_], t: Floats, lat: Floats, lon: Floats, limit: float) -> NDArray[np.bool_]:
    """Return the points out of reach of both neighbours, which are in reach of each other; an end needs only one."""
    alone = np.zeros(len(t), dtype=bool)
    if len(t) < 3:
        return alone
    around = haversine(lat[:-2], lon[:-2], lat[2:], lon[2:]) <= limit * (t[2:] - t[:-2])
    alone[1:-1] = fast[:-1] & fast[1:] & around
    alone[0] = fast[0] and not fast[1]
    alone[-1] = fast[-1] and not fast[-2]
    return alone
