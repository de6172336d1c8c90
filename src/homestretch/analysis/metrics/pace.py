"""Pace on foot: speeds that count the hills, and their load."""

import numpy as np

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.series import Series
from homestretch.analysis.measure.loads import pace_coverage, pace_load
from homestretch.analysis.measure.metric import Family, Metric, Values
from homestretch.analysis.measure.metric_result import MetricResult, combine, threshold, weighted_mean, with_caveat
from homestretch.analysis.measure.weighted_power import weighted_gap_speed
from homestretch.model.channel import Floats, Mask

_STRAVA = "Strava, An improved GAP model (2017)"
_PEAKS = "TrainingPeaks: speed of equal effort on the flat, weighted like power"
_METRICS = (
    Metric(key="gap_speed", name="Grade-adjusted speed", unit="m/s", decimals=2, fold="mean", cite=_STRAVA,
           also_known_as=("GAP",)),
    Metric(key="gap_pace", name="Grade-adjusted pace", unit="s/km", decimals=0, fold="mean", cite=_STRAVA,
           lower_is_better=True, also_known_as=("GAP",)),
    Metric(key="ngp", name="Weighted grade-adjusted speed", unit="m/s", decimals=2, fold="mean", cite=_PEAKS,
           also_known_as=("NGP-like", "Normalized Graded Pace")),
    Metric(key="run_intensity", name="Intensity factor (pace)", unit="", decimals=2, fold="mean", cite=_PEAKS,
           also_known_as=("IF",)),
    Metric(key="run_load", name="Load from pace", unit="", decimals=0, fold="sum", cite=_PEAKS,
           also_known_as=("rTSS-like",)),
    Metric(key="pace_variation", name="Pace variability", unit="%", decimals=1, fold="mean",
           cite="standard deviation over mean of grade adjusted speed in motion"),
    Metric(key="pace_coverage", name="Pace coverage", unit="%", decimals=0, fold="mean", cite="by definition",
           trust="measured"),
)  # fmt: skip


def measure(effort: Effort) -> Values:
    """Return the pace metrics of an effort on foot; flagged `partial` outdoors without altitude."""
    series = effort.series
    mean, weighted = _hilly(series, series.once(mean_gap_speed)), _hilly(series, series.once(weighted_gap_speed))
    return {
        "gap_speed": mean,
        "gap_pace": combine(lambda v: 1000.0 / v, mean),
        "ngp": weighted,
        "run_intensity": combine(lambda v, own: v / own, weighted, threshold(effort, "threshold_speed_mps")),
        "run_load": pace_load(effort),
        "pace_variation": series.once(variation),
        "pace_coverage": combine(lambda share: 100.0 * share, series.once(pace_coverage)),
    }


def _hilly(series: Series, value: MetricResult) -> MetricResult:
    """Return a value flagged `partial` where hills that there may be are not known."""
    if isinstance(value, str) or series.grade is not None or series.sport.indoor:
        return value
    return with_caveat(value, "partial")


def mean_speed(speed: Floats, weight: Floats, moving: Mask) -> MetricResult:
    """Return the mean speed in motion in m/s: never a mean of paces."""
    return weighted_mean(speed, np.where(moving, weight, 0.0))


def mean_gap_speed(series: Series) -> MetricResult:
    """Return the mean grade adjusted speed in motion in m/s."""
    return "no_data" if series.gap_speed is None else mean_speed(series.gap_speed, series.weight, series.moving)


def variation(series: Series) -> MetricResult:
    """Return how much grade adjusted speed in motion varies: its standard deviation in % of its mean."""
    mean = series.once(mean_gap_speed)
    if isinstance(mean, str) or series.gap_speed is None:
        return mean
    square = mean_speed((series.gap_speed - mean) ** 2, series.weight, series.moving)
    return combine(lambda v: 100.0 * v**0.5 / mean, square)


PACE = Family(
    key="pace",
    version=1,
    metrics=_METRICS,
    measure=measure,
    sports=frozenset({"run", "walk"}),
    reads=("threshold_speed_mps",),
)
