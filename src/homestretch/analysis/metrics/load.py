"""The load that holds for an activity, from the best source that it has, and the ones that need no sensor."""

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.measure.loads import SOURCES, felt_load, met_load, selected, session_rpe
from homestretch.analysis.measure.metric import Family, Metric, Values

_METRICS = (
    Metric(key="load", name="Load", unit="", decimals=0, fold="sum",
           cite="an hour at threshold is 100; the best source by sport"),
    Metric(key="load_source", name="Load told from", unit="", decimals=0, fold="last", cite="by sport",
           choices=tuple(SOURCES)),
    Metric(key="session_rpe", name="Session RPE", unit="", decimals=0, fold="sum", cite="Foster 2001",
           trust="measured"),
    Metric(key="rpe_load", name="Load from feeling", unit="", decimals=0, fold="sum",
           cite="session RPE, an hour at 7 is 100", trust="estimated"),
    Metric(key="met_load", name="Load from time alone", unit="", decimals=0, fold="sum",
           cite="100 h (MET / 12.5)^2, METs after Ainsworth 2011", trust="estimated"),
)  # fmt: skip


def measure(effort: Effort) -> Values:
    """Return the load that holds, the code of its source (a place among `choices`), and what feeling and time say."""
    load, source = selected(effort)
    return {
        "load": load,
        "load_source": float(list(SOURCES).index(source)),
        "session_rpe": session_rpe(effort),
        "rpe_load": felt_load(effort),
        "met_load": met_load(effort),
    }


LOAD = Family(
    key="load",
    version=1,
    metrics=_METRICS,
    measure=measure,
    reads=("ftp_w", "threshold_speed_mps", "css_mps", "max_hr_bpm", "resting_hr_bpm", "lthr_bpm", "sex"),
)
