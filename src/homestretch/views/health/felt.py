"""How the athlete feels: notes of mood and soreness as the self-rated measurements that readiness takes in."""

from collections.abc import Collection, Mapping

import numpy as np

from homestretch.analysis.health.days import DailyValues
from homestretch.model.channel import Floats
from homestretch.model.documents.health import HealthNote
from homestretch.model.health.notes import LEVELS
from homestretch.model.moment import day_number
from homestretch.views.health.read import Stretch

#: The kind of measurement that a kind of note stands for, and whether its highest level is the best.
FELT: Mapping[str, tuple[str, bool]] = {"felt_mood": ("mood", True), "felt_soreness": ("soreness", False)}
#: Self-rated measurements are from 1, the best, to so much.
WORST = 4.0


def felt_level(level: int, *, highest_is_best: bool) -> float:
    """Return a note's level, 1 to 5, as it is self-rated: 1 (best) to 4."""
    worse = LEVELS[-1] - level if highest_is_best else level - LEVELS[0]
    return 1.0 + (WORST - 1.0) * worse / (LEVELS[-1] - LEVELS[0])


def with_notes(
    kinds: Mapping[str, DailyValues], notes: Collection[HealthNote], stretch: Stretch
) -> Mapping[str, DailyValues]:
    """Return kinds of measurements with mood and soreness by notes where no source rates them."""
    return {key: _filled(daily, key, notes, stretch) if key in FELT else daily for key, daily in kinds.items()}


def _filled(daily: DailyValues, key: str, notes: Collection[HealthNote], stretch: Stretch) -> DailyValues:
    noted = _noted(key, notes, stretch)
    filled = np.isnan(daily.values) & np.isfinite(noted)
    of_notes = daily.origins.max(initial=-1) + 1
    return DailyValues(np.where(filled, noted, daily.values), np.where(filled, of_notes, daily.origins))


def _noted(key: str, notes: Collection[HealthNote], stretch: Stretch) -> Floats:
    """Return what notes say, (n,) of the days of a stretch; of several of a day the last holds."""
    kind, highest_is_best = FELT[key]
    values = np.full(stretch.count, np.nan)
    for note in notes:
        if note["kind"] == kind and note["level"] is not None:
            start = max(day_number(note["day"]) - stretch.first, 0)
            end = day_number(note["until"]) - stretch.first + 1
            values[start:end] = felt_level(note["level"], highest_is_best=highest_is_best)
    return values
