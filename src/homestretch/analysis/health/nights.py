"""Nights of days in a row as arrays: when each began and ended by the local clock, and its stages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from homestretch.model.channel import Floats, Mask
from homestretch.model.health.night import Night

DAY_S = 86_400.0
#: The stages by their number in `Stretches`; the last is sleep of which no stage is known.
STAGES = ("deep", "light", "rem", "awake", "unmeasured", "asleep")
DEEP, LIGHT, REM, AWAKE, UNMEASURED, ASLEEP = range(len(STAGES))
_NUMBER = {name: number for number, name in enumerate(STAGES)}


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Stretches of one stage each, (k,), in order of `day` (the index of the day of waking) and of time.

    `start_s` and `end_s` are seconds of the local clock from midnight of that day, negative in the evening before.
    """

    day: NDArray[np.int64]
    start_s: Floats
    end_s: Floats
    stage: NDArray[np.int64]
    nap: Mask

    def take(self, where: Mask) -> "Stretches":
        """Return some of them."""
        return Stretches(self.day[where], self.start_s[where], self.end_s[where], self.stage[where], self.nap[where])


@dataclass(frozen=True, slots=True, eq=False)
class Nights:
    """The night of each day, (n,), NaN for unknown, and the stretches of every sleep, naps too.

    `start_s` and `end_s` are seconds of the local clock from midnight of the day of waking; `asleep_s` is the sleep of
    the night without naps, `naps_s` that of the naps of the day.
    """

    start_s: Floats
    end_s: Floats
    asleep_s: Floats
    naps_s: Floats
    stretches: Stretches

    @property
    def count(self) -> int:
        """The number of days."""
        return len(self.asleep_s)

    def without_stages(self) -> "Nights":
        """Return the same without stretches: how long somebody slept, and from when to when."""
        return Nights(self.start_s, self.end_s, self.asleep_s, self.naps_s, stretches(()))


def no_nights(count: int) -> Nights:
    """Return so many unknown nights."""
    unknown = np.full(count, np.nan)
    return Nights(unknown, unknown, unknown, unknown, stretches(()))


def stretches(rows: Sequence[tuple[int, float, float, int, bool]]) -> Stretches:
    """Return rows of day, start, end, stage and nap as stretches in order."""
    table = np.array(sorted(rows), dtype=np.float64).reshape(len(rows), 5)
    day, start_s, end_s, stage, nap = table.T
    return Stretches(day.astype(np.int64), start_s, end_s, stage.astype(np.int64), nap.astype(bool))


def nights_of(nights: Iterable[Night], first: date, count: int) -> Nights:
    """Return the nights of `count` days from `first` on.

    Of several sleeps of a day the longest is the night unless its source calls it a nap; the others are naps. A night
    without an offset has no local clock: its length is known, its times are not.
    """
    by_day: dict[int, list[Night]] = {}
    for night in nights:
        index = (date.fromisoformat(night.day) - first).days
        if 0 <= index < count:
            by_day.setdefault(index, []).append(night)
    table = np.full((4, count), np.nan)
    rows: list[tuple[int, float, float, int, bool]] = []
    for index, sleeps in by_day.items():
        midnight_s = datetime.combine(first + timedelta(days=index), datetime.min.time(), UTC).timestamp()
        main = max((one for one in sleeps if not one.nap), key=_length_s, default=None)
        naps = [one for one in sleeps if one is not main]
        if main is not None:
            table[0:3, index] = *_span_s(main, midnight_s), _length_s(main)
        table[3, index] = _naps_s(main, naps)
        for one in sleeps:
            rows += _rows(one, index, midnight_s, nap=one is not main)
    start_s, end_s, asleep_s, naps_s = table
    return Nights(start_s, end_s, asleep_s, naps_s, stretches(rows))


def _length_s(night: Night) -> float:
    """Return the sleep of a night in s: as measured, else all of its span."""
    return (night.end_ms - night.start_ms) / 1000.0 if night.asleep_s is None else night.asleep_s


def _span_s(night: Night, midnight_s: float) -> tuple[float, float]:
    if night.offset_s is None:
        return float("nan"), float("nan")
    shift_s = night.offset_s - midnight_s
    return night.start_ms / 1000.0 + shift_s, night.end_ms / 1000.0 + shift_s


def _naps_s(main: Night | None, naps: list[Night]) -> float:
    """Return the sleep of naps in s: of the naps themselves, else what the night says; NaN where neither does."""
    if naps:
        return sum(_length_s(one) for one in naps)
    return float("nan") if main is None or main.naps_s is None else main.naps_s


def _rows(night: Night, index: int, midnight_s: float, *, nap: bool) -> list[tuple[int, float, float, int, bool]]:
    if night.offset_s is None:
        return []
    if not night.stages:
        return [(index, *_span_s(night, midnight_s), ASLEEP, nap)]
    shift_s = night.offset_s - midnight_s
    return [
        (index, one.start_ms / 1000.0 + shift_s, one.end_ms / 1000.0 + shift_s, _NUMBER[one.stage], nap)
        for one in night.stages
    ]
