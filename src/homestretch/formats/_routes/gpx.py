"""GPX: reads routes and tracks without times, and writes a route with a waypoint where each section begins."""

from typing import TYPE_CHECKING

import numpy as np

from homestretch.formats._clock import point_times
from homestretch.formats._routes.line import MOST_ROUTES, line_of, part_places, sport_of, xml_text
from homestretch.formats._tree import Document, children, local, read, text
from homestretch.model.channel import MISSING_64
from homestretch.model.coach.route_line import Certainty, RouteFile, RouteLine

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="Homestretch">
"""
#: A route whose ends lie so near to those of a track, in degrees, is the same way with fewer points.
_NEAR = 0.0005


def read_routes(data: bytes) -> list[RouteLine]:
    """Return the tracks without times, and the routes that are not one of them; what has no length is left out."""
    tracks = _lines(data, "trk", "trkpt", "question")
    drawn = _lines(data, "rte", "rtept", "route")
    return [*tracks, *(one for one in drawn if not any(_same_way(one, track) for track in tracks))][:MOST_ROUTES]


def _lines(data: bytes, holder: str, point: str, certainty: Certainty) -> list[RouteLine]:
    document = read(data, point, ("ele", "time"), ("lat", "lon"))
    if document is None:
        return []
    places = [document.points.numbers(name) for name in ("@lat", "@lon", "ele")]
    times, _, _ = point_times(document, "time")
    found = []
    for element in children(document.root, holder):
        rows = _rows(document, element)
        known = times[rows][times[rows] != MISSING_64]
        if len(rows) and (len(known) == 0 or known.min() == known.max()):
            name = text(element, "name") or text(document.root, "metadata", "name") or text(document.root, "name")
            latitude, longitude, altitude = (one[rows] for one in places)
            sport = sport_of(text(element, "type"))
            found.append(line_of(name, latitude, longitude, altitude, sport, certainty))
    return [one for one in found if one is not None]


def _rows(document: Document, element: "Element") -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    holders = [element, *(e for e in element.iter() if local(e) == "trkseg")]
    return np.concatenate([document.points_in(one) for one in holders])


def _same_way(one: RouteLine, other: RouteLine) -> bool:
    return all(
        abs(float(a[end]) - float(b[end])) < _NEAR
        for a, b in ((one.latitude, other.latitude), (one.longitude, other.longitude))
        for end in (0, -1)
    )


def write_route(file: RouteFile) -> bytes:
    """Return GPX 1.1: waypoints where sections begin, and the route; it has no times, so that it stays a route."""
    line = file.line
    points = list(zip(line.latitude.tolist(), line.longitude.tolist(), line.altitude_m.tolist(), strict=True))
    pieces = [_HEAD]
    for row, _, name in part_places(file):
        pieces.append(_point("wpt", points[row], f"<name>{xml_text(name)}</name>"))
    pieces.append(f" <rte>\n  <name>{xml_text(line.name or 'Route')}</name>\n")
    pieces += [f"  <type>{line.sport}</type>\n"] * (line.sport is not None)
    pieces += [f" {_point('rtept', point)}" for point in points]
    return "".join((*pieces, " </rte>\n</gpx>\n")).encode()


def _point(element: str, point: tuple[float, float, float], inner: str = "") -> str:
    latitude, longitude, height = point
    ele = f"<ele>{height:.1f}</ele>" if np.isfinite(height) else ""
    return f' <{element} lat="{latitude:.6f}" lon="{longitude:.6f}">{ele}{inner}</{element}>\n'
