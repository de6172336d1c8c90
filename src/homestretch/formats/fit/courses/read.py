"""Reads FIT courses."""

import numpy as np

from homestretch.formats._routes.line import SPORTS, line_of
from homestretch.formats.fit.channels import RECORD, channels_of
from homestretch.formats.fit.decoder import kind_of
from homestretch.formats.fit.developer import describe
from homestretch.formats.fit.messages import parts_of
from homestretch.formats.fit.part import Part
from homestretch.formats.fit.wire import profile
from homestretch.model.coach.planned_route import RouteSport
from homestretch.model.coach.route_line import RouteLine
from homestretch.model.sport import Sport

#: The kind of file, its message, and that message's fields.
COURSE, COURSE_MESG, SPORT_FIELD, NAME_FIELD = "course", 31, 4, 5


def read_courses(data: bytes) -> list[RouteLine]:
    """Return the courses of a file that have a length."""
    found = [_course(part) for part in parts_of(data) if kind_of(part) == COURSE]
    return [one for one in found if one is not None]


def _course(part: Part) -> RouteLine | None:
    channels, _ = channels_of(part.table(RECORD), describe(part))
    if "latitude" not in channels or "longitude" not in channels:
        return None
    latitude, longitude = channels["latitude"].values(), channels["longitude"].values()
    height = channels["altitude_m"].values() if "altitude_m" in channels else np.full(len(latitude), np.nan)
    about = next(iter(part.messages(COURSE_MESG)), None)
    name = None if about is None else about.text(NAME_FIELD)
    return line_of(name, latitude, longitude, height, _sport(None if about is None else about.number_of(SPORT_FIELD)))


def _sport(number: int | None) -> RouteSport | None:
    named = None if number is None else profile.named("sport", number)
    return SPORTS.get(Sport(named).family) if named else None
