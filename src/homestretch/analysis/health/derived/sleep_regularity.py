"""Sleep regularity: how alike the days are, and how the middle of the night wanders."""

import numpy as np

from homestretch.analysis.health.day_metric import DayFamily, DayMetric, DayResults, Requirement, day_result
from homestretch.analysis.health.days import Days
from homestretch.analysis.health.hypnogram import sleep_spans
from homestretch.analysis.health.nights import DAY_S
from homestretch.analysis.health.sleep import LEAST_PAIRS, REGULAR_DAYS, circular, regularities, states
from homestretch.analysis.health.windows import known, last

#: How many nights of the 28 the mean of their middle needs.
MIDSLEEP_LEAST = 10
_METRICS = (
    DayMetric(key="sleep_regularity", name="Sleep regularity", unit="", group="sleep", decimals=0,
              cite="sleep regularity index of the last 28 days, naps included (Phillips 2017)", lower_is_better=False,
              also_known_as=("SRI", "Sleep consistency")),
    DayMetric(key="midsleep_s", name="Midsleep", unit="clock_s", group="sleep", decimals=0,
              cite="middle between falling asleep and the last waking", also_known_as=("Sleep midpoint",)),
    DayMetric(key="midsleep_mean_s", name="Midsleep, 28-day mean", unit="clock_s", group="sleep", decimals=0,
              cite="circular mean (Fisher 1993)"),
    DayMetric(key="midsleep_sd_s", name="Midsleep variation", unit="s", group="sleep", decimals=0,
              cite="circular standard deviation of the last 28 days (Fisher 1993)", lower_is_better=True,
              also_known_as=("Midsleep SD",)),
)  # fmt: skip


def measure(days: Days) -> DayResults:
    """Return how regular the sleep of the last 28 days was, by the local clock."""
    nights = days.every_night
    index, pairs = regularities(states(nights))
    onset_s, wake_s = sleep_spans(nights)
    middle = np.mod((onset_s + wake_s) / 2.0, DAY_S)
    rows = last(middle, REGULAR_DAYS)
    wandering = (Requirement("nights", MIDSLEEP_LEAST, REGULAR_DAYS), known(rows))
    mean, sd = circular(rows)
    return {
        "sleep_regularity": day_result(index, (Requirement("pairs_of_nights", LEAST_PAIRS, REGULAR_DAYS), pairs)),
        "midsleep_s": day_result(middle, (Requirement("nights"), np.isfinite(middle))),
        "midsleep_mean_s": day_result(mean, wandering),
        "midsleep_sd_s": day_result(sd, wandering),
    }


SLEEP_REGULARITY = DayFamily(
    key="sleep_regularity", version=1, metrics=_METRICS, measure=measure, inputs=("nights", "stages")
)
