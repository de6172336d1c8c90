"""Dates as people of many languages write them: `May 6, 2018, 5:38:31 PM`, `06.05.2018, 17:38:31`, `6 mai 2018`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from homestretch.vendors.months import month_in, plain

_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})(?:[:.m](\d{2}))?\s*$")
_AFTERNOON = re.compile(r"(?<![a-z])p\.?\s?m\b\.?|下午|오후|午後", re.IGNORECASE)
_MORNING = re.compile(r"(?<![a-z])a\.?\s?m\b\.?|上午|오전|午前", re.IGNORECASE)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Dates:
    """Reads dates of one file; `month_first` is how its numbers are ordered where no word says it."""

    month_first: bool

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Dates":
        """Return how the dates of a file are to be read: a number above 12 is no month; halves of days are American."""
        firsts = [(numbers, halves) for text in texts if (numbers := _plain(text)) for halves in [_halves(text)]]
        if any(numbers[0] > 12 for numbers, _ in firsts):
            return cls(False)
        if any(numbers[1] > 12 for numbers, _ in firsts):
            return cls(True)
        return cls(any(halves for _, halves in firsts))

    def read(self, text: str) -> int | None:
        """Return a date and time as milliseconds since 1970 as if it was UTC, or None."""
        clean = plain(text)
        noon = bool(_AFTERNOON.search(clean))
        clock = _CLOCK.search(_MORNING.sub(" ", _AFTERNOON.sub(" ", clean)).strip())
        if clock is None:
            return None
        hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
        if _halves(clean):
            hour = hour % 12 + (12 if noon else 0)
        day = self._day(clean)
        try:
            at = datetime(*day, hour, minute, second, tzinfo=UTC) if day else None
        except ValueError:
            return None
        return None if at is None else (at - _EPOCH).days * 86_400_000 + (at - _EPOCH).seconds * 1000

    def _day(self, clean: str) -> tuple[int, int, int] | None:
        numbers = [int(one) for one in re.findall(r"\d+", clean)]
        month = month_in(clean)
        if month is not None and len(numbers) >= 2:
            year = next((one for one in numbers[:2] if one > 31), None)
            return None if year is None else (year, month, numbers[1] if numbers[0] == year else numbers[0])
        if len(numbers) < 3:
            return None
        a, b, c = numbers[:3]
        if a > 31:
            return a, b, c
        return (c, a, b) if self.month_first else (c, b, a)


def _halves(text: str) -> bool:
    return bool(_AFTERNOON.search(text) or _MORNING.search(text))


def _plain(text: str) -> tuple[int, int] | None:
    """Return the first two numbers of a date that is written in numbers, the year last."""
    clean = plain(text)
    numbers = [int(one) for one in re.findall(r"\d+", clean)]
    return None if month_in(clean) is not None or len(numbers) < 3 or numbers[0] > 31 else (numbers[0], numbers[1])
