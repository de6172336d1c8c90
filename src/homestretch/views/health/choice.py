"""Chooses whose value of a day holds, of all that devices say: by priority, and for baselines by coverage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homestretch.merge.days import folded
from homestretch.model.channel import Floats
from homestretch.model.health.day_report import HAND, rank
from homestretch.model.health.kinds import KINDS, Kind
from homestretch.model.moment import DAY_MS, day_number, day_of, days_from
from homestretch.store.queries.measurements import DayTotal, DayValue

#: A source holds for a baseline while it has a value of this share of the last so many days.
COVERAGE, WINDOW = 0.7, 30
#: Equal readings within this time that came by two ways are one.
SAME_MS = 60_000

type Origin = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """Values (n,) of days in a row from the `first`-th since 1970, NaN for none, and whose they are.

    `origin` (n,) is the index in `origins` (source, device), -1 for none; `table` (len(origins), n) is what each says.
    `shares` are the parts of totals that several devices counted, by day.
    """

    kind: str
    first: int
    values: Floats
    origin: NDArray[np.int64]
    origins: tuple[Origin, ...]
    table: Floats
    shares: Mapping[int, tuple[tuple[str, str, float], ...]]

    def day(self, index: int) -> str:
        """Return the day of an index."""
        return day_of((self.first + index) * DAY_MS)

    def from_day(self, first: int) -> "Chosen":
        """Return the same from a later day on."""
        skipped = first - self.first
        shares = {index - skipped: parts for index, parts in self.shares.items() if index >= skipped}
        return Chosen(
            self.kind,
            first,
            self.values[skipped:],
            self.origin[skipped:],
            self.origins,
            self.table[:, skipped:],
            shares,
        )

    def origin_on(self, index: int) -> Origin:
        """Return whose the value of a day is that has one."""
        return self.origins[int(self.origin[index])]


def choose(
    key: str,
    rows: Sequence[DayValue],
    totals: Sequence[DayTotal],
    order: Sequence[str],
    first: int,
    count: int,
) -> Chosen:
    """Return whose value holds on each of `count` days from the `first`-th since 1970, of the rows of one kind."""
    kind = KINDS[key]
    origins = _ranked({(row.source, row.device) for row in rows}, order)
    number = {origin: place for place, origin in enumerate(origins)}
    table = np.full((len(origins), count), np.nan)
    readings: dict[tuple[int, int], list[DayValue]] = {}
    numbers = {day: index for index, day in enumerate(days_from(first, count))}
    at = [(number[row.source, row.device], numbers.get(row.day, -1)) for row in rows]
    whole = [(*where, row.value) for where, row in zip(at, rows, strict=True) if row.at_ms == 0 and where[1] >= 0]
    if whole:
        places, indices, held = zip(*whole, strict=True)
        table[list(places), list(indices)] = held
    if len(whole) < len(rows):
        for where, row in zip(at, rows, strict=True):
            if row.at_ms != 0 and where[1] >= 0:
                readings.setdefault(where, []).append(row)
    if kind.combine == "spot":
        values, origin = _spots(kind, table, readings, origins, count)
    else:
        origin = _holding(kind, table, origins)
        values = _values_of(table, origin)
    shares = {day_number(total.day) - first: total.shares for total in totals}
    for total in totals:
        index = day_number(total.day) - first
        if 0 <= index < count and total.shares:
            values[index] = total.value
            origin[index] = number.get((total.shares[0][0], total.shares[0][1]), -1)
    return Chosen(key, first, values, origin, origins, table, shares)


def _values_of(table: Floats, origin: NDArray[np.int64]) -> Floats:
    """Return the value of each day's origin, NaN for none."""
    if not len(table):
        return np.full(len(origin), np.nan)
    return np.where(origin >= 0, table[np.maximum(origin, 0), np.arange(len(origin))], np.nan)


def _ranked(origins: set[Origin], order: Sequence[str]) -> tuple[Origin, ...]:
    """Return the origins, the most believed first."""
    return tuple(sorted(origins, key=lambda origin: (rank(origin[0], origin[1], order), origin)))


def _holding(kind: Kind, table: Floats, origins: Sequence[Origin]) -> NDArray[np.int64]:
    """Return the index of the origin that holds on each day, -1 for none.

    What is entered by hand always does. Of a kind with a baseline it is the first by priority that has values of 70 %
    of the last 30 days, so that it does not change from night to night, else the one with most; where that one has
    none, the next. Of any other kind it is the first that has a value.
    """
    places, count = table.shape
    if not places:
        return np.full(count, -1)
    known = ~np.isnan(table)
    score = np.repeat(-np.arange(places, dtype=np.float64)[:, None], count, axis=1)
    if kind.combine == "baseline":
        sums = np.cumsum(np.concatenate((np.zeros((places, 1)), known), axis=1), axis=1)
        covered = (sums[:, 1:] - sums[:, np.maximum(np.arange(1, count + 1) - WINDOW, 0)]) / WINDOW
        score = np.where(covered >= COVERAGE, 1000.0 + score, covered + score * 1e-3)
    by_hand = np.array([source == HAND for source, _ in origins])[:, None]
    score = np.where(by_hand, 1e6, score)
    best = np.argmax(np.where(known, score, -np.inf), axis=0)
    return np.where(known.any(axis=0), best, -1)


def _spots(
    kind: Kind,
    table: Floats,
    readings: Mapping[tuple[int, int], Sequence[DayValue]],
    origins: Sequence[Origin],
    count: int,
) -> tuple[Floats, NDArray[np.int64]]:
    """Return the day's values of all readings of all sources; one entered for the whole day comes first."""
    values, origin = np.full(count, np.nan), np.full(count, -1)
    for place in range(len(origins) - 1, -1, -1):
        known = ~np.isnan(table[place])
        values[known], origin[known] = table[place][known], place
    by_day: dict[int, list[tuple[DayValue, int]]] = {}
    for (place, index), rows in readings.items():
        by_day.setdefault(index, []).extend((row, place) for row in rows)
    for index, pairs in by_day.items():
        if origin[index] >= 0 and origins[origin[index]][0] == HAND:
            continue
        once = once_each(pairs)
        values[index] = folded(np.array([row.value for row, _ in once]), kind.day_fold)
        origin[index] = once[-1 if kind.day_fold == "last" else 0][1]
    return values, origin


def once_each(pairs: Sequence[tuple[DayValue, int]]) -> list[tuple[DayValue, int]]:
    """Return readings in order of time, without those that another source had within a minute: (row, place)."""
    kept: list[tuple[DayValue, int]] = []
    for row, place in sorted(pairs, key=lambda pair: (pair[0].at_ms, pair[1])):
        if not any(row.value == other.value and row.at_ms - other.at_ms <= SAME_MS for other, _ in kept[-3:]):
            kept.append((row, place))
    return kept
