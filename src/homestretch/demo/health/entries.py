"""What the demo athlete writes down: notes of days, and weight by hand before the scale came."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

import numpy as np

from homestretch.demo.calendar import ILL_DAYS, OVERSEAS_DAYS
from homestretch.demo.health.devices import SCALE_DAYS
from homestretch.demo.health.life import life
from homestretch.demo.health.night import night
from homestretch.demo.health.weight import weighed_kg
from homestretch.flow.edit.health import Entry, Note, add_entry, add_note
from homestretch.flow.runtime.context import Context
from homestretch.store.queries.health_entries import read_entries, read_notes
from homestretch.store.scope import Scope

WEIGHT = "weight_kg"
#: How often mood and soreness are noted, and what is forgotten of drinks and late meals.
_RATED, _FORGOTTEN = 0.2, 0.1
_ILL_TEXT, _TRAVEL_TEXT = "A cold, fever for two days", "Work in New York"


def write_down(context: Context, scope: Scope, days: Collection[date], seed: int) -> None:
    """Enter the notes and weights of days that are not there yet, so that an interrupted run can continue."""
    if not days:
        return
    first, last = min(days), max(days)
    with context.database.read() as reader:
        there = {(row.kind, row.day) for row in read_notes(reader, scope.athlete_id, str(first), str(last))}
        weighed = {row.day for row in read_entries(reader, scope.athlete_id, WEIGHT, str(first), str(last))}
    for day in sorted(days):
        for note in notes(seed, day):
            if (note.kind, str(note.day)) not in there:
                add_note(context, scope, note)
        weight = weighed_kg(seed, day, by_hand=True) if day < last - timedelta(days=SCALE_DAYS) else None
        if weight is not None and str(day) not in weighed:
            add_entry(context, scope, Entry(WEIGHT, weight, day))


def notes(seed: int, day: date) -> Iterator[Note]:
    """Yield the notes that begin on a day."""
    rng = np.random.default_rng([seed, day.toordinal(), 16])
    kept, rated = rng.random() > _FORGOTTEN, rng.random() < _RATED
    today = life(seed, day)
    for kind, text, (begins, ends) in (("ill", _ILL_TEXT, ILL_DAYS), ("travel", _TRAVEL_TEXT, OVERSEAS_DAYS)):
        if (day.month, day.day) == begins:
            yield Note(kind, day, date(day.year, *ends), text=text)
    if kept and today.drank:
        yield Note("alcohol", day, day)
    if kept and today.ate_late:
        yield Note("late_meal", day, day)
    if rated:
        yield from _ratings(rng, seed, day)


def _ratings(rng: np.random.Generator, seed: int, day: date) -> Iterator[Note]:
    """Yield mood and soreness: by sleep and illness, and by the load of the day before."""
    slept, before = night(seed, day).asleep_min, life(seed, day - timedelta(days=1)).load
    mood = 3.8 + (slept - 430) / 60.0 - 2.5 * life(seed, day).illness + rng.normal(0.0, 0.5)
    sore = 1.4 + before / 60.0 + rng.normal(0.0, 0.5)
    yield Note("mood", day, day, level=_level(mood))
    yield Note("soreness", day, day, level=_level(sore))


def _level(value: float) -> int:
    return int(np.clip(round(value), 1, 5))
