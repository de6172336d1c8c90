"""Endurance: how much comes of each heartbeat, and how that changes from the first half to the second."""

import numpy as np

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.series import Series
from homestretch.analysis.measure.metric import Family, Metric, Values
from homestretch.analysis.measure.metric_result import MetricResult, combine, with_caveat
from homestretch.analysis.measure.weighted_power import weighted_gap_speed, weighted_power
from homestretch.analysis.metrics.pace import variation
from homestretch.analysis.metrics.power import average
from homestretch.model.channel import Floats

#: Halves are compared of efforts of at least this time in motion (s) that are this even: weighted over mean power,
#: and standard deviation over mean of speed in %.
LEAST_S = 2400.0
EVEN_POWER = 1.10
EVEN_PACE = 10.0

_FRIEL = "Friel: aerobic decoupling; below 5 % is good"
_METRICS = (
    Metric(key="efficiency", name="Efficiency factor (power)", unit="W/bpm", decimals=2, fold="mean",
           cite="Friel", also_known_as=("EF", "Power per heartbeat")),
    Metric(key="run_efficiency", name="Efficiency factor (pace)", unit="m/min/bpm", decimals=2, fold="mean",
           cite="Friel", also_known_as=("EF", "Speed per heartbeat")),
    Metric(key="decoupling", name="Aerobic decoupling (power)", unit="%", decimals=1, fold="mean",
           cite=_FRIEL, lower_is_better=True, also_known_as=("Pw:HR", "Cardiac drift")),
    Metric(key="run_decoupling", name="Aerobic decoupling (pace)", unit="%", decimals=1, fold="mean",
           cite=_FRIEL, lower_is_better=True, also_known_as=("Pa:HR", "Cardiac drift")),
)  # fmt: skip


def measure(effort: Effort) -> Values:
    """Return endurance by power and, on foot, by pace.

    Decoupling is `too_short` below 40 minutes in motion, and flagged `partial` where the effort was not even.
    """
    series, moving_s = effort.series, effort.summary.moving_s
    power, speed = series.once(weighted_power), series.once(weighted_gap_speed)
    bpm: MetricResult = "no_data" if series.heart_rate_held is None else series.heart_rate_held.mean
    uneven = combine(lambda weighted, mean: weighted / mean - EVEN_POWER, power, series.once(average))
    varied = combine(lambda share: share - EVEN_PACE, series.once(variation))
    return {
        "efficiency": combine(lambda p, b: p / b, power, bpm),
        "run_efficiency": combine(lambda v, b: 60.0 * v / b, speed, bpm),
        "decoupling": _even(series.once(power_drift), uneven, moving_s),
        "run_decoupling": _even(series.once(pace_drift), varied, moving_s),
    }


def power_drift(series: Series) -> MetricResult:
    """Return the decoupling of power and heart rate in %."""
    return _drift(series, series.power)


def pace_drift(series: Series) -> MetricResult:
    """Return the decoupling of grade adjusted speed and heart rate in %."""
    return _drift(series, series.gap_speed)


def _drift(series: Series, effort: Floats | None) -> MetricResult:
    if effort is None or series.heart_rate is None:
        return "no_data"
    return drift(effort, series.heart_rate, series.weight)


def drift(effort: Floats, heart_rate: Floats, weight: Floats) -> MetricResult:
    """Return by how many % less came of a heartbeat in the second half of the time in which both are known (n,)."""
    both = ~np.isnan(effort) & ~np.isnan(heart_rate) & (weight > 0.0)
    if not both.any():
        return "no_data"
    if not both.all():
        effort, heart_rate, weight = effort[both], heart_rate[both], weight[both]
    passed = np.cumsum(weight)
    half = passed[-1] / 2.0
    middle = int(np.searchsorted(passed, half))
    early = weight[: middle + 1].copy()
    early[-1] -= passed[middle] - half
    first, beats = (float(x[: middle + 1] @ early) for x in (effort, heart_rate))
    second, later = float(effort @ weight) - first, float(heart_rate @ weight) - beats
    if min(beats, later) <= 0.0 or first / beats <= 0.0:
        return "no_data"
    return 100.0 * (1.0 - second / later / (first / beats))


def _even(value: MetricResult, unevenness: MetricResult, moving_s: float) -> MetricResult:
    if isinstance(value, str):
        return value
    if moving_s < LEAST_S:
        return "too_short"
    return value if not isinstance(unevenness, str) and unevenness <= 0.0 else with_caveat(value, "partial")


ENDURANCE = Family(key="endurance", version=1, metrics=_METRICS, measure=measure)
