"""The coach's rules, plans, workouts and planned routes as one document, and as a zip with the routes beside it."""

import io
import zipfile
from collections.abc import Collection, Sequence
from datetime import date
from typing import Literal, get_args

import orjson

from homestretch.model.coach.rule import rule_document
from homestretch.model.documents.coach_files import (
    FORMAT,
    INSIDE,
    VERSION,
    CoachFile,
    FilePlan,
    FileRoute,
    FileVersion,
    FileWorkout,
)
from homestretch.model.moment import iso
from homestretch.store.database import Reader
from homestretch.store.queries import plans as stored
from homestretch.store.queries.planned_routes import list_routes
from homestretch.store.queries.plans import StoredVersion
from homestretch.store.queries.rules import newest_rules
from homestretch.store.queries.workouts import StoredWorkout, list_workouts
from homestretch.store.scope import Scope
from homestretch.views.coach.routes.files import route_file

Part = Literal["rules", "plans", "workouts", "routes"]
PARTS: tuple[Part, ...] = get_args(Part)
#: Zips know no earlier time; the same content has the same bytes.
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def coach_file(reader: Reader, scope: Scope, parts: Collection[Part], day: date) -> CoachFile:
    """Return these parts of what the coach has; every version of every plan, the newest rules."""
    scope.must("coach: read")
    found = CoachFile(format=FORMAT, version=VERSION)
    if "rules" in parts:
        found["rules"] = [rule_document(rule) for rule in newest_rules(reader, scope.athlete_id)[1]]
    if "plans" in parts:
        every = [stored.versions_of(reader, scope, plan) for plan in stored.plan_ids(reader, scope)]
        found["plans"] = [_plan(rows) for rows in reversed(every)]
    if "workouts" in parts:
        found["workouts"] = [_workout(one) for one in reversed(list_workouts(reader, scope.athlete_id))]
    if "routes" in parts:
        found["routes"] = [
            FileRoute(
                name=one.name,
                sport=one.sport,
                length_m=one.length_m,
                gpx=route_file(reader, scope, one.public_id, "gpx", day).data.decode("utf-8"),
            )
            for one in reversed(list_routes(reader, scope))
        ]
    return found


def coach_zip(document: CoachFile) -> bytes:
    """Return a zip of the document, and of its routes as GPX for other programs."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        _put(archive, INSIDE, orjson.dumps(document, option=orjson.OPT_INDENT_2))
        for number, route in enumerate(document.get("routes", ()), start=1):
            _put(archive, f"routes/{number:03} {_plain(route['name'])}.gpx", route["gpx"].encode())
    return made.getvalue()


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _EARLIEST), data, zipfile.ZIP_DEFLATED)


def _plain(name: str) -> str:
    """Return a name that every file system takes."""
    return "".join(sign if sign.isalnum() or sign in " -" else "_" for sign in name)[:60].strip() or "route"


def _plan(rows: Sequence[StoredVersion]) -> FilePlan:
    return FilePlan(title=rows[0].title, versions=[_version(row) for row in reversed(rows)])


def _version(row: StoredVersion) -> FileVersion:
    return FileVersion(
        version=row.version,
        parent=row.parent,
        status=row.status,
        author=row.author,
        why=row.why,
        cause=row.cause,
        thresholds=row.thresholds,
        algorithm=row.algorithm,
        created_at=iso(row.created_ms),
        body=row.document,
    )


def _workout(one: StoredWorkout) -> FileWorkout:
    return FileWorkout(
        name=one.name,
        sport=one.sport,
        hard=one.hard,
        steps=one.document["steps"],
        description=one.document["description"],
        tags=one.document["tags"],
    )
