"""Heart rate against power or pace: minute by minute, with the line through them.

The line is Theil and Sen's (1968): the median of the slopes between each two minutes, through the median of what is
left. Up to 29 % of the minutes may be wrong without moving it far, which a line of least squares does not bear.
"""

from dataclasses import dataclass

import numpy as np

from homestretch.analysis.activity.effort import Effort
from homestretch.model.channel import Floats

MINUTE_S = 60.0
#: A minute counts where both are known for this share of it.
KNOWN = 0.75
#: A line needs so many minutes.
LEAST = 10
#: More are put together by twos, threes, …: a slope is computed for each pair.
MOST = 600


@dataclass(frozen=True, slots=True, eq=False)
class Relation:
    """Means of m minutes in order of time: `minute` since the start, `effort` in W or m/s, `bpm`.

    bpm = slope * effort + at_zero is their line, and `r` their rank correlation (Spearman), all None without one.
    """

    minute: Floats
    effort: Floats
    bpm: Floats
    slope: float | None
    at_zero: float | None
    r: float | None


def relation(effort: Effort, kind: str) -> Relation | None:
    """Return heart rate against `power` or `pace` (grade adjusted on foot), or None where one was not measured.

    Stops are left out: the heart goes on without an effort.
    """
    series = effort.series
    power = series.power if kind == "power" else (series.gap_speed if effort.sport.on_foot else series.speed)
    bpm = series.heart_rate
    if power is None or bpm is None:
        return None
    known = np.isfinite(power) & np.isfinite(bpm) & (series.weight > 0.0) & series.moving
    if not known.any():
        return None
    minute, x, y = _means(
        series.passed[:-1], series.weight, np.where(known, power, 0.0), np.where(known, bpm, 0.0), known
    )
    return Relation(minute, x, y, *line(x, y)) if len(minute) else None


def _means(passed: Floats, weight: Floats, x: Floats, y: Floats, known: np.ndarray) -> tuple[Floats, Floats, Floats]:
    """Return for each stretch of minutes that is known: where it begins in minutes, and the means of x and y."""
    width = MINUTE_S * max(1.0, np.ceil(float(passed[-1]) / MINUTE_S / MOST))
    at = (passed // width).astype(np.int64)
    held = np.where(known, weight, 0.0)
    seconds = np.bincount(at, weights=held)
    enough = np.flatnonzero(seconds >= KNOWN * width)
    sums = (np.bincount(at, weights=held * values)[enough] / seconds[enough] for values in (x, y))
    first, second = sums
    return enough * (width / MINUTE_S), first, second


def line(x: Floats, y: Floats) -> tuple[float, float, float] | tuple[None, None, None]:
    """Return slope, value at zero and rank correlation of y over x (m,); None of them where x hardly varies."""
    if len(x) < LEAST:
        return None, None, None
    one, other = np.triu_indices(len(x), 1)
    run = x[other] - x[one]
    apart = np.abs(run) > 1e-6 * max(float(np.abs(x).max()), 1e-9)
    if np.count_nonzero(apart) < len(x):
        return None, None, None
    slope = float(np.median((y[other] - y[one])[apart] / run[apart]))
    ranks = _ranks(x), _ranks(y)
    if min(float(np.ptp(one)) for one in ranks) <= 0.0:
        return None, None, None
    return slope, float(np.median(y - slope * x)), float(np.corrcoef(*ranks)[0, 1])


def _ranks(values: Floats) -> Floats:
    """Return the rank of each value (m,), equal ones the mean of theirs."""
    _, which, count = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(count) - (count - 1) / 2.0)[which])
