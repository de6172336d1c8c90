"""Samples of workouts: records of heart rate, power, speed, cadence and distance that lie in a workout's time.

Apple writes them among the records of all days, far before the workouts. While an export is split they are set aside,
and each workout's portion gets those of its time; they are read from there. Days get them from their own portions.
"""

import re
import zlib
from array import array
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import IO, NamedTuple

import numpy as np

from homestretch.formats import Spool
from homestretch.formats._columns import channels
from homestretch.formats.apple_health.shape import attributes, number, time_ms
from homestretch.formats.apple_health.types import LENGTH, POWER, RATE, SPEED, Units
from homestretch.model.channel import Channel, Floats, Times

#: What the root of a portion is that holds a workout and copies of its records.
COPIES = b'<HealthData copies="of the records in its time">'
_RECORD = re.compile(rb"<Record\s([^>]*?)(?:/>|>.*?(?:</Record>|(?=<Record\s)|\Z))", re.DOTALL)
_BEGAN = re.compile(rb'startDate="([^"]*)"')
_QUANTITY = b"HKQuantityTypeIdentifier"
_DISTANCE = "distance_m"
#: Channels by Apple's type, each with its units; a distance is that since the record before.
_CHANNELS: Mapping[bytes, tuple[str, Units]] = {
    b"HeartRate": ("heart_rate_bpm", RATE),
    **dict.fromkeys((b"RunningPower", b"CyclingPower"), ("power_w", POWER)),
    **dict.fromkeys((b"RunningSpeed", b"CyclingSpeed"), ("speed_mps", SPEED)),
    b"CyclingCadence": ("cadence_rpm", RATE),
    **dict.fromkeys((b"DistanceWalkingRunning", b"DistanceCycling", b"DistanceRowing"), (_DISTANCE, LENGTH)),
}
TYPES = frozenset(_CHANNELS)
#: A workout that lasts longer is none: its records are not looked for.
_MOST_DAYS = 4
#: A value holds for three of its usual steps, as where recordings are merged. Where the usual step of the heart rate is
#: longer than this, the device measured now and then only, and the workout's own totals say more.
_HOLD_STEPS, _HOLD_S, _SPARSE_S = 3.0, 5.0, 30.0


#: Of all that is set aside, so many times as much is read back and copied at most, whatever workouts a file makes up.
_READ_TIMES, _COPY_TIMES = 20, 2
_RUN_BYTES = 1 << 20


class _Run(NamedTuple):
    """Records of one type and day that came one after another: where they lie, compressed, and the bytes of each."""

    begin: int
    packed: int
    sizes: array[int]


class Aside:
    """Records that workouts may need, set aside in a file while an export is split; a run of them lies in memory."""

    def __init__(self, spool: Spool) -> None:
        self._file: IO[bytes] = spool()
        self._runs: dict[bytes, list[_Run]] = {}
        self._now: tuple[bytes, bytes] = (b"", b"")
        self._held: list[bytes] = []
        self._size = self._all = self._read = self._copied = 0

    def add(self, of: tuple[bytes, bytes], element: bytes) -> None:
        """Set a record aside that is of a type and date; its type is one of the `TYPES`."""
        if of != self._now:
            self._end_run()
            self._now = of
        self._held.append(element)
        self._size += len(element)
        if self._size >= _RUN_BYTES:
            self._end_run()

    def of(self, workout: bytes) -> list[bytes]:
        """Return the records in the time of a workout, as they are written, in the export's order."""
        of = attributes(workout.partition(b">")[0])
        start, end = of.get(b"startDate", b""), of.get(b"endDate", b"")
        start_ms, end_ms = time_ms(start), time_ms(end)
        if start_ms is None or end_ms is None or end_ms <= start_ms:
            return []

        def within(at: bytes) -> bool:
            if at[-5:] == start[-5:] == end[-5:]:
                return start <= at < end
            at_ms = time_ms(at)
            return at_ms is not None and start_ms <= at_ms < end_ms

        self._end_run()
        near = self._near(start[:10], end[:10])
        self._read += sum(sum(run.sizes) for run in near)
        if self._read > _READ_TIMES * self._all:
            return []
        copies = [
            element
            for run in near
            for element in self._elements(run)
            if (began := _BEGAN.search(element)) is not None and within(began[1])
        ]
        self._copied += sum(map(len, copies))
        return copies if self._copied <= _COPY_TIMES * self._all else []

    def close(self) -> None:
        """Give the file up."""
        self._file.close()

    def _near(self, first: bytes, last: bytes) -> list[_Run]:
        """Return the runs of the days from the first to the last, in the order in which they came."""
        days = [date for date in self._runs if first <= date <= last]
        if len(days) > _MOST_DAYS:
            return []
        return sorted(chain.from_iterable(self._runs[date] for date in days), key=lambda run: run.begin)

    def _elements(self, run: _Run) -> Iterator[bytes]:
        self._file.seek(run.begin)
        data, begin = zlib.decompress(self._file.read(run.packed)), 0
        for size in run.sizes:
            yield data[begin : begin + size]
            begin += size

    def _end_run(self) -> None:
        if not self._held:
            return
        packed = zlib.compress(b"".join(self._held), 1)
        begin = self._file.seek(0, 2)
        self._file.write(packed)
        self._runs.setdefault(self._now[1], []).append(_Run(begin, len(packed), array("I", map(len, self._held))))
        self._all += self._size
        self._held, self._size = [], 0


class _Reading(NamedTuple):
    """What a record says: its channel, from when to when (UTC ms), and how much, in our unit."""

    key: str
    start_ms: int
    end_ms: int
    value: float


def samples(data: bytes, source: bytes, start_ms: int, end_ms: int) -> tuple[Times, dict[str, Channel]]:
    """Return the samples of a workout, times (n,) in UTC ms and channels by key, from the records in its portion.

    Records of the app or device that recorded the workout are its samples; where it has none, those of the others are.
    """
    found: dict[bytes, list[_Reading]] = {}
    for text in _RECORD.findall(data):
        of = attributes(text)
        reading = _reading(of)
        if reading is not None and start_ms <= reading.start_ms and reading.end_ms <= end_ms:
            found.setdefault(of.get(b"sourceName", b""), []).append(reading)
    readings = found.get(source) or max(found.values(), key=len, default=[])
    columns = dict(_columns(readings))
    times = np.unique(np.concatenate([at for at, _ in columns.values()])) if columns else np.zeros(0, np.int64)
    return times, channels(
        {key: (_drawn if key == _DISTANCE else _held)(*column, times) for key, column in columns.items()}
    )


def _reading(of: Mapping[bytes, bytes]) -> _Reading | None:
    key, units = _CHANNELS.get(of.get(b"type", b"").removeprefix(_QUANTITY), ("", {}))
    start, end = time_ms(of.get(b"startDate")), time_ms(of.get(b"endDate"))
    scale, value = units.get(of.get(b"unit", b"").decode(errors="replace")), number(of.get(b"value"))
    if scale is None or start is None or end is None or value is None or value < 0.0:
        return None
    return _Reading(key, start, max(start, end), round(value * scale.factor, 4))


def _columns(readings: list[_Reading]) -> Iterator[tuple[str, tuple[Times, Floats]]]:
    """Yield each channel's times (k,), rising, and values (k,), where they are close enough to be samples."""
    by_key: dict[str, list[_Reading]] = {}
    for reading in sorted(set(readings)):
        by_key.setdefault(reading.key, []).append(reading)
    for key, listed in by_key.items():
        by_time = _summed(listed) if key == _DISTANCE else {one.start_ms: one.value for one in listed}
        at, values = np.array(list(by_time), np.int64), np.array(list(by_time.values()))
        if len(at) > 1 and np.median(np.diff(at)) <= 1000 * _SPARSE_S:
            yield key, (at, values)


def _summed(readings: list[_Reading]) -> dict[int, float]:
    """Return the distance up to each reading's end, by that time, rising from 0 at the start of the first."""
    total, found = 0.0, {readings[0].start_ms: 0.0}
    for one in sorted(readings, key=lambda one: one.end_ms):
        total = round(total + one.value, 4)
        found[one.end_ms] = total
    return found


def _drawn(at: Times, values: Floats, times: Times) -> Floats:
    """Return what lies between the values, NaN before the first and after the last, shape (n,)."""
    return np.interp(times, at, values, left=np.nan, right=np.nan)


def _held(at: Times, values: Floats, times: Times) -> Floats:
    """Return the last value before each time, NaN where it is too old, shape (n,)."""
    fresh_ms = max(1000 * _HOLD_S, _HOLD_STEPS * float(np.median(np.diff(at))))
    last = np.searchsorted(at, times, side="right") - 1
    known = (last >= 0) & (times - at[np.maximum(last, 0)] <= fresh_ms)
    return np.where(known, values[np.maximum(last, 0)], np.nan)
