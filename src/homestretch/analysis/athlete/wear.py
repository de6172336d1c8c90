"""How much of its life a part has had: its use since it was serviced last, and what is left to the next service."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Used:
    """So many metres and seconds on so many activities."""

    distance_m: float = 0.0
    time_s: float = 0.0
    activities: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """The use of an item on a local day, which is counted since 1970."""

    day: int
    distance_m: float
    time_s: float
    activities: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part from the day when it was fitted to the day when it was taken off, both inclusive.

    `before` is the use that it had had; it is due for service after `every_m`, `every_s` or `every_days`, and was
    serviced last at the end of a day.
    """

    fitted: int
    until: int | None = None
    before: Used = Used()
    every_m: float | None = None
    every_s: float | None = None
    every_days: int | None = None
    serviced: int | None = None


def part_of(row: Any, services: Sequence[Any]) -> Part:
    """Return a part as it is written down: `row` with ISO days, and its services in their order."""
    return Part(
        _number(row.since),
        None if row.until is None else _number(row.until),
        Used(row.distance_m, row.time_s),
        row.every_m,
        row.every_s,
        row.every_days,
        _number(services[-1].day) if services else None,
    )


def _number(day: str) -> int:
    return date.fromisoformat(day).toordinal() - _EPOCH


@dataclass(frozen=True, slots=True)
class Wear:
    """The use of a part, in total and since its last service, and what is left (negative: overdue by as much).

    `share` is the used share of the interval that ends first (1: due); None without an interval.
    """

    whole: Used
    since: Used
    left_m: float | None
    left_s: float | None
    left_days: int | None
    share: float | None

    @property
    def due(self) -> bool:
        """Whether it should be serviced."""
        return self.share is not None and self.share >= 1.0


def total(days: Iterable[Day], before: Used = Used()) -> Used:
    """Return the sum of days and of what was before them."""
    metres, seconds, count = before.distance_m, before.time_s, before.activities
    for day in days:
        metres, seconds, count = metres + day.distance_m, seconds + day.time_s, count + day.activities
    return Used(metres, seconds, count)


def wear(part: Part, days: Iterable[Day], today: int) -> Wear:
    """Return the wear of a part by the days on which its item was used."""
    mine = [day for day in days if day.day >= part.fitted and (part.until is None or day.day <= part.until)]
    if part.serviced is None:
        since, began = total(mine, part.before), part.fitted
    else:
        since, began = total(day for day in mine if day.day > (part.serviced or 0)), part.serviced
    age = (today if part.until is None else min(today, part.until)) - began
    uses = ((part.every_m, since.distance_m), (part.every_s, since.time_s), (part.every_days, age))
    left = [None if every is None else every - used for every, used in uses]
    shares = [used / every for every, used in uses if every]
    share = max(shares, default=None)
    days_left = None if left[2] is None else int(left[2])
    return Wear(total(mine, part.before), since, left[0], left[1], days_left, share)
