"""Numbers and reasons computed with together: a missing input is a missing result, a caution stays a caution."""

from collections.abc import Callable

import numpy as np

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.measure.metric import LowConfidence, Reason
from homestretch.model.channel import Floats

type MetricResult = float | Reason

#: Of several caveats the gravest is kept.
_GRAVEST: tuple[Reason, ...] = ("no_data", "partial", "too_short", "no_threshold")


def combine(formula: Callable[..., float], *inputs: MetricResult) -> MetricResult:
    """Return the formula's number of its inputs with their gravest caution, or the first reason among them.

    What cannot be divided is `no_data`.
    """
    for one in inputs:
        if isinstance(one, str):
            return one
    try:
        value = formula(*inputs)
    except ZeroDivisionError:
        return "no_data"
    return with_caveat(value, *(one.reason for one in inputs if isinstance(one, LowConfidence)))


def with_caveat(value: float, *cautions: Reason) -> float:
    """Return a number with the gravest of the caveats, or as it is without any."""
    return LowConfidence(value, min(cautions, key=_GRAVEST.index)) if cautions else value


def caveat_of(value: MetricResult) -> Reason | None:
    """Return why there is no number, or why it is to be taken with care; None for a plain number."""
    if isinstance(value, str):
        return value
    return value.reason if isinstance(value, LowConfidence) else None


def threshold(effort: Effort, key: str) -> MetricResult:
    """Return a threshold of the athlete's, flagged `no_threshold` where it is an estimate, or that reason for none."""
    value = effort.profile.get(key)
    if value is None:
        return "no_threshold"
    return LowConfidence(value, "no_threshold") if key in effort.profile.estimates else value


def known(value: float | None, reason: Reason = "no_data") -> MetricResult:
    """Return a number, or the reason in place of None."""
    return reason if value is None else value


def weighted_mean(values: Floats, weight: Floats) -> MetricResult:
    """Return the mean of the finite values (n,), weighted by time, or `no_data` where none holds any."""
    missing = ~np.isfinite(values)
    if missing.any():
        values, weight = np.where(missing, 0.0, values), np.where(missing, 0.0, weight)
    held = float(weight.sum())
    return float(values @ weight) / held if held > 0.0 else "no_data"


def positive_mean(values: Floats, weight: Floats) -> MetricResult:
    """Return the mean of the values (n,) above zero, weighted by time: where zero and NaN both mean nothing."""
    positive = np.fmax(values, 0.0)
    held = float(np.sign(positive) @ weight)
    return float(positive @ weight) / held if held > 0.0 else "no_data"
