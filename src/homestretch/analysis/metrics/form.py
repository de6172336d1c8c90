"""Running form: how often and how far a step goes, how high it lifts, and how long a foot stays on the ground."""

import numpy as np

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.series import Series
from homestretch.analysis.measure.metric import Family, Metric, Values
from homestretch.analysis.measure.metric_result import MetricResult, combine, positive_mean
from homestretch.model.channel import Floats

_FIT = "FIT running dynamics"
_METRICS = (
    Metric(key="step_rate", name="Step rate", unit="/min", decimals=0, fold="mean", cite="by definition",
           trust="measured", also_known_as=("Running cadence", "spm")),
    Metric(key="step_length", name="Stride length", unit="m", decimals=2, fold="mean",
           cite="FIT step_length, else speed over steps", also_known_as=("Step length",)),
    Metric(key="vertical_oscillation", name="Vertical oscillation", unit="mm", decimals=0, fold="mean", cite=_FIT,
           trust="measured", lower_is_better=True),
    Metric(key="vertical_ratio", name="Vertical ratio", unit="%", decimals=1, fold="mean",
           cite="oscillation over step length", lower_is_better=True),
    Metric(key="ground_contact", name="Ground contact time", unit="ms", decimals=0, fold="mean", cite=_FIT,
           trust="measured", lower_is_better=True, also_known_as=("GCT",)),
    Metric(key="ground_contact_balance", name="Ground contact balance (left)", unit="%", decimals=1,
           fold="mean", cite=_FIT, trust="measured", also_known_as=("GCT balance",)),
    Metric(key="leg_stiffness", name="Leg spring stiffness", unit="kN/m", decimals=1, fold="mean",
           cite="the running pod's own figure", trust="measured", also_known_as=("LSS",)),
)  # fmt: skip
#: The channels that are read, the first that has a value counts, and what brings each to our unit.
_OSCILLATION = (("vertical_oscillation_mm", 1.0), ("dev_vertical_oscillation", 10.0))
_CONTACT = (("stance_time_ms", 1.0), ("dev_ground_time", 1.0))
_BALANCE = (("stance_time_balance_pct", 1.0),)
_STIFFNESS = (("dev_leg_spring_stiffness", 1.0),)
_RATIO = (("vertical_ratio_pct", 1.0),)
_STEP = (("step_length_mm", 0.001),)
#: No foot stays longer on the ground while running or walking, in ms: pods write their breaks as contact.
_LONGEST_MS = 1000.0


def measure(effort: Effort) -> Values:
    """Return the running form over the time in motion."""
    series = effort.series
    rate, step = series.once(step_rate), series.once(step_length)
    lift = _mean(series, _OSCILLATION)
    own = _mean(series, _RATIO)
    ratio = own if not isinstance(own, str) else combine(lambda mm, m: 0.1 * mm / m, lift, step)
    return {
        "step_rate": rate,
        "step_length": step,
        "vertical_oscillation": lift,
        "vertical_ratio": ratio,
        "ground_contact": _mean(series, _CONTACT, _LONGEST_MS),
        "ground_contact_balance": _mean(series, _BALANCE),
        "leg_stiffness": _mean(series, _STIFFNESS),
    }


def step_rate(series: Series) -> MetricResult:
    """Return the mean of steps a minute in motion, while there are any."""
    return "no_data" if series.cadence is None else _moving_mean(series, series.cadence)


def step_length(series: Series) -> MetricResult:
    """Return the mean step in m: the device's own, else the way over the steps taken, where both are known."""
    own = _mean(series, _STEP)
    if not isinstance(own, str) or series.cadence is None or series.speed is None:
        return own
    both = (series.cadence > 0.0) & ~np.isnan(series.speed)
    speed = _moving_mean(series, np.where(both, series.speed, np.nan))
    return combine(
        lambda v, a_minute: 60.0 * v / a_minute, speed, _moving_mean(series, np.where(both, series.cadence, 0))
    )


def _mean(series: Series, channels: tuple[tuple[str, float], ...], most: float = np.inf) -> MetricResult:
    for key, factor in channels:
        values = series.samples.values(key)
        if values is not None:
            return combine(lambda x, f=factor: x * f, _moving_mean(series, np.where(values <= most, values, np.nan)))
    return "no_data"


def _moving_mean(series: Series, values: Floats) -> MetricResult:
    """Return the mean in motion over what is above zero: pods and watches write zero for nothing."""
    return positive_mean(values, series.once(_moving_weight))


def _moving_weight(series: Series) -> Floats:
    return np.where(series.moving, series.weight, 0.0)


FORM = Family(key="form", version=1, metrics=_METRICS, measure=measure, sports=frozenset({"run", "walk"}))
