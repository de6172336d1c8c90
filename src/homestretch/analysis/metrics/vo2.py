"""Maximal oxygen uptake, estimated: from speed and heart rate of a run, from power, and from heart rates alone."""

from math import exp

import numpy as np

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.means import ENOUGH
from homestretch.analysis.activity.series import Series
from homestretch.analysis.measure.loads import heart_coverage
from homestretch.analysis.measure.metric import Family, Metric, Values
from homestretch.analysis.measure.metric_result import MetricResult, combine, threshold

#: A run counts from this time in motion on, at a mean heart rate within these shares of maximum.
LEAST_S = 1200.0
SHARE_LOW, SHARE_HIGH = 0.70, 0.98
#: The best five minutes on a bike count if the heart came this close to its maximum, or without one power to FTP.
BEST_S = 300
NEAR_MAX = 0.92
OVER_FTP = 1.10

_METRICS = (
    Metric(key="vo2max_run", name="VO₂max from pace and heart rate", unit="ml/kg/min", decimals=1, fold="mean",
           cite="oxygen cost of Daniels, share of its speed by Runalyze", trust="estimated", also_known_as=("VO2max",)),
    Metric(key="vo2max_run_swain", name="VO₂max from pace and heart rate (Swain)", unit="ml/kg/min", decimals=1,
           fold="mean", cite="oxygen cost of Daniels, %HRmax = 0.64 %VO2max + 37 (Swain 1994)", trust="estimated",
           also_known_as=("VO2max",)),
    Metric(key="vo2max_ride", name="VO₂max from 5 minutes of power", unit="ml/kg/min", decimals=1, fold="max",
           cite="ACSM: 10.8 W/kg + 7", trust="estimated", also_known_as=("VO2max",)),
    Metric(key="vo2max_uth", name="VO₂max from heart rates", unit="ml/kg/min", decimals=1, fold="last",
           cite="Uth 2004: 15.3 HRmax / HRrest", trust="estimated", also_known_as=("VO2max",)),
)  # fmt: skip


def measure(effort: Effort) -> Values:
    """Return estimates from efforts that allow one; others are `too_short` or `partial` (too easy, or gaps)."""
    share = combine(lambda bpm, high: bpm / high, effort.series.once(steady)[1], threshold(effort, "max_hr_bpm"))
    speed = _runs(effort, share)
    stated = not effort.profile.estimates & {"max_hr_bpm", "resting_hr_bpm"}
    low, high = threshold(effort, "resting_hr_bpm"), threshold(effort, "max_hr_bpm")
    return {
        "vo2max_run": combine(by_runalyze, speed, share),
        "vo2max_run_swain": combine(by_swain, speed, share),
        "vo2max_ride": combine(by_power, _five_minutes(effort), threshold(effort, "weight_kg")),
        "vo2max_uth": combine(uth, high, low) if stated else "no_threshold",
    }


def oxygen_cost(speed_mps: float) -> float:
    """Return the oxygen uptake of running on the flat at a speed, ml/kg/min (Daniels and Gilbert 1979)."""
    v = 60.0 * speed_mps
    return -4.6 + 0.182258 * v + 0.000104 * v * v


def speed_share(share: float) -> float:
    """Return the share of the speed at VO2max that goes with a share of maximum heart rate (Runalyze's fit)."""
    return exp((share - 1.00466) / 0.68725)


def oxygen_share(share: float) -> float:
    """Return the share of VO2max that goes with a share of maximum heart rate (Swain 1994)."""
    return (100.0 * share - 37.0) / 64.0


def by_runalyze(speed_mps: float, share: float) -> float:
    """Return VO2max: the oxygen cost of the speed at which heart rate would be at its maximum."""
    return oxygen_cost(speed_mps / speed_share(share))


def by_swain(speed_mps: float, share: float) -> float:
    """Return VO2max: the oxygen cost of the speed over the share of VO2max."""
    return oxygen_cost(speed_mps) / oxygen_share(share)


def by_power(best_w: float, weight_kg: float) -> float:
    """Return VO2max from the best five minutes of cycling power (ACSM)."""
    return 10.8 * best_w / weight_kg + 7.0


def uth(highest: float, resting: float) -> float:
    """Return VO2max from the two heart rates alone: crude (Uth 2004)."""
    return 15.3 * highest / resting


def steady(series: Series) -> tuple[MetricResult, MetricResult]:
    """Return the mean grade adjusted speed and heart rate in motion, where both are known."""
    speed, bpm = series.gap_speed, series.heart_rate
    if speed is None or bpm is None:
        return "no_data", "no_data"
    both = ~np.isnan(speed) & ~np.isnan(bpm) & series.moving
    weight = series.weight[both]
    whole = float(weight.sum())
    if not whole > 0.0:
        return "no_data", "no_data"
    return float(speed[both] @ weight) / whole, float(bpm[both] @ weight) / whole


def _runs(effort: Effort, share: MetricResult) -> MetricResult:
    """Return the mean speed of a run that is fit to estimate VO2max, or why it is not."""
    speed = effort.series.once(steady)[0]
    if effort.sport.family != "run" or isinstance(speed, str):
        return "no_data"
    if effort.summary.moving_s < LEAST_S:
        return "too_short"
    coverage = effort.series.once(heart_coverage)
    if isinstance(coverage, str) or coverage < ENOUGH:
        return "partial"
    fits = isinstance(share, str) or SHARE_LOW <= share <= SHARE_HIGH
    return speed if fits else "partial"


def _five_minutes(effort: Effort) -> MetricResult:
    """Return the best five minutes of a ride in W if they were all out, or why they do not count."""
    power = effort.series.elapsed_power
    if effort.sport.family != "ride" or power is None:
        return "no_data"
    if len(power) < BEST_S:
        return "too_short"
    total = np.concatenate(([0.0], np.cumsum(power)))
    gained = total[BEST_S:] - total[:-BEST_S]
    at = int(np.argmax(gained))
    best = float(gained[at]) / BEST_S
    return best if _all_out(effort, best, at) else "partial"


def _all_out(effort: Effort, best: float, at: int) -> bool:
    heart, high, ftp = effort.series.heart_rate, effort.profile.get("max_hr_bpm"), effort.profile.get("ftp_w")
    if heart is not None and high is not None:
        # The heart lags by half a minute.
        within = slice(*np.searchsorted(effort.series.t, (at, at + BEST_S + 30)).tolist())
        return bool((heart[within] >= NEAR_MAX * high).any())
    return ftp is not None and best >= OVER_FTP * ftp


VO2 = Family(
    key="vo2",
    version=1,
    metrics=_METRICS,
    measure=measure,
    sports=frozenset({"run", "ride"}),
    reads=("max_hr_bpm", "resting_hr_bpm", "weight_kg", "ftp_w"),
)
