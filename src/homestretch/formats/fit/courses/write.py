"""Writes FIT courses: a lap, records with times by the estimate, and course points where sections begin."""

import numpy as np

from homestretch.formats._routes.line import part_places
from homestretch.formats._steps import plain
from homestretch.formats.fit.channels import RECORD
from homestretch.formats.fit.courses.read import COURSE_MESG, NAME_FIELD, SPORT_FIELD
from homestretch.formats.fit.encode_summary import second_of
from homestretch.formats.fit.timeline import FILE_ID
from homestretch.formats.fit.wire import profile
from homestretch.formats.fit.wire.base import NAMED
from homestretch.formats.fit.wire.writer import Column, Writer, fitting
from homestretch.model.channel import SEMICIRCLES_PER_DEGREE
from homestretch.model.coach.route_line import RouteFile

#: The profile that we write by; a file for a device, of our own maker's number, product and serial number.
_PROFILE = 21218
_COURSE_FILE, _DEVELOPMENT, _PRODUCT, _SERIAL = 6, 255, 1, 1
_LAP, _EVENT, _COURSE_POINT, _GENERIC = 19, 21, 32, 0
_TIMER, _START, _STOP_ALL = 0, 0, 4
_SPORTS = {"ride": "cycling", "run": "running", "hike": "hiking"}
#: Devices show no more of a course point's name.
_POINT_NAME = 15


def encode_course(file: RouteFile) -> bytes:
    """Return a route as the bytes of a FIT course; it is the same for the same route, estimate and time."""
    writer = Writer(profile=_PROFILE)
    began = second_of(file.made_ms)
    at = began + np.rint(file.seconds)
    latitude, longitude = (np.rint(one * SEMICIRCLES_PER_DEGREE) for one in (file.line.latitude, file.line.longitude))
    writer.message(
        FILE_ID,
        {
            0: ("enum", _COURSE_FILE),
            1: ("uint16", _DEVELOPMENT),
            2: ("uint16", _PRODUCT),
            3: ("uint32z", _SERIAL),
            4: ("uint32", began),
        },
    )
    sport = profile.number_of("sport", _SPORTS.get(file.line.sport or "", "generic")) or 0
    name = plain(file.line.name or "") or "Route"
    writer.message(COURSE_MESG, {SPORT_FIELD: ("enum", sport), NAME_FIELD: ("string", name)})
    writer.message(
        _LAP,
        {
            253: ("uint32", at[-1]),
            2: ("uint32", began),
            3: ("sint32", latitude[0]),
            4: ("sint32", longitude[0]),
            5: ("sint32", latitude[-1]),
            6: ("sint32", longitude[-1]),
            7: ("uint32", 1000 * file.seconds[-1]),
            8: ("uint32", 1000 * file.seconds[-1]),
            9: ("uint32", 100 * file.distance_m[-1]),
        },
    )
    writer.message(_EVENT, {253: ("uint32", began), 0: ("enum", _TIMER), 1: ("enum", _START)})
    for place, (row, metres, part) in enumerate(part_places(file)):
        writer.message(
            _COURSE_POINT,
            {
                254: ("uint16", place),
                1: ("uint32", at[row]),
                2: ("sint32", latitude[row]),
                3: ("sint32", longitude[row]),
                4: ("uint32", 100 * metres),
                5: ("enum", _GENERIC),
                6: ("string", (plain(part) or "Section")[:_POINT_NAME]),
            },
        )
    _write_records(writer, file, at)
    writer.message(_EVENT, {253: ("uint32", at[-1]), 0: ("enum", _TIMER), 1: ("enum", _STOP_ALL)})
    return writer.file()


def _write_records(writer: Writer, file: RouteFile, at: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
    line = file.line
    columns = [
        (253, "uint32", at),
        (0, "sint32", line.latitude * SEMICIRCLES_PER_DEGREE),
        (1, "sint32", line.longitude * SEMICIRCLES_PER_DEGREE),
        (5, "uint32", 100.0 * file.distance_m),
    ]
    if np.isfinite(line.altitude_m).any():
        columns.append((2, "uint16", 5.0 * (line.altitude_m + 500.0)))
    rows = writer.rows(RECORD, [Column(num, NAMED[base], fitting(NAMED[base], x)) for num, base, x in columns])
    writer.add_raw(rows.raw)
