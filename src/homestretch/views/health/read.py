"""Reads kinds of measurements over days, with the source chosen for each day, their nights, and notes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from homestretch.analysis.health.days import Days
from homestretch.analysis.zone import day_bounds, offset_at
from homestretch.errors import BadRequest
from homestretch.model.channel import Mask
from homestretch.model.documents.health import HealthNote
from homestretch.model.health.day_report import source_order
from homestretch.model.health.notes import NOTE_KINDS
from homestretch.model.moment import DAY_MS, day_number
from homestretch.sources.registry import forbidding
from homestretch.store.database import Reader
from homestretch.store.queries.health_entries import priorities_of, read_notes
from homestretch.store.queries.measurements import (
    DayTotal,
    SourceNight,
    home_zone,
    last_said_ms,
    read_nights,
    read_totals,
    read_values,
)
from homestretch.store.scope import Scope
from homestretch.views.health.choice import WINDOW, Chosen, choose

#: The first and last day that a question may name.
FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)
#: A day of which nothing was said in its last hours, or after it, is not over for its devices.
SILENT_MS = 6 * 3_600_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from `since` to `until`, both included. Raises BadRequest for days in the wrong order."""

    since: date
    until: date

    def __post_init__(self) -> None:
        if not FIRST <= self.since <= self.until <= LAST:
            raise BadRequest(reason="The first day must not come after the last one, and be from 1990 to 2100.")

    @property
    def first(self) -> int:
        """The number of the first day since 1970."""
        return day_number(self.since.isoformat())

    @property
    def count(self) -> int:
        """The number of days."""
        return (self.until - self.since).days + 1

    @property
    def ends(self) -> tuple[str, str]:
        """The first and the last day, YYYY-MM-DD."""
        return self.since.isoformat(), self.until.isoformat()

    def earlier(self, days: int) -> "Stretch":
        """Return the stretch that begins so many days before."""
        return Stretch(max(self.since - timedelta(days=days), FIRST), self.until)


def chosen_kinds(reader: Reader, scope: Scope, keys: Collection[str], stretch: Stretch) -> dict[str, Chosen]:
    """Return kinds over days, with the source that holds on each."""
    read = stretch.earlier(WINDOW)
    values = read_values(reader, scope.athlete_id, keys, *read.ends)
    totals = read_totals(reader, scope.athlete_id, keys, *read.ends)
    withheld = frozenset() if scope.use == "show" else frozenset(forbidding(scope.use))
    if withheld:
        values = {key: [one for one in rows if one.source not in withheld] for key, rows in values.items()}
        totals = {key: [one for one in rows if not withheld & _sources(one)] for key, rows in totals.items()}
    priorities = priorities_of(reader, scope.athlete_id)
    chosen = {
        key: choose(key, values[key], totals[key], source_order(key, priorities), read.first, read.count)
        for key in keys
    }
    return {key: one.from_day(stretch.first) for key, one in chosen.items()}


def _sources(total: DayTotal) -> set[str]:
    return {source for source, _, _ in total.shares}


def chosen_nights(
    reader: Reader, scope: Scope, slept: Chosen, stretch: Stretch, *, stages: bool = True
) -> list[SourceNight]:
    """Return the night of each day by the source that holds for sleep (`sleep_s`), with its stages or without."""
    holding = {
        slept.day(index): slept.origins[place] for index, place in enumerate(slept.origin.tolist()) if place >= 0
    }
    nights = read_nights(reader, scope.athlete_id, *stretch.ends, stages=stages)
    return [one for one in nights if holding.get(one.night.day) == (one.source, one.device)]


def notes_of(reader: Reader, scope: Scope, stretch: Stretch) -> list[HealthNote]:
    """Return the notes that cover any of the days, in order."""
    return [
        {
            "id": row.public_id,
            "kind": row.kind,
            "name": NOTE_KINDS[row.kind].name,
            "day": row.day,
            "until": row.until,
            "level": row.level,
            "text": row.text,
        }
        for row in read_notes(reader, scope.athlete_id, *stretch.ends)
    ]


def noted_days(notes: Collection[HealthNote], stretch: Stretch) -> Mapping[str, Mask]:
    """Return which days of a stretch have a note, by its kind, each (n,)."""
    masks: dict[str, Mask] = {}
    for note in notes:
        mask = masks.setdefault(note["kind"], np.zeros(stretch.count, dtype=bool))
        start = max(day_number(note["day"]) - stretch.first, 0)
        mask[start : day_number(note["until"]) - stretch.first + 1] = True
    return masks


def excluded_days(notes: Collection[HealthNote], stretch: Stretch) -> Mask:
    """Return which days of a stretch (n,) no baseline takes in, by their notes."""
    return Days(first=stretch.since, count=stretch.count, markers=noted_days(notes, stretch)).excluded


def day_bounds_ms(reader: Reader, scope: Scope, day: date) -> tuple[int, int, int | None]:
    """Return when a local day begins and ends, UTC ms, and its offset in s: by the home zone, away by the night."""
    zone = home_zone(reader, scope.athlete_id)
    bounds = day_bounds(day, zone) if zone else None
    at_home = [] if zone is None or bounds is None else [offset_at(zone, one) for one in bounds]
    nights = read_nights(reader, scope.athlete_id, day.isoformat(), day.isoformat())
    offset = next((one.night.offset_s for one in nights if one.night.offset_s is not None), None)
    if bounds is not None and (offset is None or offset in at_home):
        return *bounds, at_home[0]
    start = day_number(day.isoformat()) * DAY_MS - 1000 * (offset or 0)
    return start, start + DAY_MS, offset


def is_partial(reader: Reader, scope: Scope, day: date, today: date) -> bool:
    """Return whether a day is not over yet, or was not over when its devices synced last."""
    if day >= today:
        return True
    said_ms = last_said_ms(reader, scope.athlete_id, day.isoformat())
    return said_ms is not None and said_ms < day_bounds_ms(reader, scope, day)[1] - SILENT_MS
