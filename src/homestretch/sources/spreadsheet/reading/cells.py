"""Reads single cells: when it was, how long, how far; unreadable cells give None."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from math import isfinite

from homestretch.sources.spreadsheet.reading.conventions import DATE, Cell, Conventions, number, unit_of
from homestretch.vendors.months import month_named, plain

#: Dates outside these are not an activity's: before there were watches, and serial numbers of no day.
_FIRST, _LAST = date(1950, 1, 1), date(2100, 1, 1)
_NAMED = re.compile(
    r"\s*(?:(?P<a>\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:de\s+)?(?P<b>[^\W\d_]{3,})\.?"
    r"|(?P<c>[^\W\d_]{3,})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?),?\s+(?:de\s+)?(?P<y>\d{4})"
)
_CLOCK = re.compile(
    r"[\sT,]*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?(?:m\.?)?\s*(z|utc|gmt|[-+]\d{2}:?\d{2})?\s*",
    re.IGNORECASE,
)
_PARTS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(h|hr|hrs|hours?|std|m|min|mins|minutes?|s|sec|secs|seconds?)\.?(?![a-z])")
_SECONDS = {"h": 3600.0, "s": 1.0, "m": 60.0}
_COLONS = re.compile(r"(\d+):(\d{1,2})(?::(\d{1,2})(?:[.,](\d+))?)?")


def when(cell: Cell, how: Conventions) -> datetime | date | None:
    """Return the date in a cell, with the time of day where it has one (aware only if it says its offset).

    Midnight to the second is what a spreadsheet makes of a date alone.
    """
    if isinstance(cell, date):  # a datetime is one too
        return _bounded(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(float(cell), how)
    return _written(cell.strip(), how) if isinstance(cell, str) else None


def _written(text: str, how: Conventions) -> datetime | date | None:
    if re.fullmatch(r"\d{5}(?:[.,]\d+)?", text):
        return _serial(float(text.replace(",", ".")), how)
    day, rest = _day(text, how.order)
    if day is None or not rest.strip(" ,"):
        return None if day is None else _bounded(day)
    found = _CLOCK.fullmatch(rest)
    of = None if found is None else _time(found)
    return None if of is None else _bounded(datetime.combine(day, of))


def _day(text: str, order: str) -> tuple[date | None, str]:
    """Return the day that a text begins with, and what is behind it."""
    named = _NAMED.match(text.lower())
    if named:
        month = month_named(plain(named["b"] or named["c"])) or 0
        return _made(int(named["y"]), month, int(named["a"] or named["d"])), text[named.end() :]
    found = DATE.match(text)
    if found is None:
        return None, text
    one, two, three = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) >= 3:
        made = _made(one, two, three)
    elif order == "ymd" and len(found[4]) < 3:
        made = _made(_century(one), two, three)
    else:
        day, month = (two, one) if order == "mdy" else (one, two)
        made = _made(_century(three), month, day) or _made(_century(three), day, month)
    return made, text[found.end() :]


def _century(year: int) -> int:
    return year if year > 99 else year + (2000 if year < 70 else 1900)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(found: re.Match[str]) -> time | None:
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[4].lower() == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return time(hour, minute, second, tzinfo=_zone(found[5]))


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text.lower() in ("z", "utc", "gmt"):
        return UTC
    return datetime.strptime(text.replace(":", ""), "%z").tzinfo


def _serial(value: float, how: Conventions) -> datetime | date | None:
    if not 10_000 <= value <= 80_000:
        return None
    at = how.epoch + timedelta(seconds=round(value * 86_400))
    return _bounded(at)


def _bounded(at: datetime | date) -> datetime | date | None:
    day = at.date() if isinstance(at, datetime) else at
    if not _FIRST <= day < _LAST:
        return None
    return day if isinstance(at, datetime) and at.time() == time() and at.tzinfo is None else at


def clock(cell: Cell) -> time | None:
    """Return the time of day in a cell."""
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    if isinstance(cell, timedelta) and timedelta() <= cell < timedelta(days=1):
        return (datetime.min + cell).time()
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 0 < cell < 1:
        return (datetime.min + timedelta(seconds=round(cell * 86_400))).time()
    found = _CLOCK.fullmatch(cell) if isinstance(cell, str) else None
    return None if found is None else _time(found)


def seconds(cell: Cell, how: Conventions, factor: float) -> float | None:
    """Return how long, s: h:mm:ss, 1h 20m, a time of a spreadsheet, or a number of `factor` seconds each."""
    if isinstance(cell, timedelta):
        return _sound(cell.total_seconds())
    if isinstance(cell, datetime):  # a time of more than a day, in a cell that shows hours
        return _sound((cell.replace(tzinfo=None) - _origin(how)).total_seconds())
    if isinstance(cell, time):
        return float(cell.hour * 3600 + cell.minute * 60 + cell.second)
    if isinstance(cell, str) and (text := cell.strip().lower()):
        found = _COLONS.fullmatch(text)
        if found:
            return _sound(_colons(found, minutes=how.minutes))
        parts = _PARTS.findall(text)
        if parts and not _PARTS.sub("", text).strip(" ,"):
            return _sound(sum(float(amount.replace(",", ".")) * _SECONDS.get(unit[0], 60.0) for amount, unit in parts))
    value = number(cell, how.decimal)
    return None if value is None else _sound(value * factor)


def _origin(how: Conventions) -> datetime:
    return datetime(1904, 1, 1) if how.epoch.year == 1904 else datetime(1899, 12, 31)


def _colons(found: re.Match[str], *, minutes: bool) -> float:
    one, two = int(found[1]), int(found[2])
    if found[3] is None:
        return float(one * 60 + two) if minutes else float(one * 3600 + two * 60)
    part = float(f"0.{found[4]}") if found[4] else 0.0
    return one * 3600 + two * 60 + int(found[3]) + part


def metres(cell: Cell, how: Conventions) -> float | None:
    """Return how far, m; a unit in the cell is believed over the column's."""
    value = number(cell, how.decimal)
    if value is None:
        return None
    return _sound(value * (unit_of(cell) or how.distance))


def _sound(value: float) -> float | None:
    return value if isfinite(value) and 0 <= value < 1e9 else None
