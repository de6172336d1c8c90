"""SyncBit's series as VictoriaMetrics exports them (`/api/v1/export`): a line of JSON for each series.

SyncBit stamped a day's values at its midnight or at any time of that day, and intraday values by the clock on the
wall, both as its container's clock ran: on UTC. The newest values of a day hold; of what is counted through a day the
largest, for the day was written before it was over too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from homestretch.formats import Format
from homestretch.formats._json import BadJson, Object, as_list, as_object, parse_json
from homestretch.formats._steps import file_text
from homestretch.model.health.kinds import KINDS
from homestretch.model.health.measurement import Measurement, Series, Wellness
from homestretch.model.moment import DAY_MS
from homestretch.model.recording import Decoded
from homestretch.vendors.syncbit import OLD_INTRADAY, OLD_NAMES, OldName

KEY = "syncbit_export"
_PREFIX = "fitbit_"
_MARK = re.compile(rb'^\s*\{\s*"metric"\s*:\s*\{[^}]*"__name__"\s*:\s*"fitbit_')
_ASLEEP = "sleep_s/asleep"
#: A day and its value count from 2000 on; SyncBit is younger than the devices that it read.
_EARLIEST_MS = 946_684_800_000
_LATEST_MS = 4_102_444_800_000


@dataclass(frozen=True, slots=True)
class _Line:
    """A series: whose it is, its kind and whether that runs through the day, and its points in order of time."""

    user: str
    kind: str
    intraday: bool
    points: Sequence[tuple[int, float]]


def decode(data: bytes) -> Decoded:
    """Return the values of days, and those through days."""
    lines: list[_Line] = []
    unread = left = 0
    for text in file_text(data).splitlines():
        if not text.strip():
            continue
        try:
            found = _line(as_object(parse_json(text)))
        except BadJson:
            unread += 1
            continue
        left += found is None
        lines += [] if found is None else [found]
    notes = [f"{code}:{count}" for code, count in (("row_unreadable", unread), ("series_left_out", left)) if count]
    if len({one.user for one in lines}) > 1:
        return Decoded(format=KEY, kind="wellness", notes=("several_users", *notes))
    values = tuple(one for line in lines if not line.intraday for one in _of_days(line))
    series = tuple(one for line in lines if line.intraday for one in _through_days(line))
    contents = {"measurements": len(values)} if values else {}
    wellness = Wellness(measurements=values, series=series, clock="wall", notes=tuple(notes))
    return Decoded(format=KEY, kind="wellness", notes=tuple(notes), contents=contents, wellness=wellness)


def _line(line: Object) -> _Line | None:
    """Return a series of a kind that we have, in our unit; None for any other."""
    labels = as_object(line.get("metric"))
    name = str(labels.get("__name__") or "").removeprefix(_PREFIX)
    for kinds, intraday in ((OLD_NAMES, False), (OLD_INTRADAY, True)):
        kind = _kind(kinds, name, labels)
        if kind is not None:
            key = "sleep_s" if kind == _ASLEEP else kind
            points = _points(line, key, kinds[kind].factor)
            return _Line(str(labels.get("user") or ""), key, intraday, points) if key in KINDS else None
    return None


def _kind(kinds: Mapping[str, OldName], name: str, labels: Object) -> str | None:
    for kind, old in kinds.items():
        if old.name == name and (old.label is None or labels.get(old.label[0]) == old.label[1]):
            return kind
    return None


def _points(line: Object, kind: str, factor: float) -> Sequence[tuple[int, float]]:
    points = []
    for at, value in zip(as_list(line.get("timestamps")), as_list(line.get("values")), strict=False):
        if isinstance(at, int) and _EARLIEST_MS <= at < _LATEST_MS and isinstance(value, int | float):
            points.append((at, value / factor))
    return sorted((at, value) for at, value in points if _is_value(value, kind))


def _is_value(value: float, kind: str) -> bool:
    if not isfinite(value):
        return False
    return KINDS[kind].unit == "°C" or value > 0 or (value == 0 and not KINDS[kind].above_zero)


def _day(at_ms: int) -> str:
    return str(np.datetime64(at_ms // DAY_MS, "D"))


def _of_days(line: _Line) -> Iterator[Measurement]:
    days: dict[str, float] = {}
    counted = KINDS[line.kind].unit in ("", "m", "kcal", "s")
    for at, value in line.points:
        day = _day(at)
        days[day] = max(value, days.get(day, value)) if counted else value
    for day, value in days.items():
        yield Measurement(line.kind, day, round(value, 6))


def _through_days(line: _Line) -> Iterator[Series]:
    days: dict[str, dict[int, float]] = {}
    for at, value in line.points:
        days.setdefault(_day(at), {})[at] = value
    for day, points in days.items():
        times = np.array([*points], dtype=np.int64)
        yield Series(line.kind, day, times, np.array([*points.values()]))


def _claims(head: bytes, name: str) -> float:
    return 0.95 if _MARK.search(head) else 0.0


FORMAT = Format(
    key=KEY, name="SyncBit's series (VictoriaMetrics export)", suffixes=(".jsonl", ".json", ".txt"), version=1,
    claims=_claims, decode=decode,
)  # fmt: skip
