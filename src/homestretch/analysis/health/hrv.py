"""Heart rate variability: a night's figures from beat intervals, and a night against its baseline."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from homestretch.model.channel import Floats, Mask

type Status = Literal["low", "balanced", "high"]

#: Beat intervals in ms that can be true, the share by which one may differ from the one before (Malik), and the
#: share of all that must be left.
LEAST_MS, MOST_MS = 300.0, 2000.0
JUMP = 0.2
ENOUGH = 0.8
#: Nights of the baseline and the least that are needed; the same for the week before.
BASELINE_DAYS, BASELINE_LEAST = 60, 14
WEEK_DAYS, WEEK_LEAST = 7, 3
#: Half the width of the normal band, in standard deviations; papers use 0.5 to 1, the choice is ours.
BAND = 0.75


@dataclass(frozen=True, slots=True)
class Variability:
    """Of clean beat intervals: their mean, SDNN and RMSSD in ms, the natural logarithm of RMSSD, and shares.

    `pnn20` and `pnn50` are the shares of beats that differ by more than 20 and 50 ms from the one before.
    """

    mean_ms: float
    sdnn_ms: float
    rmssd_ms: float
    ln_rmssd: float
    pnn20: float
    pnn50: float


@dataclass(frozen=True, slots=True)
class Baseline:
    """The normal band of ln RMSSD, last week's mean in it, its coefficient of variation in %, and the verdict."""

    mean: float
    low: float
    high: float
    week: float
    variation_pct: float
    status: Status


def believable(rr_ms: Floats) -> Mask:
    """Return which beat intervals (n,) can be true: within bounds, and near the one before (Malik's 20 %)."""
    kept = (rr_ms >= LEAST_MS) & (rr_ms <= MOST_MS)
    near = np.ones(len(rr_ms), dtype=bool)
    near[1:] = np.abs(np.diff(rr_ms)) <= JUMP * rr_ms[:-1]
    return np.asarray(kept & near)


def variability(rr_ms: Floats) -> Variability | None:
    """Return the variability of beat intervals (n,), or None where cleaning leaves less than 80 % of them.

    Differences are of neighbours only, never over a beat that was taken out. Shares are of all beats left.
    """
    kept = believable(rr_ms)
    clean = rr_ms[kept]
    if len(clean) < 3 or len(clean) < ENOUGH * len(rr_ms):
        return None
    step = np.diff(rr_ms)[kept[1:] & kept[:-1]]
    if len(step) == 0:
        return None
    rmssd = float(np.sqrt(np.mean(step**2)))
    far = np.abs(step)
    return Variability(
        mean_ms=float(clean.mean()),
        sdnn_ms=float(clean.std(ddof=1)),
        rmssd_ms=rmssd,
        ln_rmssd=float(np.log(rmssd)) if rmssd > 0.0 else float("-inf"),
        pnn20=float(np.count_nonzero(far > 20.0)) / len(clean),
        pnn50=float(np.count_nonzero(far > 50.0)) / len(clean),
    )


def baseline(ln_rmssd: Floats) -> Baseline | None:
    """Return where the last night stands, of one value a day (n,), NaN for none, the last of them today's.

    The band is the mean of the 60 days before today, 0.75 standard deviations to either side; the status is that of
    the mean of the last 7 days. None with fewer than 14 nights of the 60 or 3 of the 7 (HRV4Training; Plews 2013).
    """
    before, week = ln_rmssd[-BASELINE_DAYS - 1 : -1], ln_rmssd[-WEEK_DAYS:]
    before, week = before[~np.isnan(before)], week[~np.isnan(week)]
    if len(before) < BASELINE_LEAST or len(week) < WEEK_LEAST:
        return None
    mean, spread, now = float(before.mean()), float(before.std(ddof=1)), float(week.mean())
    low, high = mean - BAND * spread, mean + BAND * spread
    status: Status = "low" if now < low else "high" if now > high else "balanced"
    return Baseline(mean, low, high, now, 100.0 * float(week.std(ddof=1)) / now, status)
