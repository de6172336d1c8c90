"""Splits Apple's XML into portions of one type and month or year, in a stream: an export of gigabytes fits in memory.

A workout is a portion by itself, with copies of the records in its time, so that an export with one more has the others
as they were. Types lie together in the
file, and old records do not change from export to export; so a portion that comes again has the same bytes, and is one
original. Every element keeps its bytes; a root is put around those of a portion.
"""

import re
from collections.abc import Iterable, Iterator
from typing import IO

from homestretch.formats import Spool
from homestretch.formats.apple_health.samples import COPIES, TYPES, Aside
from homestretch.formats.apple_health.shape import ROOT

_HEAD, _TAIL = ROOT + b">\n", b"</HealthData>\n"
#: What portions are named by: an element's type or name, and its year or month.
_TYPE = re.compile(rb'^\s*<(\w+)(?: type="(?:HK\w*?Identifier|HKDataType)?(\w+)"| workoutActivityType="\w+")?')
_DATE = re.compile(rb'(?:startDate|dateComponents)="(\d{4})-(\d\d)-?\d*')
_ELEMENTS = (b"<Record ", b"<Workout ", b"<Correlation ", b"<ActivitySummary ", b"<ClinicalRecord ", b"<Audiogram ")
_WORKOUT, _TIME = b"Workout", re.compile(rb'startDate="(\d{4}-\d\d-\d\d) (\d\d):(\d\d):(\d\d)')
#: Types of which a month has thousands of records; a year of the others is one portion.
_DENSE = frozenset({
    b"HeartRate", b"StepCount", b"DistanceWalkingRunning", b"ActiveEnergyBurned", b"BasalEnergyBurned",
    b"OxygenSaturation", b"RespiratoryRate", b"EnvironmentalAudioExposure", b"HeadphoneAudioExposure",
    b"WalkingSpeed", b"WalkingStepLength", b"PhysicalEffort", b"AppleStandTime", b"DistanceCycling", b"RunningSpeed",
    b"RunningPower", b"HeartRateVariabilitySDNN",
})  # fmt: skip
#: The longest element; what is longer was never closed.
_MOST_BYTES = 16 << 20


def portions(lines: Iterable[bytes], spool: Spool) -> Iterator[tuple[str, bytes]]:
    """Yield portions as (name, bytes) from the lines of an export; `spool` opens a file that no one sees.

    All portions of a type are held in such files until another type begins. Lines outside of elements (the head, what
    says whose health it is) are the portion `head`.
    """
    kind = b""
    held: dict[str, IO[bytes]] = {}
    times: dict[str, int] = {}
    head, aside = spool(), Aside(spool)
    for element in _elements(lines, head):
        this, name, date = _named(element)
        if this in TYPES:
            aside.add((this, date), element)
        if this != kind or this == _WORKOUT:
            yield from _written(held, times)
            kind = this
        if name not in held:
            held[name] = spool()
            copies = aside.of(element) if this == _WORKOUT else []
            held[name].writelines((COPIES + b"\n", *copies) if copies else (_HEAD,))
        held[name].write(element)
    yield from _written(held, times)
    aside.close()
    head.seek(0)
    yield "head.xml", head.read()
    head.close()


def _elements(lines: Iterable[bytes], head: IO[bytes]) -> Iterator[bytes]:
    """Yield the elements of the top level as they are written; what is none of them goes into `head`.

    One that is not closed ends where the next one begins.
    """
    parts: list[bytes] = []
    closing, size = b"", 0
    for line in lines:
        bare = line.lstrip()
        if parts:
            opens = closing != b"</Correlation>" and bare.startswith(_ELEMENTS)
            if not opens and size < _MOST_BYTES:
                parts.append(line)
                size += len(line)
                if bare.startswith(closing):
                    yield b"".join(parts)
                    parts = []
                continue
            yield b"".join(parts)
            parts = []
        if not bare.startswith(_ELEMENTS):
            head.write(line)
        elif bare.rstrip().endswith(b"/>"):
            yield line
        else:
            parts, size = [line], len(line)
            closing = b"</" + bare[1 : bare.index(b" ")] + b">"
    if parts:
        yield b"".join(parts)


def _named(element: bytes) -> tuple[bytes, str, bytes]:
    """Return an element's type, the name of its portion, and its date as it is written, empty where it has none."""
    found, date = _TYPE.match(element), _DATE.search(element)
    kind = b"unknown" if found is None else found[2] or found[1]
    if kind == _WORKOUT and (at := _TIME.search(element)) is not None:
        name = f"Workout-{b'-'.join(at.groups()).decode()}.xml"
        return kind, name, at[1]
    if date is None:
        return kind, f"{kind.decode()}.xml", b""
    when = f"{date[1].decode()}-{date[2].decode()}" if kind in _DENSE else date[1].decode()
    return kind, f"{kind.decode()}-{when}.xml", date[0].partition(b'"')[2]


def _written(held: dict[str, IO[bytes]], times: dict[str, int]) -> Iterator[tuple[str, bytes]]:
    """Yield what is held, and hold nothing; a type that comes back later in the file has portions of other names."""
    for name, file in held.items():
        times[name] = times.get(name, 0) + 1
        again = "" if times[name] == 1 else f"-{times[name]}"
        file.write(_TAIL)
        file.seek(0)
        yield name.removesuffix(".xml") + again + ".xml", file.read()
        file.close()
    held.clear()
