"""Even grids of one second: exact for smart recording, half a hertz and four alike."""

import numpy as np
from numpy.typing import NDArray

from homestretch.model.channel import Floats

type Indices = NDArray[np.intp]

#: No grid is longer than this; a series that would need more gets a wider step.
LONGEST = 1_000_000


def recorded_grid(weight: Floats, x: Floats) -> Floats:
    """Return x at 1 Hz on the recorded axis: pauses and samples without a value taken out."""
    known = ~np.isnan(x) & (weight > 0)
    everywhere = bool(known.all())
    held = weight if everywhere else weight[known]
    if whole(held):
        return np.repeat(x if everywhere else x[known], held.astype(np.intp))
    tau = np.concatenate(([0.0], np.cumsum(held)))
    total = np.concatenate(([0.0], np.cumsum(held * x[known])))
    return np.diff(np.interp(np.arange(np.floor(tau[-1]) + 1), tau, total))


def whole(seconds: Floats) -> bool:
    """Return whether times (n,) are whole seconds, as most devices write them."""
    return bool((np.floor(seconds) == seconds).all())


def holders(t: Floats, weight: Floats) -> Indices | None:
    """Return which sample holds each second from t[0] to t[-1], n for none, shape (m,).

    None where times (n,) or weights (n,) are no whole seconds: then several samples may share a second.
    """
    if len(t) == 0 or not (whole(t) and whole(weight)):
        return None
    lasts = np.append(np.diff(t), 1.0)
    found = np.repeat(np.arange(len(t)), lasts.astype(np.intp))
    if (weight < lasts).any():
        found[np.arange(len(found)) >= (t + weight - t[0])[found]] = len(t)
    return found


def elapsed_grid(t: Floats, weight: Floats, x: Floats) -> Floats:
    """Return x at 1 Hz on the elapsed axis, zero in gaps, in pauses and where there is no value."""
    if len(t) == 0:
        return np.zeros(0)
    total = np.concatenate(([0.0], np.cumsum(weight * np.nan_to_num(x))))
    knots = np.column_stack((t, t + weight)).ravel()
    values = np.column_stack((total[:-1], total[1:])).ravel()
    return np.diff(np.interp(np.arange(np.floor(t[-1]) + 2), knots, values))


def linear_grid(t: Floats, x: Floats) -> tuple[Floats, float]:
    """Return x, drawn straight from value to value, on an even grid from t[0] to t[-1], and its step in s."""
    if len(t) == 0:
        return np.zeros(0), 1.0
    step = max(1.0, float(t[-1] - t[0]) / LONGEST)
    if step == 1.0 and whole(t):
        return _filled((t - t[0]).astype(np.intp), x), step
    at = t[0] + step * np.arange(np.floor((t[-1] - t[0]) / step) + 1)
    return np.interp(at, t, x), step


def _filled(at: Indices, x: Floats) -> Floats:
    """Return x (n,) at rising places, and drawn straight at those between."""
    if len(at) == at[-1] + 1:
        return x
    found, between = np.empty(at[-1] + 1), np.ones(at[-1] + 1, dtype=bool)
    found[at], between[at] = x, False
    missing = np.flatnonzero(between)
    found[missing] = np.interp(missing, at, x)
    return found
