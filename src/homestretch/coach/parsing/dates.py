"""Reads days: what has no year is the next one."""

import re
from datetime import date

from homestretch.coach.parsing.vocabulary import MONTHS

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBERS = re.compile(r"[0-9]+")
_MONTH = re.compile("|".join(MONTHS))
#: Until there is a 29 February again, at most so many years pass.
_YEARS = 8


def _read(text: str) -> tuple[int | None, int, int]:
    """Return year, month and day; the year is None where there is none."""
    if _ISO.fullmatch(text):
        year, month, day = text.split("-")
        return int(year), int(month), int(day)
    named = _MONTH.search(text)
    if named is None:
        raise ValueError(text)
    numbers = [int(one) for one in _NUMBERS.findall(text)]
    return (numbers[1] if len(numbers) > 1 else None), MONTHS.index(named.group()) + 1, numbers[0]


def _near(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def span(first: str, last: str, today: date) -> tuple[str, str] | None:
    """Return the days from one to another as ISO dates, the next that have not passed; None for no such day."""
    try:
        (year, month, day), (last_year, last_month, last_day) = _read(first), _read(last)
    except ValueError:
        return None
    years = range(today.year, today.year + _YEARS + 1) if last_year is None else (last_year,)
    ends = (end for one in years if (end := _near(one, last_month, last_day)) and (last_year or end >= today))
    end = next(ends, None)
    if end is None:
        return None
    begins = (end.year, end.year - 1) if year is None else (year,)
    starts = (start for one in begins if (start := _near(one, month, day)) and start <= end)
    start = next(starts, None)
    return None if start is None else (start.isoformat(), end.isoformat())
