"""Randomness that looks like life: slow wandering, and a heart that follows effort late and drifts upwards."""

import numpy as np

from homestretch.demo.athlete import MAX_HR, REST_HR, THRESHOLD_HR
from homestretch.model.channel import Floats

_LAG_S = 26.0
_KERNEL_S = 130
_DRIFT_PER_H = 0.035
_DRIFT_AFTER_S = 1800.0


def wander(rng: np.random.Generator, count: int, every: float, spread: float) -> Floats:
    """Return `count` values about 0 that take `every` samples to change their mind, shape (count,)."""
    knots = rng.normal(0.0, spread, int(count / every) + 3)
    return np.interp(np.arange(count) / every + rng.random(), np.arange(len(knots)), knots)


def lagged(values: Floats) -> Floats:
    """Return what follows the values (n,) with the lag of a heart, shape (n,)."""
    kernel = np.exp(-np.arange(_KERNEL_S) / _LAG_S)
    padded = np.concatenate((np.full(_KERNEL_S, 0.15), values))
    late: Floats = np.convolve(padded, kernel / kernel.sum())
    return late[_KERNEL_S : _KERNEL_S + len(values)]


def heart_rate(rng: np.random.Generator, effort: Floats, warmth_c: float = 15.0) -> Floats:
    """Return beats a minute (n,) for efforts (n,), 1 being what an hour can be held at; heat and time add to it."""
    count = len(effort)
    reserve = (THRESHOLD_HR - REST_HR) * (0.3 + 0.7 * lagged(effort))
    drift = 1.0 + _DRIFT_PER_H * np.maximum(np.arange(count) - _DRIFT_AFTER_S, 0.0) / 3600.0
    heat = max(warmth_c - 18.0, 0.0) * 0.4
    beats = REST_HR + reserve * np.minimum(drift, 1.12) + heat + wander(rng, count, 40.0, 1.5)
    return np.asarray(np.clip(beats, REST_HR + 8.0, MAX_HR - 1.0 + wander(rng, count, 60.0, 0.5)))
