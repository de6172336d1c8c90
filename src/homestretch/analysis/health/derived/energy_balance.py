"""Energy balance: what the change of weight says of eaten less used energy. A rule of thumb, never a daily target."""

import numpy as np

from homestretch.analysis.health.baseline import last_days
from homestretch.analysis.health.day_metric import DayFamily, DayMetric, DayResults, Requirement, day_result
from homestretch.analysis.health.days import Days
from homestretch.analysis.health.weight import RATE_DAYS, RATE_LEAST, balance_kcal, rate
from homestretch.analysis.health.windows import Counts, known, mean
from homestretch.model.channel import Mask

KIND, USED = "weight_kg", "calories_kcal"
#: How many of the 28 days need the device's total for the energy eaten to be estimated.
USED_LEAST = 20
_BALANCE = "7,700 kcal/kg × the rate of weight over 28 days"
_METRICS = (
    DayMetric(key="energy_balance_kcal", name="Energy balance per day", unit="kcal", group="body", decimals=0,
              cite=_BALANCE, trust="estimated", also_known_as=("Calorie deficit", "Calorie surplus")),
    DayMetric(key="energy_balance_low_kcal", name="Energy balance per day, low", unit="kcal", group="body", decimals=0,
              cite=_BALANCE, trust="estimated"),
    DayMetric(key="energy_balance_high_kcal", name="Energy balance per day, high", unit="kcal", group="body",
              decimals=0, cite=_BALANCE, trust="estimated"),
    DayMetric(key="energy_eaten_estimate_kcal", name="Energy eaten per day, estimated", unit="kcal", group="food",
              decimals=0, cite="the device's total plus the balance; devices miss energy (O'Driscoll 2020)",
              trust="estimated"),
)  # fmt: skip


def measure(days: Days) -> DayResults:
    """Return the balance of the last 28 days, once the weight is known for so long."""
    weight = days.kind(KIND).values
    seen = rate(weight)
    enough = (Requirement(KIND, RATE_LEAST, RATE_DAYS), seen.weighings)
    since = (Requirement("days_since_first_weight", RATE_DAYS, RATE_DAYS), _days_since_first(np.isfinite(weight)))
    used = last_days(days.kind(USED), RATE_DAYS)
    total = (Requirement(USED, USED_LEAST, RATE_DAYS), known(used))
    balance = balance_kcal(seen.kg_per_week)
    return {
        "energy_balance_kcal": day_result(balance, enough, since),
        "energy_balance_low_kcal": day_result(balance_kcal(seen.low), enough, since),
        "energy_balance_high_kcal": day_result(balance_kcal(seen.high), enough, since),
        "energy_eaten_estimate_kcal": day_result(mean(used) + balance, enough, since, total),
    }


def _days_since_first(weighed: Mask) -> Counts:
    """Return how many days there are from the first weighing up to each day (n,), 0 before it."""
    return np.cumsum(np.maximum.accumulate(weighed))


ENERGY_BALANCE = DayFamily(key="energy_balance", version=1, metrics=_METRICS, measure=measure, reads=(KIND, USED))
