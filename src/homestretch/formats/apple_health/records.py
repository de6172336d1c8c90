"""Decodes records of Apple Health: what devices counted and measured, by the device that did, and sleep."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from itertools import chain
from typing import NamedTuple

from homestretch.formats._points import series, spread
from homestretch.formats.apple_health.samples import COPIES
from homestretch.formats.apple_health.shape import attributes, number, time_ms
from homestretch.formats.apple_health.sleep import Segment, nights
from homestretch.formats.apple_health.types import MENSTRUAL_FLOW, SLEEP, TYPES, Type
from homestretch.formats.apple_health.workouts import workouts
from homestretch.model.health.kinds import KINDS, MENSTRUATION
from homestretch.model.health.measurement import HealthDevice, Measurement, Wellness
from homestretch.model.moment import day_of
from homestretch.model.recording import Decoded

KEY = "apple_health"
_RECORD = re.compile(rb"<Record\s([^>]*?)(?:/>|>(.*?)(?:</Record>|(?=<Record\s)|\Z))", re.DOTALL)
#: Their children are there a second time by themselves.
_CORRELATION = re.compile(rb"<Correlation\s.*?(?:</Correlation>|\Z)", re.DOTALL)
_HARDWARE = re.compile(rb"hardware:([\w,]+)")
_NAME = re.compile(rb"name:([^,]+)")
_ZONE = re.compile(rb'key="HKTimeZone"\s+value="([^"]+)"')
_SLUG = re.compile(r"[^a-z0-9]+")
_DECIMALS = 6
#: Apple's words for how heavy, and the code of each.
_FLOWS = {name: float(code) for code, name in enumerate((*MENSTRUATION[:-1], "unspecified"))}


class _Record(NamedTuple):
    """A record: its attributes, the instants that it is of (UTC ms), its device, and what stands inside it."""

    of: Mapping[bytes, bytes]
    start: int
    end: int
    device: str
    inner: bytes


@dataclass(slots=True)
class _Found:
    """What was found, by kind and device."""

    measurements: list[Measurement] = field(default_factory=list)
    points: dict[tuple[str, str], list[tuple[int, float]]] = field(default_factory=dict)
    counts: dict[tuple[str, str], list[tuple[int, int, float]]] = field(default_factory=dict)
    segments: dict[str, list[Segment]] = field(default_factory=dict)
    devices: dict[str, HealthDevice] = field(default_factory=dict)
    unread: Counter[str] = field(default_factory=Counter)


def decode(data: bytes) -> Decoded:
    """Return what the records of a portion say of days, of two alike one, and the workouts in it.

    Copies of records beside a workout are its samples, and no days: the records are in portions of their own.
    """
    found, seen = _Found(), set[int]()
    contents: Counter[str] = Counter()
    copied = data.startswith(COPIES)
    for record in () if copied else _records(data, found):
        of = record.of
        kind = of.get(b"type", b"").decode(errors="replace")
        contents[kind.removeprefix("HKQuantityTypeIdentifier").removeprefix("HKCategoryTypeIdentifier")] += 1
        same = hash((kind, record.device, record.start, record.end, of.get(b"value")))
        if same not in seen:
            seen.add(same)
            _add(found, kind, record)
    recordings = list(workouts(data, records=data if copied else b"")) if b"<Workout " in data else []
    notes = tuple(f"{note}:{count}" for note, count in sorted(found.unread.items()))
    return Decoded(
        format=KEY,
        kind="activity" if recordings else "wellness",
        recordings=tuple(one for one in recordings if one is not None),
        notes=(*notes, *["no_time"] * (None in recordings)),
        contents=dict(contents),
        wellness=_wellness(found, notes),
    )


def _records(data: bytes, found: _Found) -> Iterator[_Record]:
    for text, inner in _RECORD.findall(_CORRELATION.sub(b"", data)):
        of = attributes(text)
        start, end = time_ms(of.get(b"startDate")), time_ms(of.get(b"endDate"))
        if start is None or end is None or end < start:
            found.unread["row_unreadable"] += 1
        else:
            yield _Record(of, start, end, _device(found, of), inner)


def _device(found: _Found, of: Mapping[bytes, bytes]) -> str:
    """Return the key of the device: its hardware, which is the same in every export, else the name of the source."""
    described = of.get(b"device", b"")
    hardware, named = _HARDWARE.search(described), _NAME.search(described)
    source = unescape(of.get(b"sourceName", b"").decode(errors="replace"))
    key = _SLUG.sub("_", (hardware[1].decode() if hardware else source).lower()).strip("_")
    if key not in found.devices and key:
        name = unescape(named[1].decode(errors="replace")).strip() if named else source
        found.devices[key] = HealthDevice(key, name)
    return key


def _add(found: _Found, kind: str, record: _Record) -> None:
    if kind == SLEEP:
        zone = _ZONE.search(record.inner)
        value = record.of.get(b"value", b"").decode(errors="replace")
        segment = Segment(record.start, record.end, value, zone[1].decode(errors="replace") if zone else None)
        found.segments.setdefault(record.device, []).append(segment)
    elif kind == MENSTRUAL_FLOW:
        _add_flow(found, record)
    elif kind in TYPES:
        _add_quantity(found, TYPES[kind], record)


def _add_quantity(found: _Found, of: Type, record: _Record) -> None:
    value = number(record.of.get(b"value"))
    scale = of.units.get(record.of.get(b"unit", b"").decode(errors="replace"))
    if value is None or scale is None:
        found.unread["row_unreadable" if value is None else f"unexpected:unit of {of.kind}"] += 1
        return
    amount = round(value * scale.factor + scale.offset, _DECIMALS)
    if amount < 0 or (amount == 0 and KINDS[of.kind].above_zero):
        return
    if of.use == "counts":
        found.counts.setdefault((of.kind, record.device), []).append((record.start, record.end, amount))
    elif of.use == "series":
        found.points.setdefault((of.kind, record.device), []).append((record.start, amount))
    else:
        at = record.end if of.use == "night" else record.start
        found.measurements.append(Measurement(of.kind, day_of(at), amount, at, record.device))


def _add_flow(found: _Found, record: _Record) -> None:
    word = record.of.get(b"value", b"").decode(errors="replace").rpartition("Flow")[2].lower()
    code = _FLOWS.get(word)
    if code is None:
        found.unread["row_unreadable"] += 1
    else:
        at = record.start
        found.measurements.append(Measurement("menstruation", day_of(at), code, at, record.device))


def _wellness(found: _Found, notes: tuple[str, ...]) -> Wellness:
    """Return what was found: instants are right, days are those of UTC until they are placed."""
    return Wellness(
        measurements=tuple(found.measurements),
        series=tuple(
            chain.from_iterable(series(kind, points, device) for (kind, device), points in found.points.items())
        ),
        spans=tuple(
            chain.from_iterable(spread(kind, counts, device) for (kind, device), counts in found.counts.items())
        ),
        nights=tuple(chain.from_iterable(nights(parts, device) for device, parts in found.segments.items())),
        devices=tuple(found.devices.values()),
        clock="utc",
        notes=notes,
    )
