"""Climbing: how fast up, how steep, and how much of the distance goes uphill."""

import numpy as np

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.series import Series
from homestretch.analysis.measure.metric import Family, Metric, Values
from homestretch.analysis.measure.metric_result import MetricResult, combine, known

#: From this grade on it goes uphill. Our choice.
UPHILL = 0.02
#: A climb shorter than this, in s, has no meaningful speed.
LEAST_S = 60.0

_OWN = "time in motion at a grade of 2 % or more"
_METRICS = (
    Metric(key="climb_time", name="Climbing time", unit="s", decimals=0, fold="sum", cite=_OWN),
    Metric(key="vam", name="Climbing speed", unit="m/h", decimals=0, fold="mean", cite=f"elevation gained per {_OWN}",
           also_known_as=("VAM",)),
    Metric(key="climb_grade", name="Average climbing grade", unit="%", decimals=1, fold="mean", cite=_OWN),
    Metric(key="max_grade", name="Maximum grade over 50 m", unit="%", decimals=1, fold="max",
           cite="rise over 50 m of distance"),
    Metric(key="climb_per_km", name="Elevation gain per km", unit="m/km", decimals=1, fold="mean",
           cite="ascent over distance"),
)  # fmt: skip


def measure(effort: Effort) -> Values:
    """Return an effort's climbing metrics."""
    seconds, gained, grade = effort.series.once(uphill)
    short = not isinstance(seconds, str) and seconds < LEAST_S
    ascent, distance = known(effort.summary.ascent_m), known(effort.summary.distance_m)
    return {
        "climb_time": seconds,
        "vam": "too_short" if short else combine(lambda metres, s: 3600.0 * metres / s, gained, seconds),
        "climb_grade": "too_short" if short else grade,
        "max_grade": effort.series.once(steepest),
        "climb_per_km": combine(lambda up, distance_m: 1000.0 * up / distance_m, ascent, distance),
    }


def uphill(series: Series) -> tuple[MetricResult, MetricResult, MetricResult]:
    """Return the time uphill in s, the height gained in it in m, and its mean grade in %."""
    grade, altitude, distance = series.grade, series.smooth_altitude, series.distance
    if grade is None or altitude is None or distance is None or series.coarse:
        return "no_data", "no_data", "no_data"
    steep = (grade[:-1] >= UPHILL) & series.moving[:-1] & series.samples.steps.joined
    counted = steep.astype(np.float64)
    seconds, rise, run_m = (float((x[1:] - x[:-1]) @ counted) for x in (series.t, altitude, distance))
    return seconds, rise, 100.0 * rise / run_m if run_m > 0.0 else "no_data"


def steepest(series: Series) -> MetricResult:
    """Return the steepest grade in %, over 50 m."""
    if series.grade is None or np.isnan(series.grade).all():
        return "no_data"
    return 100.0 * float(np.nanmax(series.grade))


CLIMBING = Family(key="climbing", version=1, metrics=_METRICS, measure=measure)
