"""Series: what a device measured again and again through days and nights."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from homestretch.formats.fit.part import ABSOLUTE, TIMESTAMP, Part, Seconds
from homestretch.formats.fit.wellness.clock import MONITORING, LocalClock, day_text, rows_of, utc_ms
from homestretch.formats.fit.wellness.monitoring import monitoring_seconds
from homestretch.formats.fit.wire.columns import Table, recast
from homestretch.model.channel import MISSING_64, Floats
from homestretch.model.health.kinds import KINDS
from homestretch.model.health.measurement import Series

BLOOD_PRESSURE, STRESS, SPO2, RESPIRATION, HRV_VALUE = 51, 227, 269, 297, 371


class _Field(NamedTuple):
    """A field that is measured again and again: its message, number, kind, scale, and the field that says when."""

    message: int
    num: int
    kind: str
    scale: float = 1.0
    time: int = TIMESTAMP


#: Body Battery (227.3) is in no profile. 305 to 308 and 314 are files of health snapshots.
_FIELDS = (
    _Field(MONITORING, 27, "heart_rate_bpm"),
    _Field(BLOOD_PRESSURE, 6, "heart_rate_bpm"),
    _Field(308, 2, "heart_rate_bpm"),
    _Field(STRESS, 0, "stress", time=1),
    _Field(306, 1, "stress"),
    _Field(STRESS, 3, "body_battery", time=1),
    _Field(314, 1, "body_battery"),
    _Field(SPO2, 0, "spo2_pct"),
    _Field(305, 1, "spo2_pct"),
    _Field(RESPIRATION, 0, "respiration_brpm", 100.0),
    _Field(307, 1, "respiration_brpm", 100.0),
    _Field(HRV_VALUE, 0, "hrv_ms", 128.0),
)


def series_of(part: Part, clock: LocalClock, device: str) -> Iterator[Series]:
    """Return what was measured, by kind and local day; below 0 a device says why it has no value (-1, -2).

    A sample sums up the time before it: that of exactly 00:00 is the last of the day before.
    """
    for kind in dict.fromkeys(field.kind for field in _FIELDS):
        points = [_points(part, field) for field in _FIELDS if field.kind == kind and field.message in part.counts]
        if not points:
            continue
        seconds = np.concatenate([times for times, _ in points])
        values = np.concatenate([measured for _, measured in points])
        if not np.isnan(values).all():
            yield from _by_day(kind, clock, device, *_in_time(seconds, values))


def _points(part: Part, field: _Field) -> tuple[Seconds, Floats]:
    """Return when a field was written and what was measured, shape (n,) each, NaN where the device says that it not."""
    table = part.table(field.message)
    raw = table.column(field.num)
    if raw is None:
        return np.zeros(0, np.int64), np.zeros(0)
    values = recast(raw, np.dtype(np.float64)) / field.scale
    seconds = _times(part, table, field)
    written = ~np.isnan(values) & (seconds >= ABSOLUTE)
    values = np.where((values < 0) | (KINDS[field.kind].above_zero & (values == 0)), np.nan, values)
    return seconds[written], values[written]


def _times(part: Part, table: Table, field: _Field) -> Seconds:
    if field.message == MONITORING:
        return monitoring_seconds(part)
    if field.time == TIMESTAMP:
        return part.seconds(table)
    stated = table.column(field.time)
    if stated is None or stated.dtype.kind == "f":
        return np.full(len(table), MISSING_64)
    return recast(stated, np.dtype(np.int64))


def _in_time(seconds: Seconds, values: Floats) -> tuple[Seconds, Floats]:
    """Return points in order of time; of two of one instant the later in the file holds."""
    order = np.argsort(seconds, kind="stable")
    seconds, values = seconds[order], values[order]
    last = np.append(np.diff(seconds) > 0, True)
    return seconds[last], values[last]


def _by_day(kind: str, clock: LocalClock, device: str, seconds: Seconds, values: Floats) -> Iterator[Series]:
    days = clock.closing_days(seconds)
    for day, rows in rows_of(days).items():
        if not np.isnan(values[rows]).all():
            yield Series(kind, day_text(day), utc_ms(seconds[rows]), values[rows], device)
