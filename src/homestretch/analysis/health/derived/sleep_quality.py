"""What the stages of a night show: efficiency, time to fall asleep, time awake, shares of deep and REM sleep."""

import numpy as np

from homestretch.analysis.health.day_metric import DayFamily, DayMetric, DayResults, Requirement, day_result
from homestretch.analysis.health.days import Days
from homestretch.analysis.health.hypnogram import hypnograms
from homestretch.model.channel import Floats

_SOFT = "; stages by wearables are soft (Schyvens 2025)"
_METRICS = (
    DayMetric(key="sleep_efficiency_pct", name="Sleep efficiency", unit="%", group="sleep", decimals=0,
              cite="sleep over the sleep window, which some devices begin with sleep", lower_is_better=False),
    DayMetric(key="sleep_latency_s", name="Time to fall asleep", unit="s", group="sleep", decimals=0,
              cite="from the beginning of the window in bed to sleep", lower_is_better=True,
              also_known_as=("Sleep latency", "SOL")),
    DayMetric(key="sleep_awake_s", name="Time awake after falling asleep", unit="s", group="sleep", decimals=0,
              cite="awake between falling asleep and the last waking", lower_is_better=True, also_known_as=("WASO",)),
    DayMetric(key="sleep_awakenings", name="Awakenings", unit="", group="sleep", decimals=0, cite="by definition",
              lower_is_better=True),
    DayMetric(key="sleep_awakenings_long", name="Awakenings of 5 min and more", unit="", group="sleep", decimals=0,
              cite="by definition", lower_is_better=True),
    DayMetric(key="sleep_deep_pct", name="Deep sleep", unit="%", group="sleep", decimals=0, cite="of the sleep" + _SOFT,
              trust="estimated"),
    DayMetric(key="sleep_rem_pct", name="REM sleep", unit="%", group="sleep", decimals=0, cite="of the sleep" + _SOFT,
              trust="estimated"),
)  # fmt: skip


def measure(days: Days) -> DayResults:
    """Return the figures of each night; time to fall asleep is unknown where the device begins the night with sleep."""
    seen = hypnograms(days.every_night)
    night = (Requirement("nights"), np.isfinite(seen.asleep_s))
    of_stages: dict[str, Floats] = {
        "sleep_awake_s": seen.awake_s,
        "sleep_awakenings": seen.awakenings,
        "sleep_awakenings_long": seen.long_awakenings,
        "sleep_deep_pct": seen.deep_pct,
        "sleep_rem_pct": seen.rem_pct,
    }
    stages = (Requirement("stages"), seen.staged)
    in_bed = (Requirement("time_in_bed"), np.isfinite(seen.latency_s))
    window = (Requirement("sleep_window"), np.isfinite(seen.efficiency_pct))
    return {
        "sleep_efficiency_pct": day_result(seen.efficiency_pct, night, window),
        "sleep_latency_s": day_result(seen.latency_s, night, stages, in_bed),
    } | {key: day_result(values, night, stages) for key, values in of_stages.items()}


SLEEP_QUALITY = DayFamily(
    key="sleep_quality", version=1, metrics=_METRICS, measure=measure, inputs=("nights", "stages")
)
