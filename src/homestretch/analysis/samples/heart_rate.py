"""Heart rate made fit for computation: spikes out, and how long a strap repeated itself."""

import numpy as np

from homestretch.model.channel import Floats

#: A change by more than this (bpm) that comes back within SPIKE_S is no heartbeat but a fault.
SPIKE_BPM = 25.0
SPIKE_S = 2.0


def without_spikes(t: Floats, heart_rate: Floats) -> Floats:
    """Return the heart rate (n,) with NaN where one or two samples leap away and back within 2 s."""
    step = heart_rate[1:] - heart_rate[:-1]
    leap = np.abs(step) > SPIKE_BPM
    if not leap.any():
        return heart_rate
    leap &= np.diff(t) <= SPIKE_S
    found = heart_rate.copy()
    for width in (1, 2):
        away, back = step[:-width], step[width:]
        near = np.abs(heart_rate[width + 1 :] - heart_rate[: -width - 1]) <= SPIKE_BPM
        soon = t[width:-1] - t[1:-width] < SPIKE_S if width > 1 else np.ones(len(away), dtype=bool)
        spike = np.flatnonzero(leap[:-width] & leap[width:] & (away * back < 0.0) & near & soon)
        for inside in range(1, width + 1):
            found[spike + inside] = np.nan
    return found


def flat_s(heart_rate: Floats, passed: Floats) -> float:
    """Return the longest time, in s, for which the heart rate (n,) read the same; `passed` (n+1,) is time recorded."""
    if len(heart_rate) == 0:
        return 0.0
    begin = np.concatenate(([0], np.flatnonzero(heart_rate[1:] != heart_rate[:-1]) + 1))
    held = np.diff(passed[begin], append=passed[-1])
    return float(held[~np.isnan(heart_rate[begin])].max(initial=0.0))
