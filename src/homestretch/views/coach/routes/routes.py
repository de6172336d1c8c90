"""Planned routes as documents: the list, one with sections and profile, and the one that a session follows."""

from collections.abc import Iterable
from datetime import date

import numpy as np

from homestretch.analysis.geometry import polyline
from homestretch.analysis.geometry.simplify import local_metres, most_significant, significance
from homestretch.coach.routes.estimate import UNCERTAINTY, SectionTime
from homestretch.coach.routes.sections import Section
from homestretch.coach.routes.stored import TOLERANCE_M, TRACK_POINTS
from homestretch.errors import NotFound
from homestretch.model.coach.route_line import RouteLine
from homestretch.model.documents.planned_routes import (
    PlannedRoute,
    PlannedRouteItem,
    PlannedRoutes,
    RouteProfile,
    RouteSection,
    SessionRoute,
)
from homestretch.model.moment import iso
from homestretch.store.database import Reader
from homestretch.store.queries import planned_routes as store
from homestretch.store.queries.identities import public_id_of
from homestretch.store.queries.planned_routes import StoredRoute
from homestretch.store.scope import Scope
from homestretch.views.coach.plans import find_session
from homestretch.views.coach.routes.plan import RIDER_KG, PlannedWay, plan_of

#: A profile has at most so many points.
PROFILE_POINTS = 1200


def route_list(reader: Reader, scope: Scope) -> PlannedRoutes:
    """Return the planned routes, the newest first, and the files that are in question."""
    scope.must("coach: read")
    return {
        "items": [route_item(one) for one in store.list_routes(reader, scope)],
        "questions": [
            {"file": one.digest, "path": one.path, "name": one.name, "length_m": one.length_m, "lines": one.lines}
            for one in store.asked_files(reader, scope)
        ],
    }


def route_item(stored: StoredRoute) -> PlannedRouteItem:
    """Return a route as a list has it."""
    return {
        "id": stored.public_id,
        "name": stored.name,
        "sport": stored.sport,
        "length_m": stored.length_m,
        "gain_m": stored.gain_m,
        "thumb": stored.thumb,
        "created": iso(stored.created_ms) or "",
    }


def route_items(reader: Reader, scope: Scope, route_ids: Iterable[str]) -> list[PlannedRouteItem]:
    """Return routes as a list has them, in the order of their ids. Raises NotFound."""
    return [route_item(store.find_route(reader, scope, one)) for one in route_ids]


def route_cuts(reader: Reader, scope: Scope, route_id: str) -> list[float]:
    """Return the cuts of a route, in m from the start. Raises NotFound."""
    scope.must("coach: read")
    return [*store.find_route(reader, scope, route_id).cuts]


def route_whole(reader: Reader, scope: Scope, route_id: str, day: date) -> PlannedRoute:
    """Return a route with its sections, and how long they take by the thresholds of a day. Raises NotFound."""
    scope.must("coach: read")
    way = plan_of(reader, scope, store.find_route(reader, scope, route_id), day)
    stored, line = way.stored, way.line
    return {
        **route_item(stored),
        "removed": stored.removed_ms is not None,
        "activity": None if stored.subject is None else public_id_of(reader, scope.athlete_id, stored.subject),
        "track": _track(line),
        "bbox": _box(line),
        "sections": section_documents(way),
        "profile": _profile(way),
        "seconds": None if way.times is None else way.times.total_s,
        "uncertainty_pct": 100.0 * UNCERTAINTY,
        "threshold": {"ride": way.pace.ftp_w, "run": way.pace.threshold_mps, "hike": None}[stored.sport],
        "cuts": [*stored.cuts],
        "parameters": {**stored.parameters},  # type: ignore[typeddict-item]  # kept without nulls
        "conditions": way.conditions,
        "notes": _notes(way),
    }


def session_route(reader: Reader, scope: Scope, session: str, day: date) -> SessionRoute:
    """Return the planned route that a session follows, with how long it takes. Raises NotFound."""
    scope.must("coach: read")
    if find_session(reader, scope, session) is None:
        raise NotFound(what="session", id=session)
    stored = store.session_route(reader, scope, session)
    if stored is None:
        return {"session": session, "route": None, "seconds": None}
    times = plan_of(reader, scope, stored, day).times
    return {"session": session, "route": route_item(stored), "seconds": None if times is None else times.total_s}


def section_documents(way: PlannedWay) -> list[RouteSection]:
    """Return the sections of a route in order."""
    times = [None] * len(way.parts) if way.times is None else way.times.times
    return [_section(way, i, part, took) for i, (part, took) in enumerate(zip(way.parts, times, strict=True))]


def section_name(section: RouteSection) -> str:
    """Return what a section is called on a device: its number, what it is, and how steep."""
    kind = {"climb": "climb", "up": "up", "flat": "flat", "down": "down", "unknown": "section"}[section["kind"]]
    grade = section["grade_pct"]
    return f"{section['number']} {kind}" + ("" if grade is None or kind == "flat" else f" {grade:.0f}%")


def _section(way: PlannedWay, i: int, part: Section, took: SectionTime | None) -> RouteSection:
    gear = None if took is None else took.gear
    return {
        "number": i + 1,
        "start_m": part.start_m,
        "end_m": part.end_m,
        "length_m": part.length_m,
        "kind": part.kind,
        "category": part.category,
        "cut": part.start_m in way.stored.cuts,
        "gain_m": part.gain_m,
        "grade_pct": None if part.grade is None else 100.0 * part.grade,
        "steepest_pct": None if part.steepest is None else 100.0 * part.steepest,
        "seconds": None if took is None else took.seconds,
        "power_w": None if took is None else took.power_w,
        "gear": None if gear is None else {"chainring": gear.chainring, "sprocket": gear.sprocket, "short": gear.short},
    }


def _profile(way: PlannedWay) -> RouteProfile:
    """Return at most PROFILE_POINTS points at equal distances, and where sections begin."""
    ground, line = way.ground, way.line
    even = np.linspace(0.0, ground.length_m, min(len(ground.at), PROFILE_POINTS))
    at = np.union1d(even, [part.start_m for part in way.parts])
    moved = np.concatenate(([True], np.diff(ground.distance_m) > 0.0))
    turned = np.unwrap(line.longitude, period=360.0)
    latitude, longitude = (np.interp(at, ground.distance_m[moved], one[moved]) for one in (line.latitude, turned))
    return {
        "distance_m": np.round(at, 1).tolist(),
        "altitude_m": None if ground.profile is None else np.round(ground.height(at), 1).tolist(),
        "latitude": np.round(latitude, 6).tolist(),
        "longitude": np.round((longitude + 180.0) % 360.0 - 180.0, 6).tolist(),
        "seconds": None if way.times is None else np.round(np.interp(at, way.times.at, way.times.seconds), 1).tolist(),
    }


def _track(line: RouteLine) -> str:
    weight = significance(*local_metres(line.latitude, line.longitude), TOLERANCE_M)
    kept = most_significant(weight, TRACK_POINTS)
    return polyline.encode(line.latitude[kept], line.longitude[kept])


def _box(line: RouteLine) -> list[float]:
    turned = np.unwrap(line.longitude, period=360.0)
    return [float(turned.min()), float(line.latitude.min()), float(turned.max()), float(line.latitude.max())]


def _notes(way: PlannedWay) -> list[str]:
    """Return sentences about what the estimate lacks."""
    notes = []
    if way.ground.profile is None:
        notes.append("The file has no heights, so sections have no grade and the time is that of a flat route.")
    if way.times is None and way.pace.sport == "ride":
        notes.append("Set your FTP for rides to see how long this takes.")
    if way.times is None and way.pace.sport == "run":
        notes.append("Set your threshold pace for runs to see how long this takes.")
    if way.pace.sport == "ride" and not way.weighed:
        notes.append(f"Your weight is not set, so {RIDER_KG:g} kg is used.")
    if way.pace.sport == "ride" and not (way.pace.chainrings and way.pace.cassette):
        notes.append("Set chainrings and cassette to see the gear that each climb asks for.")
    return notes
