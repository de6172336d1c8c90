"""Reads Google's JSON leniently: whole numbers in quotes, durations, civil times, and what is left out because it is 0.

Zeros are left out of its JSON (proto3): a member that is missing from an object that is there is 0 or false.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from math import isfinite

import numpy as np

from homestretch.model.health.kinds import KINDS
from homestretch.model.health.measurement import HealthDevice, Measurement, Series, Spans, Wellness
from homestretch.model.health.night import Night
from homestretch.sources._recorded import instant_ms

type Document = Mapping[str, object]
#: A value at an instant of a local day: day, UTC ms, value.
type Sample = tuple[str, int, float]

_LISTS = ("dataPoints", "rollupDataPoints", "pairedDevices")
#: Dust of floats beyond this many decimals is dropped.
DECIMALS = 6
FIRST_YEAR, LAST_YEAR = 1990, 2100


class Collected:
    """What the points of an answer were found to say; each thing once, also where two pages repeat it."""

    def __init__(self) -> None:
        self._measurements: dict[tuple[str, str, int | None, str], Measurement] = {}
        self._samples: dict[tuple[str, str, str], dict[int, float]] = {}
        self._spans: dict[tuple[str, str, str], dict[int, tuple[int, float]]] = {}
        self._nights: dict[tuple[int, str], Night] = {}
        self._devices: dict[str, HealthDevice] = {}
        self._notes: dict[str, None] = {}

    def note(self, code: str) -> None:
        """Note something unexpected, once."""
        self._notes[code] = None

    def measure(
        self, kind: str, day: str | None, value: float | None, at_ms: int | None = None, device: str = ""
    ) -> None:
        """Add a value if there is one; 0 where that is no value of the kind was not measured."""
        if value is None or (value <= 0 and KINDS[kind].above_zero):
            return
        if day is None:
            self.note("no_day")
            return
        self._measurements[kind, day, at_ms, device] = Measurement(kind, day, round(value, DECIMALS), at_ms, device)

    def sample(self, kind: str, point: Sample, device: str = "") -> None:
        """Add a value of a series."""
        day, at_ms, value = point
        if value > 0 or not KINDS[kind].above_zero:
            self._samples.setdefault((kind, day, device), {})[at_ms] = value

    def span(self, kind: str, day: str, start_ms: int, end_ms: int, value: float, device: str = "") -> None:
        """Add what was counted over a span of a day."""
        self._spans.setdefault((kind, day, device), {})[start_ms] = (end_ms, value)

    def night(self, night: Night) -> None:
        """Add a sleep."""
        self._nights[night.start_ms, night.device] = night

    def device(self, device: HealthDevice) -> None:
        """Add a device."""
        self._devices[device.key] = device

    def wellness(self) -> Wellness:
        """Return everything that was added, in order of time."""
        return Wellness(
            measurements=tuple(self._measurements.values()),
            series=tuple(_series(*of, held) for of, held in self._samples.items()),
            spans=tuple(_spans(*of, held) for of, held in self._spans.items()),
            nights=tuple(self._nights[key] for key in sorted(self._nights)),
            devices=tuple(self._devices.values()),
            notes=tuple(self._notes),
        )


def _series(kind: str, day: str, device: str, held: Mapping[int, float]) -> Series:
    times = np.array(sorted(held), np.int64)
    return Series(kind, day, times, np.array([held[at] for at in times.tolist()], np.float64), device)


def _spans(kind: str, day: str, device: str, held: Mapping[int, tuple[int, float]]) -> Spans:
    starts = np.array(sorted(held), np.int64)
    ends = np.array([held[at][0] for at in starts.tolist()], np.int64)
    return Spans(kind, day, starts, ends, np.array([held[at][1] for at in starts.tolist()], np.float64), device)


def pages_of(body: object) -> Sequence[Document]:
    """Return the pages of a payload: one, or a list of them."""
    return [page for page in (body if isinstance(body, list) else [body]) if isinstance(page, dict)]


def points_in(page: Document) -> Sequence[Document]:
    """Return the points of a page, of whichever kind."""
    lists = (page.get(name) for name in _LISTS)
    return [point for points in lists if isinstance(points, list) for point in points if isinstance(point, dict)]


def of_type(points: Sequence[Document], name: str) -> Iterator[tuple[Document, Document]]:
    """Yield each point that has something of a type, and that."""
    for point in points:
        found = point.get(name)
        if isinstance(found, dict):
            yield point, found


def member(of: Document, *path: str) -> object:
    """Return what lies at a path of names in nested objects, or None."""
    found: object = of
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def number(value: object) -> float | None:
    """Return a finite number, also one in quotes, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except ValueError:
        return None
    return found if isfinite(found) else None


def count(of: Document, name: str) -> float | None:
    """Return a number of an object, 0 where the object leaves it out; None where it is no number."""
    return number(of[name]) if of.get(name) is not None else 0.0


def seconds(value: object) -> float | None:
    """Return the seconds of a duration (`3600s`, `1.5s`), or None."""
    return number(value[:-1]) if isinstance(value, str) and value.endswith("s") else None


def day_in(value: object) -> str | None:
    """Return the day (YYYY-MM-DD) of a date in parts, or None."""
    if not isinstance(value, dict):
        return None
    parts = [number(value.get(name)) for name in ("year", "month", "day")]
    try:
        found = date(*(int(part or 0) for part in parts))
    except (ValueError, OverflowError):
        return None
    return found.isoformat() if FIRST_YEAR <= found.year < LAST_YEAR else None


def civil_time(value: object) -> datetime | None:
    """Return a time on the local clock, in parts; where it has no time of day it is midnight."""
    if not isinstance(value, dict) or (day := day_in(value.get("date"))) is None:
        return None
    time = value.get("time")
    of_day = time if isinstance(time, dict) else {}
    hours, minutes, secs = (number(of_day.get(name)) or 0.0 for name in ("hours", "minutes", "seconds"))
    return datetime.fromisoformat(day) + timedelta(hours=hours, minutes=minutes, seconds=secs)


def local_day(civil: object, at_ms: int | None, offset: object) -> str | None:
    """Return the local day of an instant: by its civil time, else by its offset from UTC."""
    local = civil_time(civil)
    if local is not None:
        return local.date().isoformat()
    shift = seconds(offset)
    if at_ms is None or shift is None:
        return None
    return (datetime(1970, 1, 1) + timedelta(milliseconds=at_ms, seconds=shift)).date().isoformat()


def utc_ms(value: object) -> int | None:
    """Return UTC ms of a timestamp, or None."""
    found = instant_ms(value)
    return None if found is None else found[0]


def sample_time(of: Document) -> tuple[str | None, int | None]:
    """Return the local day and the instant of a sample."""
    at_ms = utc_ms(member(of, "sampleTime", "physicalTime"))
    return local_day(member(of, "sampleTime", "civilTime"), at_ms, member(of, "sampleTime", "utcOffset")), at_ms


def device_of(point: Document) -> str:
    """Return the key of the device that a point names, empty where it names none (merged points never do)."""
    name = member(point, "dataSource", "device", "displayName")
    return "-".join(name.lower().split()) if isinstance(name, str) else ""
