"""What a photo says of itself (EXIF): when it was taken and where. What makes no sense is as if it was not there."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from math import isfinite
from typing import TYPE_CHECKING

from homestretch.model.media.photos import Taken

if TYPE_CHECKING:
    from PIL.Image import Exif

#: Directories and tags of EXIF 2.32.
_CAMERA, _PLACE = 0x8769, 0x8825
_ORIGINAL, _OFFSET = 0x9003, 0x9011
_LATITUDE_REF, _LATITUDE, _LONGITUDE_REF, _LONGITUDE, _TIME, _DAY = 1, 2, 3, 4, 7, 29
_MOMENT = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)")
_ZONE = re.compile(r"([+-])(\d\d):(\d\d)")

type Tags = Mapping[int, object]


def taken(exif: "Exif") -> Taken:
    """Return when and where a photo was taken, as it says. The time of satellites is UTC, and comes first."""
    camera, place = exif.get_ifd(_CAMERA), exif.get_ifd(_PLACE)
    latitude = _degrees(place.get(_LATITUDE), place.get(_LATITUDE_REF), "S", 90.0)
    longitude = _degrees(place.get(_LONGITUDE), place.get(_LONGITUDE_REF), "W", 180.0)
    if latitude is None or longitude is None or (latitude == 0.0 and longitude == 0.0):
        latitude = longitude = None
    by_satellites = _utc(place)
    if by_satellites is not None:
        return Taken("satellites", by_satellites, None, latitude, longitude)
    local, offset_s = _moment(camera.get(_ORIGINAL)), _offset(camera.get(_OFFSET))
    if local is None:
        return Taken(None, None, None, latitude, longitude)
    if offset_s is not None:
        at_ms = round(local.timestamp() * 1000) - 1000 * offset_s
        return Taken("zone", at_ms, None, latitude, longitude)
    return Taken("camera", None, local.replace(tzinfo=None).isoformat(), latitude, longitude)


def _utc(place: Tags) -> int | None:
    day, clock = place.get(_DAY), _numbers(place.get(_TIME))
    if not isinstance(day, str) or len(clock) != 3:
        return None
    midnight = _moment(f"{day.strip()[:10].replace('-', ':')} 00:00:00")
    seconds = clock[0] * 3600 + clock[1] * 60 + clock[2]
    if midnight is None or not 0 <= seconds < 86_401:
        return None
    return round((midnight.timestamp() + seconds) * 1000)


def _moment(value: object) -> datetime | None:
    """Return a time as if it was UTC."""
    match = _MOMENT.match(value) if isinstance(value, str) else None
    if match is None:
        return None
    year, month, day, hour, minute, second = map(int, match.groups())
    try:
        found = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    return found if found.year >= 1990 else None


def _offset(value: object) -> int | None:
    match = _ZONE.fullmatch(value.strip("\0 ")) if isinstance(value, str) else None
    if match is None:
        return None
    seconds = int(match[2]) * 3600 + int(match[3]) * 60
    return -seconds if match[1] == "-" else seconds


def _degrees(value: object, ref: object, minus: str, most: float) -> float | None:
    parts = _numbers(value)
    if len(parts) != 3:
        return None
    found = parts[0] + parts[1] / 60 + parts[2] / 3600
    if not 0 <= found <= most:
        return None
    return -found if isinstance(ref, str) and ref.strip("\0 ").upper() == minus else found


def _numbers(value: object) -> list[float]:
    """Return what is a row of finite numbers; of anything else nothing."""
    if not isinstance(value, Iterable) or isinstance(value, str | bytes):
        return []
    try:
        found = [float(one) for one in value]
    except (TypeError, ValueError, ZeroDivisionError):
        return []
    return found if all(map(isfinite, found)) else []
