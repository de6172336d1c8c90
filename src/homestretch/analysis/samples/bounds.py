"""What can be true: values beyond it are not measured."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from homestretch.model.channel import Floats
from homestretch.model.sport import Sport

#: The lowest and the highest value that is believed, by channel, in the channel's unit.
BOUNDS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "power_w": (0.0, 3000.0),
        "heart_rate_bpm": (25.0, 230.0),
        "cadence_rpm": (0.0, 300.0),
        "speed_mps": (0.0, 40.0),
        "altitude_m": (-450.0, 9000.0),
        "temperature_c": (-60.0, 70.0),
    }
)
#: The highest speed, by family, and the speed at which places may follow each other: legs and arms have limits.
_SPEED_MPS = {"run": 12.5, "walk": 12.5, "swim": 4.0, "row": 10.0}
_REACH_MPS = {"run": 15.0, "walk": 15.0, "swim": 15.0}
_REACH_ELSE_MPS = 60.0
#: Burnt in an hour: 500 W, which is a record, at an efficiency of 20 %, and something to start with.
KCAL_PER_H, KCAL = 2200.0, 100.0
#: No one gets further than reach and this many metres: what does was set down wrongly, not just inexactly.
FAR_M = 200.0
#: An altitude of exactly zero is dropped beside one this far away (m) that would be reached faster than this (m/s).
_ZERO_M, _ZERO_MPS = 20.0, 10.0


def reach_mps(sport: Sport) -> float:
    """Return the speed in m/s beyond which one place does not follow from another."""
    return _REACH_MPS.get(sport.family, _REACH_ELSE_MPS)


def fastest_mps(sport: Sport) -> float:
    """Return the highest speed in m/s that is believed of a sport."""
    return _SPEED_MPS.get(sport.family, BOUNDS["speed_mps"][1])


def believed(key: str, values: Floats, sport: Sport) -> Floats:
    """Return the values of a channel with NaN for those that cannot be true."""
    bounds = BOUNDS.get(key)
    if bounds is None:
        return values
    low, high = bounds
    if key == "speed_mps":
        high = fastest_mps(sport)
    wrong = (values < low) | (values > high)
    return np.where(wrong, np.nan, values) if wrong.any() else values


def without_zeros(t: Floats, altitude: Floats) -> Floats:
    """Return altitudes (n,) at seconds t (n,) with NaN for zeros that stand for "not known": far from all beside them.

    At the sea zero is right, so a stretch of zeros counts as wrong only where what is next to its ends is out of a
    climber's reach.
    """
    zeros = np.flatnonzero(altitude == 0.0)
    known = np.flatnonzero(~np.isnan(altitude) & (altitude != 0.0))
    if len(zeros) == 0 or len(known) == 0:
        return altitude
    after = np.searchsorted(known, zeros)
    first = np.concatenate(([True], np.diff(after) > 0))  # zeros with no other altitude in between are one stretch
    last = np.append(first[1:], True)
    wrong = np.ones(np.count_nonzero(first), dtype=bool)
    for beside, there, end in ((after - 1, after > 0, first), (after, after < len(known), last)):
        at = known[np.clip(beside[end], 0, len(known) - 1)]
        height = np.abs(altitude[at])
        wrong &= ~there[end] | ((height > _ZERO_M) & (height > _ZERO_MPS * np.abs(t[at] - t[zeros[end]])))
    mended = altitude.copy()
    mended[zeros[wrong[np.cumsum(first) - 1]]] = np.nan
    return mended
