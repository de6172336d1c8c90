"""Critical power: one ride's estimate of threshold and critical power, and how much of W' it left."""

import numpy as np

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.series import Series
from homestretch.analysis.athlete.critical import critical_power, critical_power_3p, eftp, ftp_of_twenty_minutes
from homestretch.analysis.curves.power import POWER
from homestretch.analysis.measure.balance import balance
from homestretch.analysis.measure.curve import durations, points
from homestretch.analysis.measure.metric import Family, Metric, Values
from homestretch.analysis.measure.metric_result import MetricResult, combine, known, threshold
from homestretch.model.channel import Floats

#: Seconds of power from which a ride can show a threshold: the shortest duration it is read at.
LEAST_S, TWENTY_MINUTES_S = 180, 1200
_MODEL = "Monod and Scherrer 1965, least squares on power over 2 to 20 minutes of this activity only"
_METRICS = (
    Metric(key="eftp", name="Estimated FTP", unit="W", decimals=0, fold="max", trust="estimated",
           cite="our own: the best means of 3 to 60 minutes, scaled to an hour with a generic power curve",
           also_known_as=("eFTP",)),
    Metric(key="ftp_20min", name="FTP from the best 20 minutes", unit="W", decimals=0, fold="max", trust="estimated",
           cite="Allen and Coggan", also_known_as=("95 % of 20 min power",)),
    Metric(key="cp", name="Estimated critical power", unit="W", decimals=0, fold="max", trust="estimated", cite=_MODEL,
           also_known_as=("CP",)),
    Metric(key="w_prime", name="Estimated W′", unit="J", decimals=0, fold="max",
           trust="estimated", cite=_MODEL, also_known_as=("Anaerobic work capacity", "AWC")),
    Metric(key="p_max", name="Estimated maximum power", unit="W", decimals=0, fold="max", trust="estimated",
           cite="Morton 1996, three parameters up to 20 minutes of this activity only", also_known_as=("Pmax",)),
    Metric(key="w_bal_min", name="Minimum W′ balance", unit="J", decimals=0, fold="min",
           cite="Froncioni and Clarke; Skiba 2015, differential form", also_known_as=("W'bal",)),
)  # fmt: skip


def measure(effort: Effort) -> Values:
    """Return the power's metrics: `partial` where no model fits it, as few rides go all out over every duration."""
    power = effort.series.elapsed_power
    if power is None:
        return dict.fromkeys((metric.key for metric in _METRICS), "no_data")
    return {**shown(effort.series, power), "w_bal_min": _least_left(effort, power)}


def shown(series: Series, power: Floats) -> dict[str, MetricResult]:
    """Return what the best means of power at 1 Hz show, whatever the athlete's thresholds."""
    keys = ("eftp", "ftp_20min", "cp", "w_prime", "p_max")
    if len(power) < LEAST_S:
        return dict.fromkeys(keys, "too_short")
    lengths, best = series.once(best_power)
    at, twenty = eftp(lengths, best), best[(lengths == TWENTY_MINUTES_S) & np.isfinite(best)]
    # One ride that rests after twenty minutes all out is no witness against them.
    tried = lengths <= TWENTY_MINUTES_S
    two, three = (fit(lengths[tried], best[tried]) for fit in (critical_power, critical_power_3p))
    return {
        "eftp": "no_data" if at is None else at[0],
        "ftp_20min": ftp_of_twenty_minutes(float(twenty[0])) if len(twenty) else "too_short",
        "cp": "partial" if two is None else two.cp,
        "w_prime": "partial" if two is None else two.w_prime,
        "p_max": known(None if three is None else three.p_max, "partial"),
    }


def best_power(series: Series) -> tuple[Floats, Floats]:
    """Return the sparse durations in s and the best mean power in W over each."""
    lengths, values, _ = series.once(points, POWER)
    # The fixed durations are all among the dense ones.
    sparse = np.searchsorted(lengths, durations(int(lengths.max(initial=0)), dense=False))
    return lengths[sparse].astype(np.float64), values[sparse]


def _least_left(effort: Effort, power: Floats) -> MetricResult:
    """Return the least joules left; below zero more was spent than the thresholds know."""
    if len(power) == 0:
        return "no_data"
    return combine(
        lambda cp, w_prime: float(balance(power, cp, w_prime).min()),
        threshold(effort, "cp_w"),
        threshold(effort, "w_prime_j"),
    )


CRITICAL = Family(
    key="critical",
    version=2,
    metrics=_METRICS,
    measure=measure,
    sports=frozenset({"ride", "run", "row"}),
    reads=("cp_w", "w_prime_j"),
)
