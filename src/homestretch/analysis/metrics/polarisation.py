"""Distribution of intensity: easy, moderate and hard time, and how polarised it is."""

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.zones import READS, split
from homestretch.analysis.measure.metric import Family, Metric, Reason, Values
from homestretch.analysis.measure.metric_result import with_caveat

_SPLIT = "three zones at 80 and 100 % of FTP or threshold speed, 87 and 100 % of LTHR"
_METRICS = (
    Metric(key="easy_time", name="Easy time", unit="s", decimals=0, fold="sum", cite=_SPLIT),
    Metric(key="moderate_time", name="Moderate time", unit="s", decimals=0, fold="sum", cite=_SPLIT),
    Metric(key="hard_time", name="Hard time", unit="s", decimals=0, fold="sum", cite=_SPLIT),
    Metric(key="polarisation", name="Polarisation index", unit="", decimals=2, fold="mean", cite="Treff 2019"),
)


def measure(effort: Effort) -> Values:
    """Return the time easy, moderate and hard and the index of their distribution."""
    found, series = split(effort), effort.series
    keys = [metric.key for metric in _METRICS]
    if found is None:
        measured = [series.power_held, series.heart_rate_held, series.gap_speed]
        why: Reason = "no_threshold" if any(one is not None for one in measured) else "no_data"
        return dict.fromkeys(keys, why)
    cautions: tuple[Reason, ...] = ("no_threshold",) if found["estimated"] else ()
    numbers = [with_caveat(seconds, *cautions) for seconds in found["seconds"]]
    index = found.get("index")
    last: float | Reason = "no_data" if index is None else with_caveat(index, *cautions)
    return dict(zip(keys, [*numbers, last], strict=True))


POLARISATION = Family(key="polarisation", version=1, metrics=_METRICS, measure=measure, reads=READS)
