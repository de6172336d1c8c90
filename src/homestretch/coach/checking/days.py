"""Days as ISO dates: their weekday, their Monday, and what lies so many days from them."""

from datetime import date, timedelta
from functools import lru_cache

from homestretch.model.coach.rule import WEEKDAYS, Weekday

#: A few years of days: all that a plan and its history have.
_DAYS = 4096


@lru_cache(_DAYS)
def number(day: str) -> int:
    """Return the number of a day; the next day's is one more. Raises ValueError for what is no ISO date."""
    return date.fromisoformat(day).toordinal()


@lru_cache(_DAYS)
def weekday(day: str) -> Weekday:
    """Return the weekday of a day."""
    return WEEKDAYS[(number(day) - 1) % 7]


@lru_cache(_DAYS)
def monday(day: str) -> str:
    """Return the Monday of a day's week."""
    return plus(day, -((number(day) - 1) % 7))


@lru_cache(_DAYS)
def plus(day: str, days: int) -> str:
    """Return the day so many days later, or earlier; the calendar's first or last where it ends before."""
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except OverflowError:
        return (date.max if days > 0 else date.min).isoformat()


def between(earlier: str, later: str) -> int:
    """Return how many days lie from one day to another."""
    return number(later) - number(earlier)


def minute_of_day(time: str | None) -> int | None:
    """Return the minute of the day of a time such as 06:30; None for anything else."""
    hour, colon, minute = (time or "").partition(":")
    return 60 * int(hour) + int(minute) if colon and hour.isdecimal() and minute.isdecimal() else None


def mondays(first: str, last: str) -> list[str]:
    """Return the Mondays of all weeks from that of one day to that of another."""
    start = monday(first)
    return [plus(start, 7 * n) for n in range(between(start, monday(last)) // 7 + 1)]
