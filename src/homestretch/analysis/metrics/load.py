"""The load that holds for an activity, from the best source that it has, and the ones that need no sensor."""

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.measure.loads import SOURCES, felt_load, met_load, selected, session_rpe
from homestretch.analysis.measure.metric import Family, Metric, Values

_METRICS = (
    Metric(key="load", name="Training load", unit="", decimals=0, fold="sum",
           cite="100 is an hour at threshold; from the best source for the sport", also_known_as=("TSS-like",)),
    Metric(key="load_source", name="Load based on", unit="", decimals=0, fold="last", cite="by sport",
           choices=tuple(SOURCES)),
    Metric(key="session_rpe", name="Session RPE", unit="", decimals=0, fold="sum", cite="Foster 2001",
           trust="measured", also_known_as=("sRPE",)),
    Metric(key="rpe_load", name="Load from session RPE", unit="", decimals=0, fold="sum",
           cite="session RPE; 100 is an hour at 7", trust="estimated"),
    Metric(key="met_load", name="Load from duration and sport", unit="", decimals=0, fold="sum",
           cite="100 h (MET / 12.5)^2, METs after Ainsworth 2011", trust="estimated", also_known_as=("MET load",)),
)  # fmt: skip


def measure(effort: Effort) -> Values:
    """Return the load that holds, its source as a code (a place in `choices`), and those from feeling and time."""
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
