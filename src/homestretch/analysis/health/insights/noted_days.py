"""Days with a note (alcohol, a late meal, travel) and the night that follows."""

import numpy as np

from homestretch.analysis.health.baseline import eras
from homestretch.analysis.health.days import Days
from homestretch.analysis.health.evidence.outcomes import ASLEEP, HRV, RESTING_HEART_RATE
from homestretch.analysis.health.evidence.pairing import from_usual, lagged
from homestretch.analysis.health.evidence.question import Outcome, Pairs, Question
from homestretch.analysis.health.statistics import Indices
from homestretch.analysis.health.windows import ratio
from homestretch.model.channel import Floats, Mask


def matches(weekday: Indices, load: Floats) -> Indices:
    """Return a number for each day (n,), the same for one weekday and one third of load (a fourth: unknown)."""
    known = load[np.isfinite(load)]
    limits = np.quantile(known, (1 / 3, 2 / 3)) if len(known) else np.zeros(2)
    level = np.where(np.isfinite(load), np.digitize(load, limits), 3)
    return np.asarray(4 * weekday + level)


def against_others(y: Floats, match: Indices, marked: Mask) -> Floats:
    """Return y (k,) less the mean of the unmarked of its match, NaN where it has no match."""
    numbers = np.arange(match.max(initial=0) + 1)
    total = np.bincount(match[~marked], y[~marked], len(numbers))
    count = np.bincount(match[~marked], minlength=len(numbers))
    return np.asarray(y - ratio(total, count)[match])


def _noted(key: str, name: str) -> Question:
    def pairs(days: Days, outcome: Outcome) -> Pairs:
        """Return whether the day before had the note, from the first such note on, with the outcome of its match."""
        marked = lagged(days.marked(key).astype(np.float64), 1)
        values = outcome.values(days)
        y = from_usual(values, days.excluded)
        day = np.flatnonzero(np.isfinite(y) & (np.nancumsum(marked) > 0.0))
        match = matches(days.weekdays[day], lagged(days.trained.load, 1)[day])
        compared = against_others(y[day], match, marked[day] > 0.0)
        return Pairs(day, marked[day], compared, eras(values)[day]).take(np.isfinite(compared))

    return Question(
        key=key,
        version=1,
        question=f"How is the night after a day noted as “{name}”?",
        exposure=f"Days noted as “{name}” against others of the same weekday and a similar load",
        outcomes=(HRV, RESTING_HEART_RATE, ASLEEP),
        pairs=pairs,
        least=38,
        exposed_least=8,
        others_least=30,
        groups="marked",
        caveat="Notes are not random: what else was different on such days is not taken out.",
    )


ALCOHOL = _noted("alcohol", "Alcohol")
LATE_MEAL = _noted("late_meal", "Late meal")
TRAVEL = _noted("travel", "Travel")
