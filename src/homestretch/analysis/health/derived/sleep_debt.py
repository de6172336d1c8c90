"""Sleep need and debt: how much sleep the athlete needs, what the last night lacked, and the last two weeks."""

import numpy as np

from homestretch.analysis.health.day_metric import DayFamily, DayMetric, DayResults, Requirement, day_result
from homestretch.analysis.health.days import Days
from homestretch.analysis.health.sleep import (
    DEBT_LEAST,
    DEBT_NIGHTS,
    NEED_BASES,
    day_sleep_s,
    debt,
    need,
    night_sleep_s,
)

KIND = "sleep_s"
_METRICS = (
    DayMetric(key="sleep_need_personal_s", name="Sleep need", unit="s", group="sleep", decimals=0,
              cite="as set, else the median of free days of the 90 days before, else 8 h (ours)", trust="estimated",
              also_known_as=("Sleep needed", "Sleep goal")),
    DayMetric(key="sleep_need_basis", name="Basis of the sleep need", unit="", group="sleep", decimals=0,
              cite="by definition", choices=NEED_BASES),
    DayMetric(key="sleep_over_need_s", name="Last night against sleep need", unit="s", group="sleep", decimals=0,
              cite="sleep of the night less the need", lower_is_better=False),
    DayMetric(key="sleep_debt_s", name="Sleep debt", unit="s", group="sleep", decimals=0,
              cite="need less sleep of the last 14 days, naps included, more sleep repays (ours)", trust="estimated",
              lower_is_better=True, also_known_as=("Sleep deficit",)),
)  # fmt: skip


def measure(days: Days) -> DayResults:
    """Return the need and what is missing; a night that is unknown is skipped, never 0."""
    personal = need(days)
    tonight = night_sleep_s(days)
    missing_s, nights = debt(day_sleep_s(days), personal.seconds)
    return {
        "sleep_need_personal_s": day_result(personal.seconds),
        "sleep_need_basis": day_result(personal.basis),
        "sleep_over_need_s": day_result(tonight - personal.seconds, (Requirement(KIND), np.isfinite(tonight))),
        "sleep_debt_s": day_result(missing_s, (Requirement(KIND, DEBT_LEAST, DEBT_NIGHTS), nights)),
    }


SLEEP_DEBT = DayFamily(
    key="sleep_debt",
    version=1,
    metrics=_METRICS,
    measure=measure,
    reads=(KIND,),
    inputs=("nights", "excluded", "free_days", "own_need"),
)
