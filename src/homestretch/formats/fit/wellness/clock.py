"""The local clock of a wellness file: to which day of its wearer each of its instants belongs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homestretch.formats.fit.part import ABSOLUTE, EPOCH_S, Part, Seconds
from homestretch.formats.fit.timeline import rounded_leads
from homestretch.model.channel import Times
from homestretch.model.moment import day_of

MONITORING, MONITORING_INFO = 55, 103
DAY_S = 86_400
#: Messages that state the local time beside their timestamp, and the field that holds it. 241 and 273 are in no
#: profile: they open the files of metrics and of sleep.
_LOCAL_TIMES = {34: 5, MONITORING: 11, MONITORING_INFO: 0, 241: 0, 273: 2, 398: 0}


@dataclass(frozen=True, slots=True, eq=False)
class LocalClock:
    """Turns FIT seconds into local days: from `since` on (k,), rising, clocks were `ahead` of UTC by so much (s, (k,)).

    Before the first instant the first offset holds. Without any, local is UTC.
    """

    since: Seconds
    ahead: Seconds

    @property
    def is_set(self) -> bool:
        """Whether the file states any local time."""
        return bool(len(self.since))

    def offsets(self, seconds: Seconds) -> Seconds:
        """Return the offset from UTC at these instants, seconds, shape (n,)."""
        if not self.is_set:
            return np.zeros(len(seconds), np.int64)
        if self._steady:
            return np.broadcast_to(self.ahead[0], len(seconds))
        return self.ahead[np.maximum(np.searchsorted(self.since, seconds, side="right") - 1, 0)]

    @property
    def _steady(self) -> bool:
        """Whether clocks never changed."""
        return bool((self.ahead == self.ahead[0]).all())

    def offset(self, second: int) -> int | None:
        """Return the offset from UTC at an instant, or None where the file states none."""
        return int(self.offsets(np.array([second]))[0]) if self.is_set else None

    def days(self, seconds: Seconds) -> Seconds:
        """Return the local days of instants, counted from 1970, shape (n,)."""
        return (seconds + EPOCH_S + self.offsets(seconds)) // DAY_S

    def closing_days(self, seconds: Seconds) -> Seconds:
        """Return the local days that instants sum up: one of exactly 00:00 closes the day before, shape (n,)."""
        return (seconds + EPOCH_S + self.offsets(seconds) - 1) // DAY_S

    def start_of(self, day: int) -> int:
        """Return when a local day begins, FIT seconds."""
        local = day * DAY_S - EPOCH_S
        begins = local - (self.offset(local) or 0)
        return local - (self.offset(begins) or 0)


def clock_of(part: Part) -> LocalClock:
    """Return the local clock by all messages that state it."""
    found = [np.zeros((0, 2), np.int64)]
    for number, num in _LOCAL_TIMES.items():
        local = part.table(number).column(num) if number in part.counts else None
        if local is not None and local.dtype.kind == "i":
            utc = part.seconds(part.table(number))
            stated = (local.astype(np.int64) >= ABSOLUTE) & (utc >= ABSOLUTE)
            found.append(rounded_leads(utc[stated], local[stated].astype(np.int64)))
    rows = np.concatenate(found)
    rows = rows[np.argsort(rows[:, 0], kind="stable")]
    return LocalClock(rows[:, 0], rows[:, 1])


def rows_of(days: Seconds) -> dict[int, NDArray[np.bool_] | slice]:
    """Return the rows (n,) of each day, in order: all of them where there is one day, as in most files."""
    if len(days) and days.min() == days.max():
        return {int(days[0]): slice(None)}
    return {int(day): days == day for day in np.unique(days)}


def utc_ms(seconds: Seconds) -> Times:
    """Return FIT seconds as UTC ms, shape (n,)."""
    return (seconds + EPOCH_S) * 1000


def day_text(day: int) -> str:
    """Return a day counted from 1970 as YYYY-MM-DD."""
    return day_of(day * DAY_S * 1000)
