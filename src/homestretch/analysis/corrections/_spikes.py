"""Finds spikes: values far from the median of what lies around them (a Hampel filter)."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from homestretch.analysis.geometry.distance import haversine
from homestretch.model.channel import Floats
from homestretch.model.recording import Recording

#: From so many deviations (as of a normal distribution) a value is a spike.
DEVIATIONS, NORMAL = 6.0, 1.4826
#: No more stretches are suggested.
MOST = 100


class _Rule(NamedTuple):
    """How many samples on each side are looked at, and the least deviation that is believed of a channel."""

    beside: int
    least: float


#: A sprint lasts longer than a spike of power; a strap that slips shows wrong heart rates for some seconds.
_RULES: Mapping[str, _Rule] = {
    "heart_rate_bpm": _Rule(15, 5.0),
    "power_w": _Rule(3, 60.0),
    "speed_mps": _Rule(5, 1.0),
    "cadence_rpm": _Rule(5, 12.0),
    "altitude_m": _Rule(5, 3.0),
    "places": _Rule(5, 10.0),
}


def spikes(recording: Recording, key: str) -> list[list[int]]:
    """Return the stretches of spikes of a channel (or of `places`) as pairs of instants, ms UTC, at most 100."""
    rule = _RULES[key]
    off = _places_off(recording, rule.beside) if key == "places" else _off(recording.values(key), rule.beside)
    if off is None:
        return []
    away, scale = off
    with np.errstate(invalid="ignore"):
        wrong = away > DEVIATIONS * np.maximum(NORMAL * scale, rule.least)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], wrong, [False])).astype(np.int8)))
    pairs = edges.reshape(-1, 2)[:MOST]
    return [[int(recording.time_ms[first]), int(recording.time_ms[after - 1])] for first, after in pairs]


def _off(values: Floats | None, beside: int) -> tuple[Floats, Floats] | None:
    """Return how far each value is from the median around it, and the median of that, each (n,)."""
    if values is None or len(values) <= 2 * beside:
        return None
    away = np.abs(values - _median(values, beside))
    return away, _median(away, beside)


def _places_off(recording: Recording, beside: int) -> tuple[Floats, Floats] | None:
    latitude, longitude = recording.values("latitude"), recording.values("longitude")
    if latitude is None or longitude is None or len(latitude) <= 2 * beside:
        return None
    away = haversine(latitude, longitude, _median(latitude, beside), _median(longitude, beside))
    return away, _median(away, beside)


def _median(values: Floats, beside: int) -> Floats:
    """Return the median of each value and those beside it, of what is known, (n,); NaN where nothing is."""
    padded = np.pad(values, beside, constant_values=np.nan)
    windows = sliding_window_view(padded, 2 * beside + 1)
    ordered = np.sort(windows, axis=1)  # NaN last
    known = np.count_nonzero(np.isfinite(windows), axis=1)
    rows = np.arange(len(values))
    low, high = np.maximum((known - 1) // 2, 0), np.maximum(known // 2, 0)
    return np.where(known > 0, (ordered[rows, low] + ordered[rows, np.minimum(high, 2 * beside)]) / 2.0, np.nan)
