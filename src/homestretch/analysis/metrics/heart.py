"""Heart rate: how hard the effort was for the heart, and heart rate coverage."""

import numpy as np

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.series import Held, Series
from homestretch.analysis.measure.loads import covered, heart_coverage, heart_impulse, heart_load, reserve
from homestretch.analysis.measure.metric import Family, Metric, Values
from homestretch.analysis.measure.metric_result import MetricResult, combine, threshold
from homestretch.analysis.samples.heart_rate import flat_s

#: Edwards' zones: lower bounds in per cent of maximum heart rate, each minute counted by the zone's number.
EDWARDS = np.array([50.0, 60.0, 70.0, 80.0, 90.0])

_METRICS = (
    Metric(key="trimp", name="TRIMP", unit="", decimals=0, fold="sum", cite="Banister 1991, by sample",
           also_known_as=("Training impulse", "Banister TRIMP")),
    Metric(key="trimp_edwards", name="TRIMP by zones", unit="", decimals=0, fold="sum", cite="Edwards 1993",
           also_known_as=("Edwards TRIMP",)),
    Metric(key="hr_load", name="Load from heart rate", unit="", decimals=0, fold="sum",
           cite="training impulse over that of an hour at threshold (GoldenCheetah TRIMP(100))",
           also_known_as=("hrTSS-like", "TRIMP(100)")),
    Metric(key="hr_max_share", name="Average % of maximum heart rate", unit="%", decimals=0, fold="mean",
           cite="by definition", also_known_as=("%HRmax",)),
    Metric(key="hr_reserve_share", name="Average % of heart rate reserve", unit="%", decimals=0, fold="mean",
           cite="Karvonen 1957", also_known_as=("%HRR",)),
    Metric(key="hr_coverage", name="Heart rate coverage", unit="%", decimals=0, fold="mean", cite="by definition",
           trust="measured"),
    Metric(key="hr_flat", name="Longest unchanged heart rate", unit="s", decimals=0, fold="max", cite="by definition",
           trust="measured", lower_is_better=True),
)  # fmt: skip


def measure(effort: Effort) -> Values:
    """Return an effort's heart rate metrics; a strap that repeats itself for 5 minutes is suspect (`hr_flat`)."""
    series = effort.series
    share = series.once(heart_coverage)
    mean: MetricResult = "no_data" if series.heart_rate_held is None else series.heart_rate_held.mean
    low, high = threshold(effort, "resting_hr_bpm"), threshold(effort, "max_hr_bpm")
    return {
        "trimp": heart_impulse(effort),
        "trimp_edwards": covered(combine(lambda m: edwards(series.heart_rate_held, m), high), share),
        "hr_load": heart_load(effort),
        "hr_max_share": combine(lambda bpm, m: 100.0 * bpm / m, mean, high),
        "hr_reserve_share": combine(lambda *own: mean_reserve(series.heart_rate_held, *own), low, high),
        "hr_coverage": combine(lambda one: 100.0 * one, share),
        "hr_flat": series.once(flat),
    }


def edwards_s(held: Held, highest: float) -> list[float]:
    """Return the seconds in each of Edwards' five zones; what is above the maximum counts in the last."""
    found = held.from_below(np.append(EDWARDS * highest / 100.0, np.inf))
    return [float(seconds) for seconds in found]


def edwards(held: Held | None, highest: float) -> float:
    """Return Edwards' impulse: minutes in the zones, each times its number; NaN without heart rate."""
    if held is None:
        return float("nan")
    return sum(number * seconds / 60.0 for number, seconds in enumerate(edwards_s(held, highest), 1))


def mean_reserve(held: Held | None, resting: float, highest: float) -> float:
    """Return the mean share of the heart rate reserve in %, NaN without one."""
    if held is None or highest <= resting:
        return float("nan")
    return 100.0 * float(reserve(held.values, resting, highest) @ held.seconds / held.seconds.sum())


def flat(series: Series) -> MetricResult:
    """Return the longest time without any change of heart rate, in s."""
    if series.heart_rate is None or series.heart_rate_held is None:
        return "no_data"
    return flat_s(series.heart_rate, series.passed)


HEART = Family(
    key="heart",
    version=1,
    metrics=_METRICS,
    measure=measure,
    reads=("max_hr_bpm", "resting_hr_bpm", "lthr_bpm", "sex"),
)
