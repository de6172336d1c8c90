"""Sleep over many nights: what was needed and missed, how regular it was, and when it was."""

from dataclasses import dataclass

import numpy as np

from homestretch.analysis.health.days import Days
from homestretch.analysis.health.nights import AWAKE, DAY_S, UNMEASURED, Nights
from homestretch.analysis.health.windows import Counts, before, known, last, mean, median, ratio
from homestretch.model.channel import Floats, Mask

#: Pairs of days that regularity needs, over so many days; the seconds of an epoch.
LEAST_PAIRS, REGULAR_DAYS = 5, 28
EPOCH_S = 300.0
#: Nights of debt, and how many of them must be known.
DEBT_NIGHTS, DEBT_LEAST = 14, 10
#: Days over which free nights show the need, how many of them there must be, and what a need can be, in s.
NEED_DAYS, NEED_LEAST = 90, 10
NEED_S, LEAST_NEED_S, MOST_NEED_S = 8 * 3600.0, 6 * 3600.0, 10 * 3600.0
#: Where a need is from.
NEED_BASES = ("set", "free_days", "usual_adult")


@dataclass(frozen=True, slots=True, eq=False)
class Need:
    """The sleep need of each day (n,) in s, and where it is from, as an index of `NEED_BASES`."""

    seconds: Floats
    basis: Floats


def night_sleep_s(days: Days) -> Floats:
    """Return the sleep of each night in s, without naps, NaN for unknown: of the night, else the day's own figure."""
    of_nights = days.every_night.asleep_s
    seconds = np.where(of_nights > 0.0, of_nights, days.kind("sleep_s").values)
    return np.where(seconds > 0.0, seconds, np.nan)


def day_sleep_s(days: Days) -> Floats:
    """Return the sleep of each day in s, naps included; NaN where the night is unknown."""
    return night_sleep_s(days) + np.nan_to_num(days.every_night.naps_s)


def need(days: Days) -> Need:
    """Return the athlete's sleep need on each day: as set, else the median of free days, else 8 h.

    Of the free days (no alarm, not ill) of the 90 days before at least 10 must be known; the median is kept between
    6 and 10 h.
    """
    rows = before(np.where(days.free_days & ~days.excluded, day_sleep_s(days), np.nan), NEED_DAYS)
    enough = known(rows) >= NEED_LEAST
    free = np.clip(median(rows), LEAST_NEED_S, MOST_NEED_S)
    own = days.set_need_s
    is_set = ~np.isnan(own)
    seconds = np.where(is_set, own, np.where(enough, free, NEED_S))
    return Need(seconds, np.where(is_set, 0.0, np.where(enough, 1.0, 2.0)))


def debt(slept_s: Floats, need_s: Floats) -> tuple[Floats, Counts]:
    """Return the sleep missing in s after the last 14 nights of each day (n,), and how many of them are known.

    `slept_s` (n,) is NaN where unknown: such a night is skipped. More sleep than needed repays one to one. NaN where
    fewer than 10 are known.
    """
    rows = last(slept_s, DEBT_NIGHTS)
    nights = known(rows)
    missing = np.nansum(need_s[:, None] - rows, axis=1)
    return np.where(nights >= DEBT_LEAST, np.maximum(missing, 0.0), np.nan), nights


def states(nights: Nights) -> Floats:
    """Return whether the athlete slept, (n, 288): 1 asleep, 0 awake, NaN unknown, by epochs of 5 min from noon to noon.

    Row d is the 24 h of the local clock up to noon of day d, all unknown where the night of day d is. Naps are sleep.
    """
    stage = nights.stretches.stage
    sleeping = _covered(nights, (stage != AWAKE) & (stage != UNMEASURED))
    unmeasured = stage == UNMEASURED
    rows = sleeping.astype(np.float64)
    if unmeasured.any():
        rows[_covered(nights, unmeasured) & ~sleeping] = np.nan
    rows[np.isnan(nights.start_s)] = np.nan
    return rows


def _covered(nights: Nights, where: Mask) -> Mask:
    """Return which epochs (n, 288) some of the stretches cover."""
    pieces = nights.stretches.take(where)
    epochs = int(DAY_S / EPOCH_S)
    size = nights.count * epochs
    first = (pieces.day + 0.5) * DAY_S
    edges = np.rint(np.stack((first + pieces.start_s, first + pieces.end_s)) / EPOCH_S).astype(np.int64)
    start, end = np.clip(edges, 0, size)
    depth = np.bincount(start, minlength=size + 1) - np.bincount(end, minlength=size + 1)
    return np.asarray(np.cumsum(depth[:-1]) > 0).reshape(nights.count, epochs)


def regularity(asleep: Floats, least_pairs: int = LEAST_PAIRS) -> float | None:
    """Return the sleep regularity index, -100 to 100, of days (n, m) in m even epochs of the local clock.

    1 is asleep, 0 awake, NaN unknown. It is the chance to be in the same state at the same clock time a day
    later, scaled (Phillips 2017). None with fewer than `least_pairs` pairs of days that have a known epoch.
    """
    same, either = _pairs(asleep)
    if np.count_nonzero(either) < least_pairs:
        return None
    return float(-100.0 + 200.0 * same.sum() / either.sum())


def regularities(asleep: Floats) -> tuple[Floats, Counts]:
    """Return the sleep regularity index of the last 28 days up to each day (n,), and of how many pairs of days it is.

    NaN with fewer than 5 pairs.
    """
    same, either = _pairs(asleep)
    alike, compared, pairs = (_summed(one) for one in (same, either, (either > 0.0).astype(np.float64)))
    index = np.where(pairs >= LEAST_PAIRS, -100.0 + 200.0 * ratio(alike, compared), np.nan)
    return index[: len(asleep)], pairs.astype(np.int64)[: len(asleep)]


def _summed(of_pairs: Floats) -> Floats:
    """Return the sum over the pairs of the last 28 days up to each day, of what each but the first day has, (n,)."""
    rows = last(np.concatenate((np.zeros(1), of_pairs)), REGULAR_DAYS - 1)
    return np.asarray(np.nansum(rows, axis=1))


def _pairs(asleep: Floats) -> tuple[Floats, Floats]:
    """Return of each day and the one before it, (n - 1,), how many epochs were the same and how many are known."""
    holds = ~np.isnan(asleep)
    both = holds[1:] & holds[:-1]
    same = np.count_nonzero(asleep[1:] == asleep[:-1], axis=1)  # NaN equals nothing
    return same.astype(np.float64), np.count_nonzero(both, axis=1).astype(np.float64)


def circular(clock_s: Floats) -> tuple[Floats, Floats]:
    """Return the mean and the standard deviation in s of clock times in each row (n, m), NaN for unknown.

    The mean is 0 to 86400 after midnight; both are of directions on the clock's circle (Fisher 1993), so that 23:50
    and 0:10 are 20 minutes apart.
    """
    angle = clock_s * (2.0 * np.pi / DAY_S)
    east, north = mean(np.cos(angle)), mean(np.sin(angle))
    length = np.clip(np.hypot(east, north), 1e-12, 1.0)
    turn = DAY_S / (2.0 * np.pi)
    return np.mod(np.arctan2(north, east) * turn, DAY_S), np.sqrt(-2.0 * np.log(length)) * turn


@dataclass(frozen=True, slots=True, eq=False)
class Chronotype:
    """Midsleep on work days and free days, that of free days without the sleep that was caught up, social jetlag.

    All (n,), in s; midsleep from midnight of the day of waking.
    """

    work_s: Floats
    free_s: Floats
    corrected_s: Floats
    social_jetlag_s: Floats


def chronotype(start_s: Floats, end_s: Floats, free: Mask, work_share: Floats) -> Chronotype:
    """Return when each row of nights (n, m) says that the athlete sleeps by nature (Roenneberg 2012, 2019).

    `start_s` and `end_s` are seconds from midnight of the day of waking, NaN for unknown; `free` (n, m) are nights
    without an alarm, `work_share` (n,) the share of work days. MSFsc is MSF where free nights are not the longer ones,
    else MSF - (SD_free - SD_week) / 2.
    """
    middle, length = (start_s + end_s) / 2.0, end_s - start_s
    work_s, free_s = (mean(np.where(kept, middle, np.nan)) for kept in (~free, free))
    work_length, free_length = (mean(np.where(kept, length, np.nan)) for kept in (~free, free))
    week_length = work_share * work_length + (1.0 - work_share) * free_length
    longer = free_length > work_length
    corrected = np.where(longer, free_s - (free_length - week_length) / 2.0, free_s)
    return Chronotype(work_s, free_s, corrected, free_s - work_s)
