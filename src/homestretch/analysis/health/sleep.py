"""Sleep over many nights: how regular it was, and what was missed."""

import numpy as np

from homestretch.model.channel import Floats

#: Pairs of days that regularity needs; nights of debt, and how many of them must be known.
LEAST_PAIRS = 5
DEBT_NIGHTS, DEBT_LEAST = 14, 10
NEED_S = 8 * 3600.0


def regularity(asleep: Floats, least_pairs: int = LEAST_PAIRS) -> float | None:
    """Return the sleep regularity index, -100 to 100, of days (n, m) in m even epochs of the local clock.

    1 is asleep, 0 awake, NaN unknown. It is the chance to be in the same state at the same clock time a day
    later, scaled (Phillips 2017). None with fewer than `least_pairs` pairs of days that have a known epoch.
    """
    if len(asleep) < 2:
        return None
    today, tomorrow = asleep[:-1], asleep[1:]
    known = ~np.isnan(today) & ~np.isnan(tomorrow)
    if np.count_nonzero(known.any(axis=1)) < least_pairs:
        return None
    same = (today == tomorrow) & known
    return float(-100.0 + 200.0 * np.count_nonzero(same) / np.count_nonzero(known))


def debt(slept_s: Floats, need_s: float = NEED_S) -> float | None:
    """Return the sleep missing in s after the last 14 of the nights (n,), NaN unknown; more sleep repays it one to one.

    None where fewer than 10 of the 14 are known.
    """
    last = slept_s[-DEBT_NIGHTS:]
    known = last[~np.isnan(last)]
    return max(0.0, float((need_s - known).sum())) if len(known) >= DEBT_LEAST else None
