"""Heart rate variability: a night's figures from beat intervals, and each night against its baseline."""

from dataclasses import dataclass, replace

import numpy as np

from homestretch.analysis.health.baseline import Band, band, last_days
from homestretch.analysis.health.days import DailyValues
from homestretch.analysis.health.windows import ROUNDING, Counts, known, mean_and_sd, ratio
from homestretch.model.channel import Floats, Mask

#: Beat intervals in ms that can be true, the share by which one may differ from the one before (Malik), and the
#: share of all that must be left.
LEAST_MS, MOST_MS = 300.0, 2000.0
JUMP = 0.2
ENOUGH = 0.8
#: What a night's RMSSD can be, in ms.
LEAST_RMSSD_MS, MOST_RMSSD_MS = 5.0, 250.0
#: Nights of the last week, and how many of them must be known.
WEEK_DAYS, WEEK_LEAST = 7, 3
#: Half the width of the normal band, in standard deviations; papers use 0.5 to 1, the choice is ours.
BAND = 0.75
#: Where the mean of the last week is: below, in or above the band.
STATUSES = ("low", "balanced", "high")


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


@dataclass(frozen=True, slots=True, eq=False)
class HrvBaselines:
    """Of each day (n,), in ln RMSSD: the normal band, the mean of the last week and how many nights it is of.

    `variation_pct` is the week's coefficient of variation; `z` and `week_z` are how far the last night and the week
    are from the mean, in standard deviations. NaN where too few nights are known.
    """

    band: Band
    week: Floats
    week_nights: Counts
    variation_pct: Floats
    z: Floats
    week_z: Floats

    @property
    def status(self) -> Floats:
        """Where the week is, as an index of `STATUSES`: below, in or above the band; NaN where either is unknown."""
        low, high = self.band.low - ROUNDING, self.band.high + ROUNDING
        code = np.where(self.week < low, 0.0, np.where(self.week > high, 2.0, 1.0))
        return np.where(np.isnan(self.week) | np.isnan(self.band.low), np.nan, code)


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


def baselines(nightly: DailyValues, excluded: Mask) -> HrvBaselines:
    """Return where each night stands among those before it, of nightly RMSSD in ms; excluded nights (ill) are no usual.

    The band is the mean of ln RMSSD of the 60 days before, 0.75 standard deviations to either side; the week is the
    mean of the last 7 days (HRV4Training; Plews 2014). What is not of 5 to 250 ms is dropped, and only nights of the
    origin of the day's own night are compared.
    """
    believed = nightly.within(LEAST_RMSSD_MS, MOST_RMSSD_MS)
    ln = replace(believed, values=np.log(believed.values))
    normal = band(ln, excluded, BAND)
    rows = last_days(ln, WEEK_DAYS)
    nights = known(rows)
    week, spread = (np.where(nights >= WEEK_LEAST, one, np.nan) for one in mean_and_sd(rows))
    return HrvBaselines(
        band=normal,
        week=week,
        week_nights=nights,
        variation_pct=100.0 * ratio(spread, week),
        z=ratio(ln.values - normal.mean, normal.sd),
        week_z=ratio(week - normal.mean, normal.sd),
    )
