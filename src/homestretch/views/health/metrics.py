"""The metrics of days: what analysis derives from the chosen measurements, nights, notes and training."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from homestretch.analysis.health.day_metric import DayResult, DayResults, day_families, measure_days
from homestretch.analysis.health.days import DailyValues, Days, Training
from homestretch.analysis.health.nights import nights_of
from homestretch.model.channel import Floats
from homestretch.model.documents.health import HealthNote, MissingReason
from homestretch.model.health.kinds import KINDS
from homestretch.model.health.notes import LEVELS
from homestretch.model.moment import day_number
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.health.choice import Chosen
from homestretch.views.health.read import Stretch, chosen_kinds, chosen_nights, noted_days, notes_of
from homestretch.views.training.fitness import daily_loads, fitness_of

#: So many days before the first one that is asked for have a part in its metrics: the longest baseline, and the era
#: of its device.
LOOK_BACK = 150
#: The kind of measurement that a kind of note stands for, and whether its highest level is the best.
FELT: Mapping[str, tuple[str, bool]] = {"felt_mood": ("mood", True), "felt_soreness": ("soreness", False)}
#: Self-rated measurements are from 1, the best, to so much.
WORST = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class DayMetrics:
    """The results of families over days in a row from `first` (since 1970) on, by the key of the metric."""

    first: int
    days: Days
    results: DayResults


def day_metrics_of(
    reader: Reader, scope: Scope, families: Collection[str], stretch: Stretch, today: date
) -> DayMetrics:
    """Return the metrics of these families over days, those before the first one that they are made from included."""
    read = stretch.earlier(LOOK_BACK)
    described = [day_families()[family] for family in families]
    kinds = {kind for family in described for kind in family.reads}
    inputs = {name for family in described for name in family.inputs}
    days = days_of(reader, scope, kinds, inputs, read, today)
    results: DayResults = {}
    for family in described:
        results |= measure_days(days, family)
    return DayMetrics(read.first, days, results)


def days_of(
    reader: Reader, scope: Scope, kinds: Collection[str], inputs: Collection[str], stretch: Stretch, today: date
) -> Days:
    """Return what is known of days in a row: kinds by their chosen source, and these inputs."""
    chosen = chosen_kinds(reader, scope, {*kinds, "sleep_s"} if "nights" in inputs else kinds, stretch)
    notes = notes_of(reader, scope, stretch)
    values = {key: daily(one, stretch, today) for key, one in chosen.items()}
    nights = None
    if "nights" in inputs:
        slept = chosen_nights(reader, scope, chosen["sleep_s"], stretch, stages="stages" in inputs)
        nights = nights_of([one.night for one in slept], stretch.since, stretch.count)
        nights = nights if "stages" in inputs else nights.without_stages()
    return Days(
        first=stretch.since,
        count=stretch.count,
        kinds=with_notes(values, notes, stretch),
        nights=nights,
        markers=noted_days(notes, stretch),
        training=_training(reader, scope, stretch, today) if "training" in inputs else None,
    )


def daily(chosen: Chosen, stretch: Stretch, today: date) -> DailyValues:
    """Return a kind's chosen values as analysis takes them; today counts only where it says something final.

    A night is over in the morning, a weighing and what is felt are what they are; a total of today is not one yet.
    """
    values, origins = chosen.values, chosen.origin
    kind = KINDS[chosen.kind]
    final = kind.combine in ("baseline", "spot") or kind.group == "felt"
    if not final and today <= stretch.until:
        cut = (today - stretch.since).days
        values, origins = values.copy(), origins.copy()
        values[max(cut, 0) :], origins[max(cut, 0) :] = np.nan, -1
    return DailyValues(values, np.where(np.isnan(values), -1, origins))


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


def _training(reader: Reader, scope: Scope, stretch: Stretch, today: date) -> Training:
    """Return the load, fitness and form of days."""
    loads = daily_loads(reader, scope, max(today, stretch.until))
    known = fitness_of(loads)
    begin = stretch.since.toordinal() - loads.first
    table = np.full((3, stretch.count), np.nan)
    for row, values in enumerate((loads.loads, known.fitness, known.form)):
        there = values[max(begin, 0) : max(begin + stretch.count, 0)]
        start = max(-begin, 0)
        table[row, start : start + len(there)] = there
    return Training(*table)


def last_value(result: DayResult) -> float | None:
    """Return a metric's value of the last day, None without a value."""
    return float(result.values[-1]) if np.isfinite(result.values[-1]) else None


def missing_of(result: DayResult, index: int) -> MissingReason | None:
    """Return why a metric has no value on a day; None where it has one."""
    missing = result.missing(index)
    if missing is None:
        return None
    needs = missing.requirement
    return {"of": needs.of, "least": needs.least, "days": needs.days, "has": missing.has}
