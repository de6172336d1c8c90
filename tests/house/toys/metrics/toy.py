"""How many samples an activity has."""

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.measure.metric import Family, Metric, Values


def _measure(effort: Effort) -> Values:
    return {"toy_samples": float(len(effort.samples.axis))}


FAMILY = Family(
    key="toy",
    version=1,
    metrics=(Metric(key="toy_samples", name="Toy samples", unit="", decimals=0, fold="sum", cite="counted"),),
    measure=_measure,
)
