"""What makes pairs of days: deviations from the usual, lags, thirds, groups."""

import numpy as np

from homestretch.analysis.health.baseline import BASELINE_DAYS, BASELINE_LEAST, days_before, eras
from homestretch.analysis.health.days import DailyValues, Days
from homestretch.analysis.health.evidence.question import Pairs
from homestretch.analysis.health.statistics import Indices
from homestretch.analysis.health.windows import known, mean
from homestretch.model.channel import Floats, Mask

#: Days of the mean that performances are seen against, and how many of them must be known.
PERFORMANCE_DAYS, PERFORMANCE_LEAST = 42, 5


def of_one_origin(values: Floats) -> DailyValues:
    """Return values (n,) that all have one origin."""
    return DailyValues(values, np.where(np.isnan(values), -1, 0))


def from_usual(daily: DailyValues, excluded: Mask, days: int = BASELINE_DAYS, least: int = BASELINE_LEAST) -> Floats:
    """Return how far each day (n,) is from the mean of the days before it, of its own era; NaN with too few."""
    rows = days_before(daily, excluded, days)
    return np.where(known(rows) >= least, daily.values - mean(rows), np.nan)


def lagged(values: Floats, days: int) -> Floats:
    """Return values (n,) so many days later: day d holds what day d - `days` had."""
    return np.concatenate((np.full(days, np.nan), values))[: len(values)]


def pairs_of(x: Floats, y: Floats, stratum: Indices) -> Pairs:
    """Return the days (n,) on which x and y are known."""
    day = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    return Pairs(day, x[day], y[day], stratum[day])


def deviation_pairs(days: Days, x: Floats, outcome: DailyValues) -> Pairs:
    """Return x (n,) with how far an outcome of the same day is from its 60-day mean, by eras of its devices."""
    return pairs_of(x, from_usual(outcome, days.excluded), eras(outcome))
