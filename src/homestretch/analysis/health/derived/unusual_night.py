"""Unusual night: whether resting heart rate, HRV, breathing and skin temperature differ from the usual together."""

import numpy as np

from homestretch.analysis.health.day_metric import DayFamily, DayMetric, DayResults, Requirement, day_result
from homestretch.analysis.health.days import Days
from homestretch.analysis.health.unusual_nights import KNOWN_LEAST, LEVELS, SIGNALS, unusual_nights

_METRICS = (
    DayMetric(key="unusual_night", name="Unusual night", unit="", group="sleep", decimals=0,
              cite="2 of 4 signals off: watch; 3, or 2 two nights running: strong (after Alavi 2022; limits ours)",
              trust="estimated", lower_is_better=True, choices=LEVELS, also_known_as=("Illness onset",)),
    DayMetric(key="unusual_night_signals", name="Unusual signals of the night", unit="", group="sleep", decimals=0,
              cite="signals that are off", trust="estimated", lower_is_better=True),
)  # fmt: skip


def measure(days: Days) -> DayResults:
    """Return the level of each night; most unusual nights are no illness."""
    seen = unusual_nights(days)
    known = (Requirement("signals", KNOWN_LEAST), seen.known)
    return {
        "unusual_night": day_result(seen.levels, known),
        "unusual_night_signals": day_result(seen.off.astype(np.float64), known),
    }


UNUSUAL_NIGHT = DayFamily(
    key="unusual_night",
    version=1,
    metrics=_METRICS,
    measure=measure,
    reads=tuple(dict.fromkeys(kind for signal in SIGNALS.values() for kind in signal.kinds)),
    inputs=("excluded",),
)
