"""How rules say durations, days and numbers in English."""

from collections.abc import Sequence

from homestretch.model.coach.rule import WEEKDAYS

NAMES = dict(zip(WEEKDAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True))
_WEEKDAYS, _WEEKEND = WEEKDAYS[:5], WEEKDAYS[5:]


def clock(minutes: float) -> str:
    """Return minutes as `1 h 05`."""
    hours, rest = divmod(round(minutes), 60)
    return f"{hours} h {rest:02d}"


def hours(value: float) -> str:
    """Return hours as people write them: `45 min`, `2 h`, `1 h 30`."""
    minutes = round(60 * value)
    if minutes < 60 and minutes:
        return f"{minutes} min"
    return clock(minutes) if minutes % 60 else f"{minutes // 60} h"


def figure(value: float) -> str:
    """Return a number without needless decimals."""
    return f"{round(value, 2):.10g}"


def joined(items: Sequence[str], last: str = "and") -> str:
    """Return `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def weekdays(days: Sequence[str], last: str = "and") -> str:
    """Return weekdays that come every week, in order: `Mondays and Fridays`, `weekdays`, `weekends`."""
    found = tuple(day for day in WEEKDAYS if day in days)
    if found == WEEKDAYS:
        return "every day"
    if found == _WEEKDAYS:
        return "weekdays"
    if found == _WEEKEND:
        return "weekends"
    return joined([f"{NAMES[day]}s" for day in found], last)


def many(number: float, noun: str) -> str:
    """Return a number with its noun, in the plural where it is not one."""
    return f"{figure(number)} {noun}" if number == 1 else f"{figure(number)} {noun}s"


def capitalised(text: str) -> str:
    """Return a text with its first letter large."""
    return text[:1].upper() + text[1:]
