"""Races: the VDOT that the best stretch of a run shows, and the times it means."""

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.series import Series
from homestretch.analysis.athlete.vdot import RACES, race_time, valid, vdot
from homestretch.analysis.measure.bests import covered
from homestretch.analysis.measure.metric import Family, Metric, Values
from homestretch.analysis.measure.metric_result import MetricResult, combine

#: Distances in m over which a stretch of a run may show a VDOT.
SHOWN_M = (1500.0, 1609.344, 3000.0, 5000.0, 10_000.0, 15_000.0, 21_097.5, 30_000.0, 42_195.0)
#: Metrics of predicted times, by the race.
_PREDICTED = {"race_5k": "5k", "race_10k": "10k", "race_half": "half_marathon", "race_marathon": "marathon"}
_CITE = "Daniels and Gilbert 1979, the best stretch from 3.5 minutes to 4 hours"
_METRICS = (
    Metric(key="vdot", name="VDOT", unit="ml/kg/min", decimals=1, fold="max", cite=_CITE, trust="estimated"),
    *(
        Metric(key=key, name=f"Predicted {name} time", unit="s", decimals=0, fold="min", cite=_CITE, trust="estimated",
               lower_is_better=True)
        for key, name in zip(_PREDICTED, ("5 km", "10 km", "half marathon", "marathon"), strict=True)
    ),
)  # fmt: skip


def measure(effort: Effort) -> Values:
    """Return the best VDOT of a run and the times that go with it; it says most if the run was a race."""
    value = effort.series.once(best_vdot)
    times = {
        key: combine(lambda v, m=RACES[race]: race_time(v, m) or float("nan"), value)
        for key, race in _PREDICTED.items()
    }
    return {"vdot": value, **times}


def best_vdot(series: Series) -> MetricResult:
    """Return the highest VDOT over the distances covered, stops counted as time, hills not at all."""
    if series.distance is None:
        return "no_data"
    best = series.once(covered)
    shown = [vdot(m, best[m].elapsed_s) for m in SHOWN_M if m in best and valid(best[m].elapsed_s)]
    return max(shown) if shown else "too_short"


RACE = Family(key="race", version=1, metrics=_METRICS, measure=measure, sports=frozenset({"run"}))
