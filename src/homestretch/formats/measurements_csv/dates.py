"""Dates of a table: which number is the day is decided by all of them together, never by one alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_LOCAL = re.compile(r"(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4}|\d{2})")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*([AaPp])?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class DayOrder:
    """How local dates are read; `month_first` is None where nothing shows it."""

    month_first: bool | None

    def read(self, text: str) -> str | None:
        """Return a date as YYYY-MM-DD, or None."""
        parts = _parts(text)
        if parts is None:
            return None
        year, one, two, is_iso = parts
        if not is_iso and self.month_first is None:
            return None
        month, day = (one, two) if is_iso or self.month_first else (two, one)
        try:
            return datetime(year, month, day, tzinfo=UTC).date().isoformat()
        except ValueError:
            return None


def day_order(texts: Sequence[str]) -> DayOrder:
    """Return how the dates of a column are read.

    A number above 12 is no month; points stand in dates that begin with the day; else the order in which the rows go
    on day by day decides, and where both do or none does it is not known.
    """
    local = [(parts, text) for text in texts if (parts := _parts(text)) is not None and not parts[3]]
    if not local:
        return DayOrder(month_first=False)
    if any(one > 12 for (_, one, _, _), _ in local):
        return DayOrder(month_first=False)
    if any(two > 12 for (_, _, two, _), _ in local):
        return DayOrder(month_first=True)
    if all("." in text for _, text in local):
        return DayOrder(month_first=False)
    sorted_by = {first: _goes_on([text for _, text in local], first) for first in (True, False)}
    return DayOrder(None if sorted_by[True] == sorted_by[False] else sorted_by[True])


def _goes_on(texts: Sequence[str], month_first: bool) -> bool:
    """Return whether dates read so only rise, or only fall, and are not all the same."""
    dates = [DayOrder(month_first).read(text) or "" for text in texts]
    steps = [(before < after) - (before > after) for before, after in pairwise(dates)]
    return bool(steps) and (min(steps) >= 0 or max(steps) <= 0) and any(steps)


def _parts(text: str) -> tuple[int, int, int, bool] | None:
    """Return year, the two other numbers in their order, and whether the year comes first."""
    found = _ISO.match(text)
    if found is not None:
        return (int(found[1]), int(found[2]), int(found[3]), True) if _plausible(int(found[1])) else None
    found = _LOCAL.match(text)
    if found is None:
        return None
    year = int(found[4]) + (2000 if len(found[4]) == 2 else 0)
    return (year, int(found[1]), int(found[3]), False) if _plausible(year) else None


def _plausible(year: int) -> bool:
    return _FIRST_YEAR <= year < _LAST_YEAR


def clock_ms(text: str) -> int | None:
    """Return ms since midnight of the first time of day in a text, or None."""
    found = _CLOCK.search(text)
    if found is None:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        hour = hour % 12 + (12 if found[4] in "Pp" else 0)
    return 1000 * ((hour * 60 + minute) * 60 + second) if hour < 24 and minute < 60 and second < 60 else None


def midnight_ms(day: str) -> int:
    """Return when a day begins on the clock of the wall, ms as if that was UTC."""
    return round((datetime.fromisoformat(day).replace(tzinfo=UTC) - _EPOCH).total_seconds() * 1000)
