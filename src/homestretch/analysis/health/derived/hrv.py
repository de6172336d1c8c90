"""HRV against the athlete's own baseline: the normal band, the mean of the last week in it, and the last night."""

import numpy as np

from homestretch.analysis.health.baseline import BASELINE_DAYS, BASELINE_LEAST
from homestretch.analysis.health.day_metric import DayFamily, DayMetric, DayResults, Requirement, day_result
from homestretch.analysis.health.days import Days
from homestretch.analysis.health.hrv import STATUSES, WEEK_DAYS, WEEK_LEAST, baselines

KIND = "hrv_night_ms"
BASELINE = Requirement(KIND, BASELINE_LEAST, BASELINE_DAYS)
WEEK = Requirement(KIND, WEEK_LEAST, WEEK_DAYS)
TONIGHT = Requirement(KIND)
#: Nights that are all alike have no spread to compare with.
SPREAD = Requirement("hrv_spread")
_BAND = "mean ± 0.75 SD of ln RMSSD of the 60 days before (HRV4Training; Plews 2014; the width is ours)"
_METRICS = (
    DayMetric(key="hrv_band_mean_ms", name="HRV baseline", unit="ms", group="heart", decimals=0, cite=_BAND,
              also_known_as=("60-day HRV", "HRV baseline (rMSSD)")),
    DayMetric(key="hrv_band_low_ms", name="HRV normal range, low", unit="ms", group="heart", decimals=0, cite=_BAND,
              also_known_as=("Normal values",)),
    DayMetric(key="hrv_band_high_ms", name="HRV normal range, high", unit="ms", group="heart", decimals=0, cite=_BAND,
              also_known_as=("Normal values",)),
    DayMetric(key="hrv_mean_7d_ms", name="HRV, 7-day mean", unit="ms", group="heart", decimals=0,
              cite="geometric mean of RMSSD of the last 7 days (Plews 2014)", lower_is_better=False,
              also_known_as=("7-day average", "rMSSD rolling average")),
    DayMetric(key="hrv_variation_pct", name="HRV variation", unit="%", group="heart", decimals=1,
              cite="coefficient of variation of ln RMSSD of the last 7 days (Plews 2013)",
              also_known_as=("CV of ln rMSSD",)),
    DayMetric(key="hrv_status", name="HRV status", unit="", group="heart", decimals=0,
              cite="7-day mean against the normal range", choices=STATUSES, also_known_as=("HRV trend",)),
    DayMetric(key="hrv_night_z", name="Last night's HRV against the baseline", unit="SD", group="heart", decimals=1,
              cite="difference of ln RMSSD to the 60-day mean, in SD"),
    DayMetric(key="hrv_week_z", name="7-day HRV against the baseline", unit="SD", group="heart", decimals=1,
              cite="difference of the 7-day mean of ln RMSSD to the 60-day mean, in SD"),
)  # fmt: skip


def measure(days: Days) -> DayResults:
    """Return where the HRV of each day is; it is compared with nights of the same source, device and statistic only."""
    hrv = baselines(days.kind(KIND), days.excluded)
    band, week = (BASELINE, hrv.band.known), (WEEK, hrv.week_nights)
    spread = (SPREAD, hrv.band.sd > 0.0)
    return {
        "hrv_band_mean_ms": day_result(np.exp(hrv.band.mean), band),
        "hrv_band_low_ms": day_result(np.exp(hrv.band.low), band),
        "hrv_band_high_ms": day_result(np.exp(hrv.band.high), band),
        "hrv_mean_7d_ms": day_result(np.exp(hrv.week), week),
        "hrv_variation_pct": day_result(hrv.variation_pct, week),
        "hrv_status": day_result(hrv.status, band, week),
        "hrv_night_z": day_result(hrv.z, band, spread, (TONIGHT, np.isfinite(hrv.z))),
        "hrv_week_z": day_result(hrv.week_z, band, week, spread),
    }


HRV = DayFamily(key="hrv", version=1, metrics=_METRICS, measure=measure, reads=(KIND,), inputs=("excluded",))
