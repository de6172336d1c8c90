"""Resting heart rate: the mean of the last week against the 60 days before, and whether it is raised."""

from dataclasses import dataclass

import numpy as np

from homestretch.analysis.health.baseline import BASELINE_DAYS, BASELINE_LEAST, Band, band, last_days
from homestretch.analysis.health.day_metric import DayFamily, DayMetric, DayResults, Requirement, day_result
from homestretch.analysis.health.days import DailyValues, Days
from homestretch.analysis.health.windows import Counts, known, mean
from homestretch.model.channel import Floats, Mask

KIND = "resting_heart_rate_bpm"
#: What a resting heart rate can be, in bpm.
LEAST_BPM, MOST_BPM = 25.0, 150.0
WEEK_DAYS, WEEK_LEAST = 7, 3
#: The least rise that is one, in bpm, and what of it may be lost in rounding.
RAISED_BPM, ROUNDING_BPM = 3.0, 1e-9
BASELINE = Requirement(KIND, BASELINE_LEAST, BASELINE_DAYS)
WEEK = Requirement(KIND, WEEK_LEAST, WEEK_DAYS)
_METRICS = (
    DayMetric(key="resting_heart_rate_7d_bpm", name="Resting heart rate, 7-day mean", unit="bpm", group="heart",
              decimals=1, cite="mean of the last 7 days", lower_is_better=True, also_known_as=("7-day RHR",)),
    DayMetric(key="resting_heart_rate_60d_bpm", name="Resting heart rate, baseline", unit="bpm", group="heart",
              decimals=1, cite="mean of the 60 days before", lower_is_better=True, also_known_as=("60-day RHR",)),
    DayMetric(key="resting_heart_rate_change_bpm", name="Resting heart rate against the baseline", unit="bpm",
              group="heart", decimals=1, cite="7-day mean less that of the 60 days before", lower_is_better=True,
              also_known_as=("RHR trend",)),
    DayMetric(key="resting_heart_rate_raised", name="Raised resting heart rate", unit="", group="heart", decimals=0,
              cite="7-day mean above the 60-day mean by 1 SD and 3 bpm on two days running (ours)",
              lower_is_better=True, choices=("no", "yes")),
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class RestingTrend:
    """Of each day (n,): the band of the 60 days before, the mean of the last week and the days that it is of.

    `raised` is 1 where the rate is raised on this day and the one before it, 0 where not, NaN for unknown.
    """

    band: Band
    week: Floats
    week_days: Counts
    raised: Floats


def resting_trend(daily: DailyValues, excluded: Mask) -> RestingTrend:
    """Return how the resting heart rate (bpm) of each day compares; excluded days (ill) are in no baseline."""
    believed = daily.within(LEAST_BPM, MOST_BPM)
    normal = band(believed, excluded)
    rows = last_days(believed, WEEK_DAYS)
    count = known(rows)
    week = np.where(count >= WEEK_LEAST, mean(rows), np.nan)
    above = np.where((week > normal.high) & (week - normal.mean >= RAISED_BPM - ROUNDING_BPM), 1.0, 0.0)
    above[np.isnan(week) | np.isnan(normal.high)] = np.nan
    yesterday = np.concatenate((np.full(1, np.nan), above))[: len(above)]
    return RestingTrend(normal, week, count, np.where(above == 0.0, 0.0, above * yesterday))


def measure(days: Days) -> DayResults:
    """Return the trend of the resting heart rate."""
    trend = resting_trend(days.kind(KIND), days.excluded)
    baseline, week = (BASELINE, trend.band.known), (WEEK, trend.week_days)
    yesterday = (Requirement("resting_heart_rate_change_bpm", 2, 2), 1 + np.isfinite(trend.raised))
    return {
        "resting_heart_rate_7d_bpm": day_result(trend.week, week),
        "resting_heart_rate_60d_bpm": day_result(trend.band.mean, baseline),
        "resting_heart_rate_change_bpm": day_result(trend.week - trend.band.mean, baseline, week),
        "resting_heart_rate_raised": day_result(trend.raised, baseline, week, yesterday),
    }


RESTING_HEART_RATE = DayFamily(
    key="resting_heart_rate", version=1, metrics=_METRICS, measure=measure, reads=(KIND,), inputs=("excluded",)
)
