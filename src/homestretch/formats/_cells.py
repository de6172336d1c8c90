"""Cells: the texts of one kind of element over many points, and the numbers and times they stand for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from homestretch.model.channel import MISSING_64, Floats, Times

type Indices = NDArray[np.intp]
type Texts = NDArray[np.bytes_]
type Matrix = NDArray[np.uint8]

#: Numbers and times are shorter than this; longer texts are neither.
WIDEST = 64
#: What `times` gives for an offset where the text names none.
NO_OFFSET = -(2**31)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_NUMBER = re.compile(rb"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,5})?")
_NUMERIC = np.zeros(256, dtype=bool)
_NUMERIC[list(b"\0+-.0123456789Ee")] = True
_TAIL = re.compile(rb"(?:[.,](\d*))?\s*(?:([Zz])|([-+])(\d\d):?(\d\d)?)?")
#: Where digits of `2024-05-01T06:30:00` stand, and what they are worth: the date, then milliseconds of the day.
_DATE = ((0, 10_000_000), (1, 1_000_000), (2, 100_000), (3, 10_000), (5, 1000), (6, 100), (8, 10), (9, 1))
_CLOCK = ((11, 36_000_000), (12, 3_600_000), (14, 600_000), (15, 60_000), (17, 10_000), (18, 1000))
_DIGITS = [at for at, _ in _DATE + _CLOCK]
_MARKS = ((4, b"-"), (7, b"-"), (10, b"Tt "), (13, b":"), (16, b":"))


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The texts `text` (m,) and the points `at` (m,) that they belong to, in file order."""

    at: Indices
    text: Texts


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """The `count` points of a file and their cells by element name (`@lat` for an attribute)."""

    count: int
    cells: Mapping[str, Cells] = field(default_factory=dict)

    def numbers(self, name: str) -> Floats:
        """Return a number for every point, shape (count,), NaN where it has none; of several the first."""
        out = np.full(self.count, np.nan)
        found = self.cells.get(name)
        if found is not None:
            values = numbers(found.text)
            known = ~np.isnan(values)
            out[found.at[known][::-1]] = values[known][::-1]
        return out

    def commas(self, names: Iterable[str]) -> bool:
        """Return whether any number of these elements is written with a decimal comma."""
        return any(has_commas(self.cells[name].text) for name in names if name in self.cells)

    def first_of(self, names: Iterable[str]) -> Floats:
        """Return for every point the number of the first of several elements that it has, shape (count,)."""
        out = np.full(self.count, np.nan)
        for name in names:
            if name in self.cells:
                out = np.where(np.isnan(out), self.numbers(name), out)
        return out

    def times(self, name: str) -> tuple[Times, Times]:
        """Return every point's time in ms UTC, MISSING_64 where it has none, and offset in s or NO_OFFSET."""
        at, offset = np.full(self.count, MISSING_64), np.full(self.count, NO_OFFSET)
        found = self.cells.get(name)
        if found is not None:
            ms, seconds = times(found.text)
            known = ms != MISSING_64
            points = found.at[known][::-1]
            at[points], offset[points] = ms[known][::-1], seconds[known][::-1]
        return at, offset


def matrix(text: Texts) -> Matrix:
    """Return texts as bytes, shape (m, width), filled up with zeros."""
    return np.ascontiguousarray(text).view(np.uint8).reshape(len(text), -1)


def numbers(text: Texts) -> Floats:
    """Return the numbers that texts write in decimal, shape (m,), NaN for what is not one."""
    if len(text) == 0:
        return np.zeros(0)
    if has_commas(text):
        text = np.array([_pointed(t) for t in text.tolist()], dtype=np.bytes_)
    if _NUMERIC[matrix(text)].all():
        try:
            values = text.astype(np.float64)
        except ValueError:
            values = np.array([number(t) for t in text.tolist()])
    else:
        values = np.array([number(t) for t in text.tolist()])
    values[np.isinf(values)] = np.nan
    return values


def number(text: bytes) -> float:
    """Return the number that a text writes in decimal, with a point or a comma, or NaN."""
    text = _pointed(text).strip()
    return float(text) if _NUMBER.fullmatch(text) else float("nan")


def has_commas(text: Texts) -> bool:
    """Return whether any of the texts has a comma, as some countries write decimals."""
    return b"," in text.tobytes()


def _pointed(text: bytes) -> bytes:
    """Return a text with its one comma as a point; what has points too, or more commas, is no decimal and stays."""
    return text.replace(b",", b".") if text.count(b",") == 1 and b"." not in text else text


def times(text: Texts) -> tuple[Times, Times]:
    """Return times in ms UTC and offsets in s of ISO 8601 texts; MISSING_64 and NO_OFFSET for any other text.

    A text without a zone is taken as UTC, as GPX and TCX demand; before 1970 nothing was recorded.
    """
    ms, offset = np.full(len(text), MISSING_64), np.full(len(text), NO_OFFSET)
    if len(text) == 0:
        return ms, offset
    digits = matrix(text)
    usual = _usual(digits)
    if usual.any():
        ms[usual], offset[usual] = _regular_times(digits[usual])
    for i in np.flatnonzero(~usual).tolist():
        ms[i], offset[i] = _odd_time(bytes(text[i]))
    return np.where(ms < 0, MISSING_64, ms), offset


def time_of(text: str | None) -> tuple[int, int | None] | None:
    """Return one text's time in ms UTC and its offset in s, if it names one; None where it is no time."""
    if not text or len(text) > WIDEST:
        return None
    ms, offset = times(np.array([text.strip().encode("ascii", "replace")], dtype=np.bytes_))
    return None if ms[0] == MISSING_64 else (int(ms[0]), None if offset[0] == NO_OFFSET else int(offset[0]))


def _usual(digits: Matrix) -> NDArray[np.bool_]:
    """Return which rows begin `YYYY-MM-DDThh:mm:ss`."""
    if digits.shape[1] < 19:
        return np.zeros(len(digits), dtype=bool)
    usual = ((digits[:, _DIGITS] - 48) < 10).all(axis=1)  # unsigned: what is below "0" wraps round
    for at, marks in _MARKS:
        usual &= np.isin(digits[:, at], list(marks)) if len(marks) > 1 else digits[:, at] == marks[0]
    return np.asarray(usual)


def _regular_times(digits: Matrix) -> tuple[Times, Times]:
    wide = digits[:, :19].astype(np.int64) - 48
    day, clock = (sum(wide[:, at] * worth for at, worth in places) for places in (_DATE, _CLOCK))
    dates, which = _distinct(np.asarray(day))
    days = np.array([_day_number(d) for d in dates.tolist()])
    fraction, offset = _tails(digits[:, 19:])
    valid = (days[which] != MISSING_64) & (fraction >= 0) & (wide[:, 11] * 10 + wide[:, 12] < 24)
    valid &= (wide[:, 14] < 6) & (wide[:, 17] * 10 + wide[:, 18] <= 60)
    shift = np.where(offset == NO_OFFSET, 0, offset) * 1000
    ms = np.where(valid, np.where(valid, days[which], 0) * 86_400_000 + clock + fraction - shift, MISSING_64)
    return ms, offset


def _distinct(values: NDArray[Any]) -> tuple[NDArray[Any], Indices]:
    """Return the distinct values and which of them each is; quick where all are one."""
    if (values == values[0]).all():
        return values[:1], np.zeros(len(values), dtype=np.intp)
    found, which = np.unique(values, return_inverse=True)
    return found, which


def _day_number(yyyymmdd: int) -> int:
    try:
        return date(yyyymmdd // 10_000, yyyymmdd // 100 % 100, yyyymmdd % 100).toordinal() - _EPOCH_DAY
    except ValueError:
        return MISSING_64


def _tails(tail: Matrix) -> tuple[Times, Times]:
    """Return the milliseconds (-1 where unreadable) and offsets that follow the seconds."""
    if tail.shape[1] == 0:
        return np.zeros(len(tail), dtype=np.int64), np.full(len(tail), NO_OFFSET)
    texts, which = _distinct(np.ascontiguousarray(tail).view(f"S{tail.shape[1]}").ravel())
    read = np.array([_tail(t) for t in texts.tolist()], dtype=np.int64)
    return read[which, 0], read[which, 1]


def _tail(text: bytes) -> tuple[int, int]:
    found = _TAIL.fullmatch(text.rstrip())
    if found is None:
        return -1, NO_OFFSET
    fraction, zulu, sign, hours, minutes = found.groups()
    ms = int((fraction or b"0")[:3].ljust(3, b"0"))
    if zulu or sign is None:
        return ms, 0 if zulu else NO_OFFSET
    seconds = int(hours) * 3600 + int(minutes or b"0") * 60
    return ms, -seconds if sign == b"-" else seconds


def _odd_time(text: bytes) -> tuple[int, int]:
    try:
        at = datetime.fromisoformat(text.strip().decode("ascii"))
        offset = at.utcoffset()
        shift = NO_OFFSET if offset is None else int(offset.total_seconds())
        days = at.toordinal() - _EPOCH_DAY
    except (ValueError, OverflowError):
        return MISSING_64, NO_OFFSET
    seconds = days * 86_400 + at.hour * 3600 + at.minute * 60 + at.second - (0 if offset is None else shift)
    return seconds * 1000 + at.microsecond // 1000, shift
