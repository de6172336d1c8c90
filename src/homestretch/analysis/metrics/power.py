"""Power: how much, how uneven, how hard for this athlete, and how it is shared between the legs."""

import numpy as np

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.series import Held, Series
from homestretch.analysis.measure.loads import power_coverage, power_load
from homestretch.analysis.measure.metric import Family, Metric, Values
from homestretch.analysis.measure.metric_result import MetricResult, combine, positive_mean, threshold, with_caveat
from homestretch.analysis.measure.weighted_power import (
    ENOUGH_S,
    SKIBA_SHARE,
    exponential_mean,
    fourth_power_mean,
    weighted_power,
)

#: Gross efficiency of cycling: what of the energy spent arrives at the pedals; J in a calorie.
EFFICIENCY = 0.24
CALORIE_J = 4.184
#: The sweet spot in per cent of FTP.
SWEET_SPOT = (88.0, 94.0)
#: The bit of FIT's left/right balance that says: what follows is the right leg's share.
_RIGHT = 128.0

_ALLEN = "Allen, Coggan: Training and Racing with a Power Meter"
_OWN = "by definition"
_METRICS = (
    Metric(key="weighted_power", name="Weighted power", unit="W", decimals=0, fold="mean", cite=_ALLEN,
           also_known_as=("Normalized Power", "NP")),
    Metric(key="xpower", name="xPower", unit="W", decimals=0, fold="mean",
           cite="Skiba 2006; GoldenCheetah BikeScore.cpp", also_known_as=("Skiba's xPower",)),
    Metric(key="intensity", name="Intensity factor", unit="", decimals=2, fold="mean", cite=_ALLEN,
           also_known_as=("IF",)),
    Metric(key="power_load", name="Load from power", unit="", decimals=0, fold="sum", cite=_ALLEN,
           also_known_as=("TSS-like",)),
    Metric(key="variability", name="Variability index", unit="", decimals=2, fold="mean", cite=_ALLEN,
           also_known_as=("VI",)),
    Metric(key="work", name="Work", unit="kJ", decimals=0, fold="sum", cite=_OWN, trust="measured"),
    Metric(key="power_energy", name="Calories from power", unit="kcal", decimals=0, fold="sum", trust="estimated",
           cite="work at a gross efficiency of 24 %, cycling only"),
    Metric(key="avg_power_nonzero", name="Average power while pedalling", unit="W", decimals=0, fold="mean",
           cite=_OWN, trust="measured"),
    Metric(key="avg_power_per_kg", name="Average power per kg", unit="W/kg", decimals=2, fold="mean", cite=_OWN,
           also_known_as=("W/kg",)),
    Metric(key="weighted_power_per_kg", name="Weighted power per kg", unit="W/kg", decimals=2, fold="mean", cite=_OWN,
           also_known_as=("NP per kg",)),
    Metric(key="sweet_spot", name="Time in sweet spot", unit="s", decimals=0, fold="sum",
           cite="88 to 94 % of threshold power (Overton)", also_known_as=("SST",)),
    Metric(key="power_coverage", name="Power coverage", unit="%", decimals=0, fold="mean", cite=_OWN, trust="measured"),
    Metric(key="power_balance", name="Left/right balance (left)", unit="%", decimals=1, fold="mean",
           cite="FIT left_right_balance, weighted by power", trust="measured", also_known_as=("L/R balance",)),
    Metric(key="torque_effectiveness", name="Torque effectiveness", unit="%", decimals=0, fold="mean",
           cite="FIT left and right torque effectiveness", trust="measured", also_known_as=("TE",)),
    Metric(key="pedal_smoothness", name="Pedal smoothness", unit="%", decimals=0, fold="mean",
           cite="FIT left and right pedal smoothness", trust="measured", also_known_as=("PS",)),
)  # fmt: skip


def measure(effort: Effort) -> Values:
    """Return an effort's power metrics."""
    series = effort.series
    weighted, mean = series.once(weighted_power), series.once(average)
    ftp, weight = threshold(effort, "ftp_w"), threshold(effort, "weight_kg")
    work = series.once(work_kj)
    return {
        "weighted_power": weighted,
        "xpower": series.once(xpower),
        "intensity": combine(lambda p, own: p / own, weighted, ftp),
        "power_load": power_load(effort),
        "variability": combine(lambda p, m: p / m, weighted, mean),
        "work": work,
        "power_energy": combine(lambda kj: kj / CALORIE_J / EFFICIENCY, work)
        if effort.sport.family == "ride"
        else "no_data",
        "avg_power_nonzero": average_nonzero(series.power_held),
        "avg_power_per_kg": combine(lambda p, kg: p / kg, mean, weight),
        "weighted_power_per_kg": combine(lambda p, kg: p / kg, weighted, weight),
        "sweet_spot": combine(lambda own: sweet_spot_s(series.power_held, own), ftp),
        "power_coverage": combine(lambda share: 100.0 * share, series.once(power_coverage)),
        "power_balance": left_share(series),
        "torque_effectiveness": _both(series, "left_torque_effectiveness_pct", "right_torque_effectiveness_pct"),
        "pedal_smoothness": _both(series, "left_pedal_smoothness_pct", "right_pedal_smoothness_pct"),
    }


def xpower(series: Series) -> MetricResult:
    """Return Skiba's xPower in W: the fourth-power mean of a slow exponential mean that starts at zero."""
    power = series.recorded_power
    if power is None or len(power) == 0:
        return "partial" if series.power is not None and series.coarse else "no_data"
    value = fourth_power_mean(exponential_mean(power, SKIBA_SHARE))
    return value if len(power) >= ENOUGH_S else with_caveat(value, "too_short")


def average(series: Series) -> MetricResult:
    """Return the mean power in W, zeros counted."""
    return "no_data" if series.power_held is None else series.power_held.mean


def work_kj(series: Series) -> MetricResult:
    """Return the work done in kJ."""
    held = series.power_held
    return "no_data" if held is None else float(held.values @ held.seconds) / 1000.0


def average_nonzero(held: Held | None) -> MetricResult:
    """Return the mean power in W while there is any."""
    if held is None or not held.values[-1] > 0.0:
        return "no_data"
    turning = held.values > 0.0
    return float(held.values[turning] @ held.seconds[turning] / held.seconds[turning].sum())


def sweet_spot_s(held: Held | None, ftp: float) -> float:
    """Return the seconds within 88 and 94 % of FTP, NaN where no power is known."""
    if held is None:
        return float("nan")
    low, high = (share * ftp / 100.0 for share in SWEET_SPOT)
    return float(held.seconds[(held.values >= low) & (held.values <= high)].sum())


def left_share(series: Series) -> MetricResult:
    """Return the left leg's share of the work in %, where the meter says which leg and measures both."""
    raw = series.samples.values("left_right_balance")
    if raw is None or series.power is None:
        return "no_data"
    left = np.fmax(_RIGHT + 100.0 - raw, 0.0)
    return positive_mean(left, series.weight * np.fmax(series.power, 0.0) * (left < 100.0))


def _both(series: Series, left: str, right: str) -> MetricResult:
    """Return the mean of two channels of the legs over the time in which each turns, or of the one that is there."""
    found = [x for x in (series.samples.values(left), series.samples.values(right)) if x is not None]
    means = [positive_mean(x, series.weight) for x in found]
    numbers = [float(m) for m in means if not isinstance(m, str)]
    return sum(numbers) / len(numbers) if numbers else "no_data"


POWER = Family(key="power", version=1, metrics=_METRICS, measure=measure, reads=("ftp_w", "weight_kg"))
