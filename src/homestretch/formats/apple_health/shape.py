"""The shape of Apple's XML: each element of the top level begins on a line of its own; attributes hold no `>`."""

import re
from functools import lru_cache
from math import isfinite

from homestretch.model.moment import day_number

#: What the file begins with; its long list of elements and attributes comes before the root.
DOCTYPE, ROOT = b"<!DOCTYPE HealthData", b"<HealthData"
ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_TIME = re.compile(rb"(\d{4}-\d\d-\d\d) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)")
_DAY_S = 86_400


def attributes(text: bytes) -> dict[bytes, bytes]:
    """Return the attributes of an element, as they are written."""
    return dict(ATTRIBUTE.findall(text))


def time_ms(text: bytes | None) -> int | None:
    """Return UTC ms of `2026-11-01 07:00:00 +0100`.

    The offset is that of the phone when it exported, whatever it was then: the instant is right, the local time is not.
    """
    read = None if text is None else _TIME.fullmatch(text)
    if read is None:
        return None
    day = _day_s(read[1])
    if day is None:
        return None
    offset = (int(read[6]) * 60 + int(read[7])) * 60
    within = (int(read[2]) * 60 + int(read[3])) * 60 + int(read[4])
    return 1000 * (day + within + (offset if read[5] == b"-" else -offset))


def number(text: bytes | None) -> float | None:
    """Return a finite number as it is written, or None."""
    try:
        value = float(text or b"")
    except ValueError:
        return None
    return value if isfinite(value) else None


@lru_cache(maxsize=4096)
def _day_s(date: bytes) -> int | None:
    try:
        return day_number(date.decode()) * _DAY_S
    except ValueError:
        return None
