"""Weight: its trend without the noise of days, and how fast it changes."""

import numpy as np

from homestretch.analysis.health.day_metric import DayFamily, DayMetric, DayResults, Requirement, day_result
from homestretch.analysis.health.days import Days
from homestretch.analysis.health.weight import RATE_DAYS, RATE_LEAST, rate, trend

KIND = "weight_kg"
#: What the interval of the rate says: it lies below 0, holds 0, or lies above.
CHANGES = ("falling", "no_clear_change", "rising")
_RATE = "least squares over the weighings of 28 days, ± 95 %"
_METRICS = (
    DayMetric(key="weight_trend_kg", name="Weight trend", unit="kg", group="body", decimals=1,
              cite="moves by 1 - 0.9^days to each weighing (Walker, The Hacker's Diet)",
              also_known_as=("Smoothed weight", "Moving average weight")),
    DayMetric(key="weight_rate_kg_per_week", name="Weight change per week", unit="kg/week", group="body", decimals=2,
              cite=_RATE),
    DayMetric(key="weight_rate_low_kg_per_week", name="Weight change per week, low", unit="kg/week", group="body",
              decimals=2, cite=_RATE),
    DayMetric(key="weight_rate_high_kg_per_week", name="Weight change per week, high", unit="kg/week", group="body",
              decimals=2, cite=_RATE),
    DayMetric(key="weight_direction", name="Direction of weight", unit="", group="body", decimals=0,
              cite="by the interval of the change", choices=CHANGES),
)  # fmt: skip


def measure(days: Days) -> DayResults:
    """Return the trend on days with a weighing, and the rate of the last 28 days."""
    weight = days.kind(KIND).values
    seen = rate(weight)
    enough = (Requirement(KIND, RATE_LEAST, RATE_DAYS), seen.weighings)
    direction = np.where(seen.high < 0.0, 0.0, np.where(seen.low > 0.0, 2.0, 1.0))
    return {
        "weight_trend_kg": day_result(trend(weight), (Requirement(KIND), np.isfinite(weight))),
        "weight_rate_kg_per_week": day_result(seen.kg_per_week, enough),
        "weight_rate_low_kg_per_week": day_result(seen.low, enough),
        "weight_rate_high_kg_per_week": day_result(seen.high, enough),
        "weight_direction": day_result(direction, enough),
    }


WEIGHT = DayFamily(key="weight", version=1, metrics=_METRICS, measure=measure, reads=(KIND,))
