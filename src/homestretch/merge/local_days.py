"""Local days of what states no offset: its instants and days on the clock of the zone that somebody lives in."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from homestretch.analysis.zone import offset_at
from homestretch.model.channel import Times
from homestretch.model.health.measurement import Measurement, Series, Spans, Wellness
from homestretch.model.health.night import Night, Stage
from homestretch.model.moment import DAY_MS, day_of

#: Zones change their offset at whole quarters of an hour.
_QUARTER_MS = 900_000

type Offsets = Callable[[Times], Times]


def placed(wellness: Wellness, zone: str | None) -> Wellness:
    """Return the same with true instants and local days; without a zone as in UTC.

    What already has both stays as it is.
    """
    if wellness.clock == "own" or zone is None:
        return replace(wellness, clock="own")
    moved = _moved(wellness, zone) if wellness.clock == "wall" else wellness
    regroups = wellness.clock == "utc"
    return replace(
        moved,
        clock="own",
        measurements=tuple(_dated(one, zone) for one in moved.measurements) if regroups else moved.measurements,
        series=tuple(_regrouped_series(moved.series, zone)) if regroups else moved.series,
        spans=tuple(_regrouped_spans(moved.spans, zone)) if regroups else moved.spans,
        nights=tuple(_night(one, zone) for one in moved.nights),
    )


def offsets(zone: str, instants: Times) -> Times:
    """Return a zone's offset from UTC at instants (UTC ms), in ms, shape (n,)."""
    quarters, rows = np.unique(instants // _QUARTER_MS, return_inverse=True)
    leads = [1000 * (offset_at(zone, quarter * _QUARTER_MS) or 0) for quarter in quarters.tolist()]
    return np.array(leads, np.int64)[rows]


def to_utc(zone: str, walls: Times) -> Times:
    """Return times of the wall clock, written as if it were UTC, as UTC ms, shape (n,).

    Of an hour that comes twice it is the first; one that is left out is read on the clock after it.
    """
    before = offsets(zone, walls - DAY_MS)
    guess = walls - before
    return np.where(offsets(zone, guess) == before, guess, walls - offsets(zone, guess))


def _moved(wellness: Wellness, zone: str) -> Wellness:
    def at(wall_ms: int) -> int:
        return int(to_utc(zone, np.array([wall_ms]))[0])

    def night(one: Night) -> Night:
        stages = tuple(Stage(at(stage.start_ms), at(stage.end_ms), stage.stage) for stage in one.stages)
        return replace(one, start_ms=at(one.start_ms), end_ms=at(one.end_ms), stages=stages)

    return replace(
        wellness,
        measurements=tuple(
            one if one.at_ms is None else replace(one, at_ms=at(one.at_ms)) for one in wellness.measurements
        ),
        series=tuple(_in_order(replace(one, time_ms=to_utc(zone, one.time_ms))) for one in wellness.series),
        spans=tuple(
            replace(one, start_ms=start, end_ms=start + one.end_ms - one.start_ms)
            for one in wellness.spans
            for start in [to_utc(zone, one.start_ms)]
        ),
        nights=tuple(night(one) for one in wellness.nights),
    )


def _in_order(series: Series) -> Series:
    """Return a series in order of time: of an hour that came twice, the second was written over the first."""
    times, rows = np.unique(series.time_ms, return_index=True)
    return replace(series, time_ms=times, values=series.values[rows])


def _dated(one: Measurement, zone: str) -> Measurement:
    return one if one.at_ms is None else replace(one, day=_days(zone, np.array([one.at_ms]))[0])


def _days(zone: str, instants: Times) -> list[str]:
    return [day_of(ms) for ms in (instants + offsets(zone, instants)).tolist()]


def _night(night: Night, zone: str) -> Night:
    """Return a night with the offset of its end, and of that day."""
    if night.offset_s is not None:
        return night
    lead = int(offsets(zone, np.array([night.end_ms]))[0])
    return replace(night, offset_s=lead // 1000, day=day_of(night.end_ms + lead))


def _day_rows(zone: str, instants: Times) -> Iterable[tuple[str, NDArray[np.bool_]]]:
    """Return the local days of instants, and which rows are of each."""
    numbers = (instants + offsets(zone, instants)) // DAY_MS
    return ((day_of(number * DAY_MS), numbers == number) for number in np.unique(numbers).tolist())


def _groups[T: (Series, Spans)](parts: Iterable[T]) -> dict[tuple[str, str], list[T]]:
    groups: dict[tuple[str, str], list[T]] = {}
    for part in parts:
        groups.setdefault((part.kind, part.device), []).append(part)
    return groups


def _regrouped_series(parts: Sequence[Series], zone: str) -> Iterable[Series]:
    for (kind, device), group in _groups(parts).items():
        times = np.concatenate([one.time_ms for one in group])
        values = np.concatenate([one.values for one in group])
        order = np.argsort(times, kind="stable")
        for day, rows in _day_rows(zone, times[order]):
            yield Series(kind, day, times[order][rows], values[order][rows], device)


def _regrouped_spans(parts: Sequence[Spans], zone: str) -> Iterable[Spans]:
    for (kind, device), group in _groups(parts).items():
        starts, ends = (np.concatenate([getattr(one, name) for one in group]) for name in ("start_ms", "end_ms"))
        values = np.concatenate([one.values for one in group])
        order = np.argsort(starts, kind="stable")
        for day, rows in _day_rows(zone, starts[order]):
            yield Spans(kind, day, starts[order][rows], ends[order][rows], values[order][rows], device)
