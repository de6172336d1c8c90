"""Baselines: what was usual before each day. No baseline crosses an origin (source, device and statistic)."""

from dataclasses import dataclass

import numpy as np

from homestretch.analysis.health.days import DailyValues, Origins
from homestretch.analysis.health.windows import Counts, before, known, last, masked, mean_and_sd, median_and_sd
from homestretch.model.channel import Floats, Mask

#: Days of a baseline before each day, and how many of them must be known.
BASELINE_DAYS, BASELINE_LEAST = 60, 14
#: The same where a night is compared with the median of those before it.
USUAL_DAYS, USUAL_LEAST = 30, 14


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """What is usual on each day, (n,): the mean, its band, the standard deviation, and how many days are known.

    NaN where too few are known.
    """

    mean: Floats
    low: Floats
    high: Floats
    sd: Floats
    known: Counts


@dataclass(frozen=True, slots=True, eq=False)
class Deviation:
    """How far each day is from the usual, (n,): `change` in the unit of the values and `z` in standard deviations.

    NaN where the day or the usual is unknown. `usual` is the median before, `sd` what `change` is divided by,
    `known` of how many days they are, `era` the origin that they hold for.
    """

    change: Floats
    z: Floats
    usual: Floats
    sd: Floats
    known: Counts
    era: Origins


def eras(daily: DailyValues) -> Origins:
    """Return the origin that holds on each day, (n,): its own, else the last before it; -1 before any.

    A value that was dropped (`within`) leaves its origin: a new device begins a new era even with a wrong value.
    """
    index = np.where(daily.origins < 0, -1, np.arange(len(daily.origins)))
    latest = np.maximum.accumulate(index)
    return np.where(latest >= 0, daily.origins[latest], -1)


def days_before(daily: DailyValues, excluded: Mask, days: int) -> Floats:
    """Return (n, days): the days before each day that its baseline may hold: of its own era and not excluded."""
    return _own_era(daily, before(masked(daily.values, ~excluded), days), before(daily.origins, days, -1))


def last_days(daily: DailyValues, days: int) -> Floats:
    """Return (n, days): the last days up to each day, those of its own era."""
    return _own_era(daily, last(daily.values, days), last(daily.origins, days, -1))


def band(daily: DailyValues, excluded: Mask, width: float = 1.0) -> Band:
    """Return the mean of the 60 days before each day and `width` standard deviations to either side.

    NaN with fewer than 14 known days of the day's own era; excluded days (ill) are not among them.
    """
    rows = days_before(daily, excluded, BASELINE_DAYS)
    count = known(rows)
    mean, sd = (np.where(count >= BASELINE_LEAST, one, np.nan) for one in mean_and_sd(rows))
    return Band(mean, mean - width * sd, mean + width * sd, sd, count)


def deviation(daily: DailyValues, excluded: Mask, floor: float) -> Deviation:
    """Return how far each day is from the median of the 30 before it, in their spread or `floor`, the larger.

    NaN with fewer than 14 known days of the day's own era; excluded days (ill) are not among them.
    """
    rows = days_before(daily, excluded, USUAL_DAYS)
    count = known(rows)
    usual, sd = median_and_sd(rows)
    usual = np.where(count >= USUAL_LEAST, usual, np.nan)
    sd = np.fmax(sd, floor)
    change = daily.values - usual
    return Deviation(change, change / sd, usual, sd, count, eras(daily))


def _own_era(daily: DailyValues, rows: Floats, origins: Origins) -> Floats:
    if len(np.unique(daily.origins[daily.origins >= 0])) <= 1:
        return rows
    return masked(rows, origins == eras(daily)[:, None])
