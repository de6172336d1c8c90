"""Distribution of intensity: easy, moderate and hard time, and how polarised it is."""

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.zones import READS, near_threshold, split
from homestretch.analysis.measure.metric import Family, Metric, Reason, Values
from homestretch.analysis.measure.metric_result import with_caveat

_SPLIT = "three zones at 80 and 100 % of FTP or threshold speed, 87 and 100 % of LTHR"
_METRICS = (
    Metric(key="easy_time", name="Easy time", unit="s", decimals=0, fold="sum", cite=_SPLIT),
    Metric(key="moderate_time", name="Moderate time", unit="s", decimals=0, fold="sum", cite=_SPLIT),
    Metric(key="hard_time", name="Hard time", unit="s", decimals=0, fold="sum", cite=_SPLIT),
    Metric(key="threshold_time", name="Time near threshold", unit="s", decimals=0, fold="sum",
           cite="over 95 % of FTP, threshold speed or LTHR", also_known_as=("Time at threshold and above",)),
    Metric(key="polarisation", name="Polarisation index", unit="", decimals=2, fold="mean", cite="Treff 2019"),
)  # fmt: skip
#: Where what makes a session a hard one begins, in per cent of the threshold.
NEAR_PCT = 95.0


def measure(effort: Effort) -> Values:
    """Return the time easy, moderate, hard and near threshold, and the index of their distribution."""
    found, near, series = split(effort), near_threshold(effort, NEAR_PCT), effort.series
    keys = [metric.key for metric in _METRICS]
    if found is None or near is None:
        measured = [series.power_held, series.heart_rate_held, series.gap_speed]
        why: Reason = "no_threshold" if any(one is not None for one in measured) else "no_data"
        return dict.fromkeys(keys, why)
    cautions: tuple[Reason, ...] = ("no_threshold",) if found["estimated"] else ()
    numbers = [with_caveat(seconds, *cautions) for seconds in (*found["seconds"], near)]
    index = found.get("index")
    last: float | Reason = "no_data" if index is None else with_caveat(index, *cautions)
    return dict(zip(keys, [*numbers, last], strict=True))


POLARISATION = Family(key="polarisation", version=2, metrics=_METRICS, measure=measure, reads=READS)
