"""Points in time of Fitbit's lists: read, put into quarters of an hour and minutes, and dealt out to days."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from homestretch.model.channel import Floats, Times
from homestretch.model.health.measurement import Series, Spans
from homestretch.model.moment import DAY_MS, day_of

_MINUTE_MS, _QUARTER_MS = 60_000, 900_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_YEAR, _LAST_YEAR = 2000, 2100

type Points = Sequence[tuple[int, float]]


def american_ms(text: object) -> int | None:
    """Return ms of `06/10/26 16:39:00` (or a date without a time), as if it was UTC; None if it is no such time."""
    if not isinstance(text, str):
        return None
    try:
        read = datetime.strptime(text, "%m/%d/%y %H:%M:%S" if " " in text else "%m/%d/%y")
    except ValueError:
        return None
    return _ms(read)


def iso_ms(text: object) -> tuple[int, bool] | None:
    """Return ms of an ISO 8601 time, as if it was UTC where it states no offset; and whether it states one."""
    if not isinstance(text, str):
        return None
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    ms = _ms(read)
    return None if ms is None else (ms, read.tzinfo is not None)


def _ms(read: datetime) -> int | None:
    if not _FIRST_YEAR <= read.year < _LAST_YEAR:
        return None
    aware = read if read.tzinfo else read.replace(tzinfo=UTC)
    return round((aware - _EPOCH).total_seconds() * 1000)


def series(kind: str, points: Points, device: str = "") -> Iterator[Series]:
    """Yield the mean of each minute, by day."""
    if not points:
        return
    minutes, means = _grouped(points, _MINUTE_MS)
    for day, rows in _days(minutes):
        yield Series(kind, day, minutes[rows], means[rows].round(3), device)


def spans(kind: str, points: Points, device: str = "") -> Iterator[Spans]:
    """Yield what was counted in each quarter of an hour, by day.

    A quarter without a count is left out: it may be that the device was not worn.
    """
    counted = [(at, count) for at, count in points if count > 0]
    if not counted:
        return
    starts, means = _grouped(counted, _QUARTER_MS)
    sums = means * np.unique([at // _QUARTER_MS for at, _ in counted], return_counts=True)[1]
    for day, rows in _days(starts):
        yield Spans(kind, day, starts[rows], starts[rows] + _QUARTER_MS, sums[rows].round(6), device)


def _grouped(points: Points, wide_ms: int) -> tuple[Times, Floats]:
    """Return the starts of the stretches that hold points, rising, and the mean of the points in each."""
    times = np.array([at for at, _ in points], np.int64)
    values = np.array([value for _, value in points], np.float64)
    starts, rows, counts = np.unique(times // wide_ms, return_inverse=True, return_counts=True)
    return starts * wide_ms, np.bincount(rows, values) / counts


def _days(times: Times) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    numbers = times // DAY_MS
    return ((day_of(number * DAY_MS), numbers == number) for number in np.unique(numbers).tolist())
