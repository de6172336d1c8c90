"""Hard days and the night that follows."""

import numpy as np

from homestretch.analysis.health.baseline import BASELINE_LEAST
from homestretch.analysis.health.days import Days
from homestretch.analysis.health.evidence.outcomes import HRV, RESPIRATION, RESTING_HEART_RATE
from homestretch.analysis.health.evidence.pairing import (
    PERFORMANCE_DAYS,
    deviation_pairs,
    from_usual,
    lagged,
    of_one_origin,
)
from homestretch.analysis.health.evidence.question import Outcome, Pairs, Question

#: A session that ends so shortly before sleep is another question, in hours.
EVENING_H = 3.0


def load_of_yesterday(days: Days, outcome: Outcome) -> Pairs:
    """Return the load of each day, against its 42-day mean, with the outcome of the next; evening sessions left out."""
    load = from_usual(of_one_origin(days.trained.load), days.excluded, PERFORMANCE_DAYS, BASELINE_LEAST)
    load = np.where(days.session("hours_before_sleep") < EVENING_H, np.nan, load)
    return deviation_pairs(days, lagged(load, 1), outcome.values(days))


HARD_DAYS = Question(
    key="hard_days",
    version=1,
    question="How do hard days show in the next night?",
    exposure="Training load of the day before, the top third against the rest",
    outcomes=(HRV, RESTING_HEART_RATE, RESPIRATION),
    pairs=load_of_yesterday,
    least=60,
    exposed_least=15,
    groups="upper_third",
    caveat="Days with a session that ended less than 3 h before sleep are left out.",
)
