"""Swimming: pace without the rests, strokes and what comes of each, and the load."""

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.measure.loads import swim_load, swum_speed
from homestretch.analysis.measure.metric import Family, Metric, Values
from homestretch.analysis.measure.metric_result import MetricResult, combine, known, threshold, weighted_mean
from homestretch.model.recording import Length

#: SWOLF of pools of any length is converted to this one, in m.
SWOLF_M = 25.0

_SWOLF = "seconds and strokes of a length"
_METRICS = (
    Metric(key="swim_pace", name="Pace per 100 m", unit="s/100m", decimals=0, fold="mean", cite="by definition",
           lower_is_better=True, trust="measured"),
    Metric(key="swim_intensity", name="Intensity factor (swim)", unit="", decimals=2, fold="mean",
           cite="speed over critical swim speed", also_known_as=("IF",)),
    Metric(key="swim_load", name="Load from swim pace", unit="", decimals=0, fold="sum",
           cite="TrainingPeaks: 100 h (v / CSS)^3, without rests", also_known_as=("sTSS-like",)),
    Metric(key="swim_rest", name="Rest at the wall", unit="s", decimals=0, fold="sum", cite="by definition",
           trust="measured"),
    Metric(key="swolf", name="SWOLF", unit="", decimals=0, fold="mean", cite=_SWOLF, lower_is_better=True),
    Metric(key="swolf25", name="SWOLF (25 m)", unit="", decimals=0, fold="mean", cite=_SWOLF, lower_is_better=True),
    Metric(key="strokes_per_length", name="Strokes per length", unit="", decimals=1, fold="mean",
           cite="by definition", trust="measured", lower_is_better=True, also_known_as=("SPL",)),
    Metric(key="stroke_distance", name="Distance per stroke", unit="m", decimals=2, fold="mean", cite="by definition",
           also_known_as=("DPS",)),
    Metric(key="stroke_rate", name="Stroke rate", unit="/min", decimals=1, fold="mean", cite="by definition",
           trust="measured"),
)  # fmt: skip


def measure(effort: Effort) -> Values:
    """Return the metrics of a swim, by its lengths in a pool and by strokes a minute in open water."""
    speed, css = swum_speed(effort), threshold(effort, "css_mps")
    counted = [one for one in effort.lengths if one.strokes]
    pool = known(effort.pool_m)
    both = swolf(counted)
    rate, distance = _pool_strokes(counted, effort.pool_m) if counted else _open_strokes(effort, speed)
    return {
        "swim_pace": combine(lambda v: 100.0 / v, speed),
        "swim_intensity": combine(lambda v, own: v / own, speed, css),
        "swim_load": swim_load(effort),
        "swim_rest": rest_s(effort),
        "swolf": both,
        "swolf25": combine(lambda points, metres: points * SWOLF_M / metres, both, pool),
        "strokes_per_length": _per_length(counted),
        "stroke_distance": distance,
        "stroke_rate": rate,
    }


def _strokes(lengths: list[Length]) -> int:
    return sum(one.strokes or 0 for one in lengths)


def _seconds(lengths: list[Length]) -> float:
    return sum(one.elapsed_s for one in lengths)


def swolf(lengths: list[Length]) -> MetricResult:
    """Return the mean of seconds and strokes of a length."""
    return (_seconds(lengths) + _strokes(lengths)) / len(lengths) if lengths else "no_data"


def rest_s(effort: Effort) -> MetricResult:
    """Return the time at the wall of a pool, in s."""
    return max(effort.summary.timer_s - _seconds(list(effort.lengths)), 0.0) if effort.lengths else "no_data"


def _per_length(lengths: list[Length]) -> MetricResult:
    return _strokes(lengths) / len(lengths) if lengths else "no_data"


def _pool_strokes(lengths: list[Length], pool_m: float | None) -> tuple[MetricResult, MetricResult]:
    """Return strokes a minute and metres a stroke of lengths with strokes."""
    strokes = _strokes(lengths)
    distance = combine(lambda metres: metres * len(lengths) / strokes, known(pool_m))
    return 60.0 * strokes / _seconds(lengths), distance


def _open_strokes(effort: Effort, speed: MetricResult) -> tuple[MetricResult, MetricResult]:
    """Return strokes a minute and metres a stroke, from the watch's cadence."""
    cadence = effort.series.cadence
    weight = effort.series.weight
    rate: MetricResult = "no_data" if cadence is None else weighted_mean(cadence, weight * (cadence > 0.0))
    return rate, combine(lambda v, a_minute: 60.0 * v / a_minute, speed, rate)


SWIM = Family(key="swim", version=1, metrics=_METRICS, measure=measure, sports=frozenset({"swim"}), reads=("css_mps",))
