"""A planned route as the reader of a link is shown it: its line outside private places, and what follows from that.

How long it takes is not shown: it would give back thresholds and weight.
"""

from collections.abc import Iterable, Set
from dataclasses import replace

import numpy as np

from homestretch.coach.routes.ground import Ground, ground_of
from homestretch.coach.routes.sections import Section, sections
from homestretch.coach.routes.stored import PRECISION, decoded_line
from homestretch.errors import ForbiddenByTerms, NotFound
from homestretch.formats import route_formats
from homestretch.model.coach.route_line import RouteFile, RouteLine
from homestretch.model.documents.sharing import SharedProfile, SharedRoute, SharedSection
from homestretch.model.sharing import ROUTE_FIELDS, Aspect, hidden_with
from homestretch.store.database import Reader
from homestretch.store.queries.arrivals import forbidden
from homestretch.store.queries.identities import public_id_of
from homestretch.store.queries.planned_routes import StoredRoute, find_route
from homestretch.store.queries.withheld import one_withheld
from homestretch.store.scope import Scope
from homestretch.vendors.given_names import Given, given
from homestretch.views.activities.activity import resolve
from homestretch.views.kit.privacy import privacy_mask
from homestretch.views.sharing.shared import reader_scope, without

#: A profile has at most so many points.
POINTS = 1200
#: Metres a second of the course in a file: it says nothing of who goes it.
EVEN_MPS = 5.0


def shareable_route(reader: Reader, athlete_id: int, route_id: str) -> StoredRoute:
    """Return a planned route that a link may show. Raises NotFound, ForbiddenByTerms."""
    scope = reader_scope(athlete_id)
    stored = find_route(reader, scope, route_id)
    if stored.removed_ms is not None:
        raise NotFound(what="planned route", id=route_id)
    file = set() if stored.original is None else {stored.original}
    if forbidden(reader, athlete_id, file, scope.use) or _of_withheld(reader, scope, stored):
        raise ForbiddenByTerms(action="sharing it")
    return stored


def _of_withheld(reader: Reader, scope: Scope, stored: StoredRoute) -> bool:
    """Return whether a route was made from an activity that may not be shared."""
    activity = None if stored.subject is None else public_id_of(reader, scope.athlete_id, stored.subject)
    if activity is None:
        return False
    try:
        row = resolve(reader, Scope(scope.athlete_id), activity)
    except NotFound:
        return False
    return one_withheld(reader, scope, row.split_from_id or row.id, row.primary_id)


def shared_route(reader: Reader, athlete_id: int, route_id: str, aspects: Iterable[Aspect]) -> SharedRoute:
    """Return a planned route without these aspects, and what goes with them. Raises as `shareable_route` does."""
    stored, hidden = shareable_route(reader, athlete_id, route_id), hidden_with(aspects)
    line, cuts = _line(reader, athlete_id, stored, hidden)
    ground = None if line is None else ground_of(line)
    found: SharedRoute = {
        "kind": "route",
        "name": _name(stored, hidden),
        "sport": stored.sport,
        "length_m": None if ground is None else round(ground.length_m, 1),
        "gain_m": None if ground is None or ground.profile is None else round(ground.climbed(0.0, ground.length_m), 1),
        "profile": None if line is None or ground is None else _profile(line, ground),
        "sections": [] if ground is None else [_section(part) for part in sections(ground, cuts)],
    }
    return without(found, ROUTE_FIELDS, hidden)


def route_gpx(reader: Reader, athlete_id: int, route_id: str, aspects: Iterable[Aspect]) -> bytes:
    """Return what a link shows of a planned route as GPX. Raises NotFound where it shows no map."""
    stored, hidden = shareable_route(reader, athlete_id, route_id), hidden_with(aspects)
    line, _ = _line(reader, athlete_id, stored, hidden)
    if line is None or "map" in hidden:
        raise NotFound(what="route", id="GPX")
    metres = ground_of(line).distance_m
    form = route_formats()["gpx"]
    return form.encode(RouteFile(replace(line, name=_name(stored, hidden)), metres, metres / EVEN_MPS))


def _name(stored: StoredRoute, hidden: Set[Aspect]) -> str | None:
    return None if "places" in hidden and given(stored.name, False) is not Given.SURELY else stored.name


def _line(
    reader: Reader, athlete_id: int, stored: StoredRoute, hidden: Set[Aspect]
) -> tuple[RouteLine | None, list[float]]:
    """Return the line that is shown, None where all of it is private, and the cuts on it, metres from its start."""
    line = decoded_line(stored.name, stored.sport, stored.line, stored.heights)
    if "elevation" in hidden:
        line = replace(line, altitude_m=np.full(len(line.latitude), np.nan))
    shown = privacy_mask(reader, reader_scope(athlete_id)).of(stored.public_id)
    stretch = shown.stretch(line.latitude, line.longitude, PRECISION)
    if stretch is None:
        return line, [*stored.cuts]
    corners = np.arange(len(line.latitude))
    altitude = np.interp(stretch.at, corners, line.altitude_m)
    part = replace(line, latitude=stretch.latitude, longitude=stretch.longitude, altitude_m=altitude)
    if len(stretch.at) < 2 or (np.ptp(part.latitude) == 0.0 and np.ptp(part.longitude) == 0.0):
        return None, []
    start_m, end_m = np.interp(stretch.at[[0, -1]], corners, ground_of(line).distance_m)
    return part, [cut - start_m for cut in stored.cuts if start_m < cut < end_m]


def _profile(line: RouteLine, ground: Ground) -> SharedProfile:
    at = np.linspace(0.0, ground.length_m, min(len(ground.at), POINTS))
    moved = np.concatenate(([True], np.diff(ground.distance_m) > 0.0))
    turned = np.unwrap(line.longitude, period=360.0)
    latitude, longitude = (np.interp(at, ground.distance_m[moved], one[moved]) for one in (line.latitude, turned))
    return {
        "distance_m": np.round(at, 1).tolist(),
        "latitude": np.round(latitude, PRECISION).tolist(),
        "longitude": np.round((longitude + 180.0) % 360.0 - 180.0, PRECISION).tolist(),
        "altitude_m": None if ground.profile is None else np.round(ground.height(at), 1).tolist(),
    }


def _section(part: Section) -> SharedSection:
    return {
        "start_m": round(part.start_m, 1),
        "length_m": round(part.length_m, 1),
        "kind": part.kind,
        "category": part.category,
        "gain_m": None if part.gain_m is None else round(part.gain_m, 1),
        "grade_pct": None if part.grade is None else round(100.0 * part.grade, 1),
        "steepest_pct": None if part.steepest is None else round(100.0 * part.steepest, 1),
    }
