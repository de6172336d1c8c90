"""How far a night's breathing, skin temperature, SpO₂ and heart rate are from the athlete's usual."""

import numpy as np

from homestretch.analysis.health.baseline import USUAL_DAYS, USUAL_LEAST, deviation
from homestretch.analysis.health.day_metric import DayFamily, DayMetric, DayResults, Requirement, day_result
from homestretch.analysis.health.days import Days, first_known

#: What is compared: its kinds in order of preference, and the least spread that it is measured in (ours).
SIGNALS: dict[str, tuple[tuple[str, ...], float]] = {
    "respiration": (("respiration_sleep_avg_brpm",), 0.3),
    "skin_temperature": (("skin_temperature_change_c", "skin_temperature_c"), 0.15),
    "spo2": (("spo2_sleep_avg_pct", "spo2_avg_pct"), 0.5),
    "sleep_heart_rate": (("sleep_heart_rate_bpm",), 1.0),
}
_CHANGE = "value less the median of the 30 nights before"
_Z = "that over 1.4826 × the median absolute deviation, at least the device's noise"
_METRICS = (
    DayMetric(key="respiration_deviation_brpm", name="Sleeping respiration rate against the usual", unit="brpm",
              group="breathing", decimals=1, cite=_CHANGE),
    DayMetric(key="respiration_deviation_z", name="Sleeping respiration rate against the usual, in SD", unit="SD",
              group="breathing", decimals=1, cite=_Z),
    DayMetric(key="skin_temperature_deviation_c", name="Skin temperature against the usual", unit="°C", group="body",
              decimals=1, cite=_CHANGE, also_known_as=("Temperature deviation",)),
    DayMetric(key="skin_temperature_deviation_z", name="Skin temperature against the usual, in SD", unit="SD",
              group="body", decimals=1, cite=_Z),
    DayMetric(key="spo2_deviation_pct", name="Sleeping SpO₂ against the usual", unit="%", group="breathing",
              decimals=1, cite=_CHANGE),
    DayMetric(key="spo2_deviation_z", name="Sleeping SpO₂ against the usual, in SD", unit="SD", group="breathing",
              decimals=1, cite=_Z),
    DayMetric(key="sleep_heart_rate_deviation_bpm", name="Sleeping heart rate against the usual", unit="bpm",
              group="heart", decimals=1, cite=_CHANGE),
    DayMetric(key="sleep_heart_rate_deviation_z", name="Sleeping heart rate against the usual, in SD", unit="SD",
              group="heart", decimals=1, cite=_Z),
)  # fmt: skip
_UNITS = {"respiration": "brpm", "skin_temperature": "c", "spo2": "pct", "sleep_heart_rate": "bpm"}


def measure(days: Days) -> DayResults:
    """Return the deviations of each night; absolute temperatures become a change this way."""
    results: DayResults = {}
    for name, (kinds, floor) in SIGNALS.items():
        seen = deviation(first_known(*(days.kind(kind) for kind in kinds)), days.excluded, floor)
        usual = (Requirement(kinds[0], USUAL_LEAST, USUAL_DAYS), seen.known)
        tonight = (Requirement(kinds[0]), np.isfinite(seen.change))
        results[f"{name}_deviation_{_UNITS[name]}"] = day_result(seen.change, usual, tonight)
        results[f"{name}_deviation_z"] = day_result(seen.z, usual, tonight)
    return results


DEVIATIONS = DayFamily(
    key="deviations",
    version=1,
    metrics=_METRICS,
    measure=measure,
    reads=tuple(kind for kinds, _ in SIGNALS.values() for kind in kinds),
    inputs=("excluded",),
)
