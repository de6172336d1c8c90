"""Planned routes as files: for devices and other services, and their sections as a table."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date

import numpy as np

from homestretch.errors import unknown
from homestretch.formats import route_formats
from homestretch.model.coach.route_line import RouteFile
from homestretch.model.documents.planned_routes import RouteSection
from homestretch.store.database import Reader
from homestretch.store.queries.planned_routes import find_route
from homestretch.store.scope import Scope
from homestretch.views.coach.routes.plan import PlannedWay, plan_of
from homestretch.views.coach.routes.routes import route_item, section_documents, section_name
from homestretch.views.coach.workouts import WorkoutFile

#: Metres a second of a course without an estimate: devices want times.
EVEN_MPS = 5.0
_COLUMNS = ("number", "start_m", "end_m", "length_m", "kind", "category", "gain_m", "grade_pct", "steepest_pct",
            "seconds", "power_w")  # fmt: skip


def route_file(reader: Reader, scope: Scope, route_id: str, format_key: str, day: date) -> WorkoutFile:
    """Return a route as GPX, TCX or FIT, or its sections as CSV or JSON. Raises NotFound, BadRequest."""
    scope.must("coach: read")
    forms = route_formats()
    if format_key not in (*forms, "csv", "json"):
        raise unknown("format", format_key, (*forms, "csv", "json"))
    way = plan_of(reader, scope, find_route(reader, scope, route_id), day)
    parts = section_documents(way)
    name = _file_name(way.stored.name)
    if format_key == "csv":
        return WorkoutFile(f"{name}.csv", "text/csv; charset=utf-8", _csv(parts))
    if format_key == "json":
        whole = {**route_item(way.stored), "sections": parts, "conditions": way.conditions}
        return WorkoutFile(f"{name}.json", "application/json", json.dumps(whole, indent=1).encode())
    form = forms[format_key]
    return WorkoutFile(f"{name}.{form.suffix}", form.media_type, form.encode(_drawn(way, parts)))


def _drawn(way: PlannedWay, parts: list[RouteSection]) -> RouteFile:
    """Return a route with its own points, and those where sections begin, so that marks lie on the line."""
    ground, line = way.ground, way.line
    moved = np.concatenate(([True], np.diff(ground.distance_m) > 0.0))
    known = ground.distance_m[moved]
    at = np.union1d(known, [part["start_m"] for part in parts])
    turned = np.unwrap(line.longitude[moved], period=360.0)
    places = [np.interp(at, known, one) for one in (line.latitude[moved], turned, line.altitude_m[moved])]
    drawn = replace(line, latitude=places[0], longitude=(places[1] + 180.0) % 360.0 - 180.0, altitude_m=places[2])
    seconds = at / EVEN_MPS if way.times is None else np.interp(at, way.times.at, way.times.seconds)
    marks = tuple((part["start_m"], section_name(part)) for part in parts)
    return RouteFile(drawn, at, seconds, marks, way.stored.created_ms)


def _csv(parts: list[RouteSection]) -> bytes:
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\r\n")
    rows.writerow((*_COLUMNS, "chainring", "sprocket", "teeth_short"))
    for part in parts:
        gear = part["gear"]
        geared = ("", "", "") if gear is None else (gear["chainring"], gear["sprocket"], gear["short"])
        rows.writerow((*(_cell(part[key]) for key in _COLUMNS), *geared))  # type: ignore[literal-required]
    return table.getvalue().encode()


def _cell(value: object) -> object:
    return "" if value is None else round(value, 2) if isinstance(value, float) else value


def _file_name(name: str) -> str:
    plain = "".join(c if c.isalnum() or c in "._- " else " " for c in name)
    return re.sub(r"\s+", "-", plain.strip())[:60].strip(".-") or "route"
