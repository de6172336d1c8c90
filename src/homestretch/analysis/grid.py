"""Even grids of one second: exact for smart recording, half a hertz and four alike."""

import numpy as np

from homestretch.model.channel import Floats

#: No grid is longer than this; a series that would need more gets a wider step.
LONGEST = 1_000_000


def recorded_grid(weight: Floats, x: Floats) -> Floats:
    """Return x at 1 Hz on the recorded axis: pauses and samples without a value taken out."""
    known = ~np.isnan(x) & (weight > 0)
    held = weight[known]
    tau = np.concatenate(([0.0], np.cumsum(held)))
    total = np.concatenate(([0.0], np.cumsum(held * x[known])))
    return np.diff(np.interp(np.arange(np.floor(tau[-1]) + 1), tau, total))


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
    at = t[0] + step * np.arange(np.floor((t[-1] - t[0]) / step) + 1)
    return np.interp(at, t, x), step
