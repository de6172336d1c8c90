"""Speed from distance, and the best mean over a few seconds."""

import numpy as np

from homestretch.model.channel import Floats

SMOOTH_S = 5.0


def derived_speed(t: Floats, distance: Floats, window_s: float = SMOOTH_S) -> Floats:
    """Return the speed in m/s at each sample: the distance of the `window_s` around it; NaN for a single sample."""
    if len(t) < 2:
        return np.full(len(t), np.nan)
    before, after = np.maximum(t - window_s / 2, t[0]), np.minimum(t + window_s / 2, t[-1])
    return np.asarray((np.interp(after, t, distance) - np.interp(before, t, distance)) / (after - before))


def best_mean(t: Floats, total: Floats, window_s: float) -> float | None:
    """Return the highest mean rise of a running total over `window_s` that starts at a sample, or None if none fits."""
    starts = t[t <= t[-1] - window_s] if len(t) else t
    if len(starts) == 0:
        return None
    return float((np.interp(starts + window_s, t, total) - total[: len(starts)]).max() / window_s)
