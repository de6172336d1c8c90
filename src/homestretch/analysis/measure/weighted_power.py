"""How hard an uneven series was: means of fourth powers after smoothing, on 1 Hz recorded series."""

from functools import cache

import numpy as np

from homestretch.analysis.activity.series import Series
from homestretch.analysis.measure.metric import LowConfidence
from homestretch.analysis.measure.metric_result import MetricResult
from homestretch.model.channel import Floats

#: Seconds of the rolling mean; a shorter series has no weighted mean, and one shorter than ENOUGH_S a doubtful one.
ROLL_S = 30
ENOUGH_S = 600
#: Skiba's exponential mean moves a 26th of the way each second (GoldenCheetah BikeScore.cpp).
SKIBA_SHARE = 1.0 / 26.0
_BLOCK = 64


def rolling(x: Floats, width: int) -> Floats:
    """Return the means of every full window of `width` values, shape (n - width + 1,)."""
    total = np.concatenate(([0.0], np.cumsum(x)))
    return np.asarray((total[width:] - total[:-width]) / width)


def fourth_power_mean(x: Floats) -> float:
    """Return the fourth root of the mean of fourth powers."""
    squares = x * x
    return float((squares @ squares / len(x)) ** 0.25)


def weighted_mean_30(x: Floats) -> MetricResult:
    """Return the fourth-power mean of 30 s rolling means of a series at 1 Hz, full windows only.

    `too_short` below 30 s, and flagged so below 10 minutes.
    """
    if len(x) < ROLL_S:
        return "too_short"
    value = fourth_power_mean(rolling(x, ROLL_S))
    return LowConfidence(value, "too_short") if len(x) < ENOUGH_S else value


def exponential_mean(x: Floats, share: float) -> Floats:
    """Return y (n,) with y[i] = y[i-1] + share (x[i] - y[i-1]) and y[-1] = 0, for a share within (0, 1).

    Block by block: a triangle of powers within each, and what is carried from block to block.
    """
    count = -(-len(x) // _BLOCK)
    padded = np.zeros(count * _BLOCK)
    padded[: len(x)] = x
    triangle, decay = _triangle(share)
    own = padded.reshape(count, _BLOCK) @ triangle
    carried, left = [0.0], float(decay[-1])
    for last in own[:, -1].tolist():
        carried.append(last + left * carried[-1])
    own += np.multiply.outer(carried[:-1], decay)
    return own.ravel()[: len(x)]


@cache
def _triangle(share: float) -> tuple[Floats, Floats]:
    """Return what each value of a block adds to each later one, and what is left of what was carried in."""
    power = np.arange(_BLOCK)[None, :] - np.arange(_BLOCK)[:, None]
    left = (1.0 - share) ** np.arange(_BLOCK + 1, dtype=np.float64)
    return np.where(power >= 0, share * left[np.maximum(power, 0)], 0.0), left[1:]


def weighted_power(series: Series) -> MetricResult:
    """Return the 30 s weighted mean power in W."""
    return _of(series, series.recorded_power, series.power)


def weighted_gap_speed(series: Series) -> MetricResult:
    """Return the 30 s weighted mean of grade adjusted speed in m/s."""
    return _of(series, series.recorded_gap_speed, series.gap_speed)


def _of(series: Series, even: Floats | None, measured: Floats | None) -> MetricResult:
    if even is None:
        return "partial" if measured is not None and series.coarse else "no_data"
    return weighted_mean_30(even)
