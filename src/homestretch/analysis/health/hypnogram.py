"""The figures of a night that its stages show: efficiency, time to fall asleep, time awake, shares of stages."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homestretch.analysis.health.nights import ASLEEP, AWAKE, DEEP, LIGHT, REM, UNMEASURED, Nights, Stretches
from homestretch.analysis.health.windows import ratio
from homestretch.model.channel import Floats, Mask

#: The least length of an awakening that one remembers, in s.
LONG_AWAKE_S = 300.0
SLEEPING = (DEEP, LIGHT, REM, ASLEEP)


@dataclass(frozen=True, slots=True, eq=False)
class Hypnogram:
    """Of each night (n,), NaN for unknown; times in s, `onset_s` and `wake_s` from midnight of the day of waking.

    `window_s` is from the first to the last of what is known, in bed where the source measures that. `latency_s` is
    the time awake before sleep, NaN where the window begins with sleep; `awake_s` the time awake between falling asleep
    and the last waking (WASO), in so many `awakenings`, of which `long_awakenings` lasted 5 min. `efficiency_pct` is
    the sleep in % of the window without what is unmeasured; shares of stages are of the sleep.
    """

    onset_s: Floats
    wake_s: Floats
    asleep_s: Floats
    window_s: Floats
    latency_s: Floats
    awake_s: Floats
    awakenings: Floats
    long_awakenings: Floats
    efficiency_pct: Floats
    deep_pct: Floats
    rem_pct: Floats
    staged: Mask


def sleep_spans(nights: Nights) -> tuple[Floats, Floats]:
    """Return when each night (n,) fell asleep and last woke, in s from midnight of the day of waking."""
    pieces = nights.stretches
    sleeping = ~pieces.nap & (pieces.end_s > pieces.start_s) & np.isin(pieces.stage, SLEEPING)
    return _ends(pieces, sleeping, nights.start_s, nights.end_s)


def hypnograms(nights: Nights) -> Hypnogram:
    """Return the figures of every night; one without stages (`staged`) has only those of its span and its sleep."""
    of_night = nights.stretches.take(~nights.stretches.nap & (nights.stretches.end_s > nights.stretches.start_s))
    length, count = of_night.end_s - of_night.start_s, nights.count
    sums = {stage: _sum(of_night, length, of_night.stage == stage, count) for stage in range(ASLEEP + 1)}
    staged = (sums[DEEP] + sums[LIGHT] + sums[REM]) > 0.0
    asleep_s = np.where(staged, sums[DEEP] + sums[LIGHT] + sums[REM] + sums[ASLEEP], nights.asleep_s)
    onset, wake = sleep_spans(nights)
    first, final = _ends(of_night, np.ones(len(length), dtype=bool), nights.start_s, nights.end_s, widen=True)
    awake_s, awakenings, long_awakenings = _awakenings(of_night, onset, wake)
    window = final - first
    only_staged = np.where(staged, 1.0, np.nan)
    return Hypnogram(
        onset_s=onset,
        wake_s=wake,
        asleep_s=asleep_s,
        window_s=window,
        latency_s=np.where(staged & (onset > first), onset - first, np.nan),
        awake_s=awake_s * only_staged,
        awakenings=awakenings * only_staged,
        long_awakenings=long_awakenings * only_staged,
        efficiency_pct=np.minimum(100.0 * ratio(asleep_s, window - sums[UNMEASURED]), 100.0),
        deep_pct=100.0 * ratio(sums[DEEP], asleep_s) * only_staged,
        rem_pct=100.0 * ratio(sums[REM], asleep_s) * only_staged,
        staged=staged,
    )


def _sum(pieces: Stretches, length: Floats, where: Mask, count: int) -> Floats:
    return np.bincount(pieces.day[where], length[where], count)


def _ends(
    pieces: Stretches, where: Mask, start_s: Floats, end_s: Floats, *, widen: bool = False
) -> tuple[Floats, Floats]:
    """Return the first start and the last end of some stretches of each night; its own span where it has none.

    `widen`: the own span counts too.
    """
    first, final = np.full(len(start_s), np.inf), np.full(len(end_s), -np.inf)
    np.minimum.at(first, pieces.day[where], pieces.start_s[where])
    np.maximum.at(final, pieces.day[where], pieces.end_s[where])
    none = np.isinf(first)
    if widen:
        first, final = np.fmin(first, start_s), np.fmax(final, end_s)
    return np.where(none, start_s, first), np.where(none, end_s, final)


def _awakenings(pieces: Stretches, onset: Floats, wake: Floats) -> tuple[Floats, Floats, Floats]:
    """Return of each night (n,) the time awake within its sleep in s, the awakenings, and those of 5 min and more.

    Stretches that follow each other without a break are one awakening.
    """
    count = len(onset)
    within = (pieces.stage == AWAKE) & (pieces.start_s >= onset[pieces.day]) & (pieces.end_s <= wake[pieces.day])
    day, start, end = pieces.day[within], pieces.start_s[within], pieces.end_s[within]
    begins = np.ones(len(day), dtype=bool)
    begins[1:] = (day[1:] != day[:-1]) | (start[1:] > end[:-1])
    number = np.cumsum(begins) - 1
    lasting: Floats = np.bincount(number, end - start, int(begins.sum()))
    of_day: NDArray[np.int64] = day[begins]
    long = of_day[lasting >= LONG_AWAKE_S]
    return (
        np.bincount(of_day, lasting, count),
        np.bincount(of_day, minlength=count).astype(np.float64),
        np.bincount(long, minlength=count).astype(np.float64),
    )
