"""How far: the device's own distance mended, or the way between the places."""

from typing import Literal

import numpy as np

from homestretch.analysis.axis import Axis, Indices
from homestretch.analysis.gaps import Mask
from homestretch.model.channel import Floats

type DistanceSource = Literal["device", "gps"]

#: A fall of the device's distance by more than this, in m, is a counter that began anew.
RESET_M = 50.0


def device_distance(t: Floats, raw: Floats) -> Floats | None:
    """Return the device's distance in m, never falling and known everywhere, or None where it says nothing."""
    known = np.flatnonzero(np.isfinite(raw))
    if len(known) == 0:
        return None
    d = raw[known]
    falls = np.diff(d) < -RESET_M
    if falls.any():
        keep = ~_dips(d, falls)
        known, d = known[keep], d[keep]
        step = np.diff(d)
        d = d + np.concatenate(([0.0], np.cumsum(np.where(step < -RESET_M, -step, 0.0))))
    d = np.maximum.accumulate(d)
    if d[-1] <= 0.0:
        return None
    return d if len(known) == len(raw) else np.interp(t, t[known], d)


def _dips(d: Floats, falls: Mask) -> Mask:
    """Return the single values that fall away from two neighbours which agree: not resets but errors."""
    dips = np.zeros(len(d), dtype=bool)
    dips[1:-1] = falls[:-1] & (d[2:] >= d[:-2] - RESET_M)
    return dips


def gps_distance(axis: Axis, at: Indices, way: Floats, joined: Mask, moving: Mask | None = None) -> Floats:
    """Return the cumulative distance in m at every sample, shape (n,).

    `at` (k,) are the samples with a place and `way` (k-1,) the metres between them; what lies across
    a step that is not `joined` (n-1,) adds nothing, nor does a step that starts while not `moving` (n,).
    """
    breaks = np.concatenate(([0], np.cumsum(~joined)))[at]
    counted = breaks[1:] == breaks[:-1]
    if moving is not None:
        counted = counted & moving[at[:-1]]
    total = np.concatenate(([0.0], np.cumsum(np.where(counted, way, 0.0))))
    return total if len(at) == len(axis) else np.interp(axis.t, axis.t[at], total)
