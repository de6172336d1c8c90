"""Points in time as exports of phones list them: read, put into quarters of an hour and minutes, by day."""

from collections.abc import Iterable, Iterator, Sequence
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
    """Yield what was counted in each quarter of an hour, by day; see `spread`."""
    yield from spread(kind, [(at, at, count) for at, count in points], device)


def spread(kind: str, counts: Iterable[tuple[int, int, float]], device: str = "") -> Iterator[Spans]:
    """Yield counts (start ms, end ms, count) as sums of quarters of an hour, by day, each spread evenly over its time.

    A quarter without a count is left out: it may be that the device was not worn.
    """
    sums: dict[int, float] = {}
    for start, end, count in counts:
        if count > 0:
            for quarter, share in _shares(start, end):
                sums[quarter] = sums.get(quarter, 0.0) + count * share
    if not sums:
        return
    starts = np.array(sorted(sums), np.int64)
    values = np.array([sums[quarter] for quarter in starts.tolist()], np.float64).round(6)
    starts *= _QUARTER_MS
    for day, rows in _days(starts):
        yield Spans(kind, day, starts[rows], starts[rows] + _QUARTER_MS, values[rows], device)


def _shares(start: int, end: int) -> Iterator[tuple[int, float]]:
    """Yield the quarters of an hour that a stretch of up to a day touches, and which share of it lies in each."""
    first, last = start // _QUARTER_MS, (end - 1) // _QUARTER_MS
    if last <= first or end - start > DAY_MS:
        yield first, 1.0
        return
    for quarter in range(first, last + 1):
        within = min(end, (quarter + 1) * _QUARTER_MS) - max(start, quarter * _QUARTER_MS)
        yield quarter, within / (end - start)


def _grouped(points: Points, wide_ms: int) -> tuple[Times, Floats]:
    """Return the starts of the stretches that hold points, rising, and the mean of the points in each."""
    times = np.array([at for at, _ in points], np.int64)
    values = np.array([value for _, value in points], np.float64)
    starts, rows, counts = np.unique(times // wide_ms, return_inverse=True, return_counts=True)
    return starts * wide_ms, np.bincount(rows, values) / counts


def _days(times: Times) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    numbers = times // DAY_MS
    return ((day_of(number * DAY_MS), numbers == number) for number in np.unique(numbers).tolist())
