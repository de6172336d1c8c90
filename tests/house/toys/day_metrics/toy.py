"""How many steps there are for each hour of sleep."""

from homestretch.analysis.health.day_metric import DayFamily, DayMetric, DayResults, Requirement, day_result
from homestretch.analysis.health.days import Days
from homestretch.analysis.health.windows import ratio


def _measure(days: Days) -> DayResults:
    values = ratio(days.kind("steps").values, days.kind("sleep_s").values / 3600.0)
    return {"toy_steps": day_result(values, (Requirement("sleep_s"), days.kind("sleep_s").values > 0.0))}


FAMILY = DayFamily(
    key="toy",
    version=1,
    metrics=(DayMetric(key="toy_steps", name="Toy steps", unit="", group="activity", decimals=0, cite="counted"),),
    measure=_measure,
    reads=("steps", "sleep_s"),
)
