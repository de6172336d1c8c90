"""Running totals: what a monitoring file counts from midnight on, for each kind of activity, as curves of days.

A file opens with the totals of the day so far, one for each kind of activity, and then lists a total where it rises.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from homestretch.formats.fit.part import Seconds
from homestretch.formats.fit.wellness.clock import rows_of
from homestretch.formats.fit.wellness.monitoring import CYCLES, Monitoring
from homestretch.model.channel import Floats, Mask

_DISTANCE, _ACTIVE_TIME, _CALORIES = 2, 4, 19
_RUNNING, _WALKING, _ALL = 1, 6, 254
_ON_FOOT = (_RUNNING, _WALKING)
#: What a cycle (two steps) is worth in m and kcal, by the field that it fills: the field of `monitoring_info`, / 5000.
_WORTH = {_DISTANCE: 3, _CALORIES: 4}
_STEPS_PER_WORTH = 2 * 5000
_FLOOR_MM = 3048.0


class Total(NamedTuple):
    """A running total: its kind, its field, what that is divided by, and of which activity types (None: of the day).

    `rises` is the field of increments that stands for it where a file has no running total. Without `spans` only the
    whole day is of use.
    """

    kind: str
    num: int
    scale: float
    types: tuple[int, ...] | None = None
    rises: int | None = None
    spans: bool = True


#: Every type of activity that can be there, "all" apart.
_EVERY = tuple(range(_ALL))
#: Fields 35 to 38 are in no profile: ascent and descent in mm, moderate and vigorous minutes; 31 to 34 are what is
#: added to them.
TOTALS = (
    Total("steps", CYCLES, 1.0, _ON_FOOT),
    Total("distance_m", _DISTANCE, 100.0, _ON_FOOT),
    Total("calories_active_kcal", _CALORIES, 1.0, _EVERY),
    Total("active_s", _ACTIVE_TIME, 1000.0, _EVERY, spans=False),
    Total("ascent_m", 35, 1000.0, rises=31),
    Total("descent_m", 36, 1000.0, rises=32),
    Total("floors_up", 35, _FLOOR_MM, rises=31),
    Total("floors_down", 36, _FLOOR_MM, rises=32),
    Total("intensity_moderate_s", 37, 1 / 60, rises=33),
    Total("intensity_vigorous_s", 38, 1 / 60, rises=34),
)


@dataclass(frozen=True, slots=True, eq=False)
class _Running:
    """A running total through a file: `seconds` (n,) rising, `values` (n,).

    `from_zero`: what it was when the file opened is 0 where its first value is a later one. `added_up` from
    increments: it counts from where the file opens, and states no day that began before.
    """

    seconds: Seconds
    values: Floats
    from_zero: bool = False
    added_up: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A running total of one day: `seconds` (n,) rising, `values` (n,), and what it was when the file opened."""

    seconds: Seconds
    values: Floats
    base: float
    stated: bool

    def at(self, seconds: Seconds) -> Floats:
        """Return what the total was at these instants, shape (n,)."""
        return np.concatenate([[self.base], self.values])[np.searchsorted(self.seconds, seconds, side="right")]


def curves_of(monitoring: Monitoring, total: Total) -> dict[int, list[Curve]]:
    """Return the running totals of each day, one for each type of activity."""
    found: dict[int, list[Curve]] = {}
    for running in _running(monitoring, total):
        for day, curve in _by_day(monitoring, running):
            found.setdefault(day, []).append(curve)
    return found


def _running(monitoring: Monitoring, total: Total) -> Iterator[_Running]:
    """Return a total's course through the file, one for each type of activity that has it."""
    values, added_up = monitoring.column(total.num) / total.scale, False
    if total.rises is not None and np.isnan(values).all():
        values, added_up = _added_up(monitoring, monitoring.column(total.rises) / total.scale), True
    if total.num not in _WORTH and np.isnan(values).all():
        return
    if total.types is None:
        yield from _measured(_Running(monitoring.seconds, values, added_up, added_up))
        return
    listed = any(kind in total.types for kind in monitoring.opening_types)
    for kind, rows in monitoring.rows_of_types.items():
        if kind in total.types:
            filled = _filled(monitoring, total, kind, values)
            yield from _measured(_Running(monitoring.seconds[rows], filled[rows], listed))


def _measured(running: _Running) -> Iterator[_Running]:
    """Return the same where there is a value, or nothing without any."""
    known = ~np.isnan(running.values)
    if known.any():
        yield replace(running, seconds=running.seconds[known], values=running.values[known])


def _added_up(monitoring: Monitoring, rises: Floats) -> Floats:
    """Return a running total of increments, shape (n,), that begins again with each day."""
    known = ~np.isnan(rises)
    days = monitoring.clock.closing_days(monitoring.seconds)
    sums = np.full(len(rises), np.nan)
    for day in np.unique(days[known]):
        rows = known & (days == day)
        sums[rows] = np.cumsum(rises[rows])
    return sums


def _filled(monitoring: Monitoring, total: Total, kind: float, values: Floats) -> Floats:
    """Return a type's totals, shape (n,); one that a message leaves out is what the device makes of its steps."""
    worth = monitoring.worth(_WORTH.get(total.num)).get(kind)
    if worth is None:
        return values
    return np.where(np.isnan(values), monitoring.column(CYCLES) * worth / _STEPS_PER_WORTH, values)


def _by_day(monitoring: Monitoring, running: _Running) -> Iterator[tuple[int, Curve]]:
    """Return the parts of a course that belong to each local day."""
    clock, opening = monitoring.clock, monitoring.opening
    closing, days = clock.closing_days(running.seconds), clock.days(running.seconds)
    days = np.where(_begins_again(running, opening), days, closing)
    for day, rows in rows_of(days).items():
        seconds, values = running.seconds[rows], _rising(running.values[rows])
        whole = clock.start_of(day) >= opening
        from_zero = whole or running.added_up or (running.from_zero and int(seconds[0]) != opening)
        yield day, Curve(seconds, values, 0.0 if from_zero else float(values[0]), whole or not running.added_up)


def _begins_again(running: _Running, opening: int) -> Mask:
    """Return which totals are of a new count, shape (n,): 0 after a higher one, or when the file opens."""
    opens = float(running.seconds[0] == opening)
    return np.asarray((running.values == 0) & (np.concatenate([[opens], running.values[:-1]]) > 0))


def _rising(values: Floats) -> Floats:
    """Return a day's totals, shape (n,), none above a later one: the last is true, and what was filled in is not."""
    return np.asarray(np.minimum.accumulate(values[::-1])[::-1])
