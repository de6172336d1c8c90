"""Chronotype: when the athlete sleeps by nature, and how far work days are from that."""

import numpy as np

from homestretch.analysis.health.day_metric import DayFamily, DayMetric, DayResults, Requirement, day_result
from homestretch.analysis.health.days import Days
from homestretch.analysis.health.hypnogram import sleep_spans
from homestretch.analysis.health.nights import DAY_S
from homestretch.analysis.health.sleep import chronotype
from homestretch.analysis.health.windows import known, last, masked, mean

#: The days that it is seen from, and how many free and work nights of them must be known.
WINDOW_DAYS, FREE_LEAST, WORK_LEAST = 56, 4, 8
_METRICS = (
    DayMetric(key="chronotype_s", name="Chronotype", unit="clock_s", group="sleep", decimals=0,
              cite="midsleep of free days without the sleep caught up, MSFsc (Roenneberg 2012, 2019)",
              also_known_as=("MSFsc", "MCTQ")),
    DayMetric(key="social_jetlag_s", name="Social jetlag", unit="s", group="sleep", decimals=0,
              cite="midsleep of free days less that of work days (Wittmann 2006)"),
)  # fmt: skip


def measure(days: Days) -> DayResults:
    """Return the chronotype of the last 8 weeks up to each day."""
    start_s, end_s = (last(one, WINDOW_DAYS) for one in sleep_spans(days.every_night))
    free_day = days.free_days.astype(np.float64)
    free = last(free_day, WINDOW_DAYS) == 1.0
    seen = chronotype(start_s, end_s, free, 1.0 - mean(last(free_day, WINDOW_DAYS)))
    middle = start_s + end_s
    free_nights = (Requirement("free_nights", FREE_LEAST, WINDOW_DAYS), known(masked(middle, free)))
    work_nights = (Requirement("work_nights", WORK_LEAST, WINDOW_DAYS), known(masked(middle, ~free)))
    return {
        "chronotype_s": day_result(np.mod(seen.corrected_s, DAY_S), free_nights, work_nights),
        "social_jetlag_s": day_result(seen.social_jetlag_s, free_nights, work_nights),
    }


CHRONOTYPE = DayFamily(
    key="chronotype", version=1, metrics=_METRICS, measure=measure, inputs=("nights", "stages", "free_days")
)
