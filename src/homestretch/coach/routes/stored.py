"""A route's line as it is kept: places and heights as encoded polylines, and its picture."""

from dataclasses import dataclass, replace

import numpy as np

from homestretch.analysis.geometry import polyline
from homestretch.analysis.geometry.distance import haversine
from homestretch.analysis.geometry.simplify import local_metres, most_significant, significance
from homestretch.coach.routes.ground import LEAST_KNOWN
from homestretch.model.coach.planned_route import RouteSport
from homestretch.model.coach.route_line import RouteLine

#: Digits of places (0.1 m), and of heights (0.1 m).
PRECISION, HEIGHT_PRECISION = 6, 1
#: How near the picture and the map's line are to the route in m, and of how many points.
TOLERANCE_M, THUMB_POINTS, TRACK_POINTS = 3.0, 64, 2000
MOST_POINTS = 200_000


@dataclass(frozen=True, slots=True)
class EncodedLine:
    """A line as text; `heights` is None where too few are known."""

    line: str
    heights: str | None
    thumb: str


def encoded_line(line: RouteLine) -> EncodedLine:
    """Return a line as it is kept, heights drawn through where some are missing."""
    kept = most_significant(significance(*local_metres(line.latitude, line.longitude), TOLERANCE_M), THUMB_POINTS)
    return EncodedLine(
        polyline.encode(line.latitude, line.longitude, PRECISION),
        _heights(line),
        polyline.encode(line.latitude[kept], line.longitude[kept]),
    )


def _heights(line: RouteLine) -> str | None:
    known = np.isfinite(line.altitude_m)
    if known.sum() < max(2, LEAST_KNOWN * len(known)):
        return None
    steps = haversine(line.latitude[:-1], line.longitude[:-1], line.latitude[1:], line.longitude[1:])
    along = np.concatenate(([0.0], np.cumsum(steps)))
    drawn = np.interp(along, along[known], line.altitude_m[known])
    return polyline.encode(drawn, np.zeros(len(drawn)), HEIGHT_PRECISION)


def decoded_line(name: str, sport: RouteSport, line: str, heights: str | None) -> RouteLine:
    """Return the line that was kept."""
    latitude, longitude = polyline.decode(line, PRECISION)
    height = np.full(len(latitude), np.nan) if heights is None else polyline.decode(heights, HEIGHT_PRECISION)[0]
    return RouteLine(name, latitude, longitude, height, sport)


def thinned(line: RouteLine) -> RouteLine:
    """Return a line of no more than MOST_POINTS points: those that its shape needs most."""
    if len(line.latitude) <= MOST_POINTS:
        return line
    kept = most_significant(significance(*local_metres(line.latitude, line.longitude), 0.0), MOST_POINTS)
    rows = (line.latitude[kept], line.longitude[kept], line.altitude_m[kept])
    return replace(line, latitude=rows[0], longitude=rows[1], altitude_m=rows[2])
