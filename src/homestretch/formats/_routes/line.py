"""What readers and writers of routes share: lines with places that are places, sports, texts."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

import numpy as np

from homestretch.model.channel import Floats
from homestretch.model.coach.planned_route import RouteSport
from homestretch.model.coach.route_line import Certainty, RouteFile, RouteLine
from homestretch.vendors.sport_names import sport_named

#: Our word for a family of sports.
SPORTS: Mapping[str, RouteSport] = {"ride": "ride", "run": "run", "walk": "hike"}
#: No file has more routes than this, and a name has no more characters than that.
MOST_ROUTES, LONGEST_NAME = 200, 200


def line_of(
    name: str | None,
    latitude: Floats,
    longitude: Floats,
    altitude_m: Floats,
    sport: RouteSport | None = None,
    certainty: Certainty = "route",
) -> RouteLine | None:
    """Return a line of the points (n,) that have a place, or None where it leads nowhere."""
    known = (np.abs(latitude) <= 90.0) & (np.abs(longitude) <= 180.0)
    latitude, longitude, altitude_m = latitude[known], longitude[known], altitude_m[known]
    if len(latitude) < 2 or (np.ptp(latitude) == 0.0 and np.ptp(longitude) == 0.0):
        return None
    return RouteLine((name or "")[:LONGEST_NAME] or None, latitude, longitude, altitude_m, sport, certainty)


def sport_of(word: str | None) -> RouteSport | None:
    """Return our sport for a file's word, None where it is another one or none."""
    return SPORTS.get(sport_named(word).family) if word else None


def xml_text(text: str) -> str:
    """Return a text as XML has it, without the characters that it has no way to write."""
    return escape("".join(c for c in text if c >= " " and c not in "￾￿" and not "\ud800" <= c <= "\udfff"))


def part_places(file: RouteFile) -> list[tuple[int, float, str]]:
    """Return the sections of a route as (row of the point where it begins, metres, name)."""
    rows = np.searchsorted(file.distance_m, [start for start, _ in file.parts]).clip(0, len(file.distance_m) - 1)
    return [(int(row), start, name) for row, (start, name) in zip(rows, file.parts, strict=True)]
