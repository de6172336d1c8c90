"""Segments: drawn from a stretch of an activity or taken from GPX, named, deleted and restored."""

from typing import Any

import numpy as np
from sqlalchemy import Row, delete, func, insert, select, update

from homestretch import formats
from homestretch.analysis.geo.segments import PRECISION, prepare
from homestretch.analysis.geometry import polyline
from homestretch.analysis.geometry.simplify import local_metres, simplify
from homestretch.errors import BadRequest, NotFound
from homestretch.flow.derive.compute.fused_samples import samples_in
from homestretch.flow.edit.thresholds import FAMILIES
from homestretch.flow.runtime.context import Context, public_id
from homestretch.formats import gpx
from homestretch.model.channel import Floats
from homestretch.model.sport import Sport
from homestretch.store.database import Reader, Writer
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, efforts
from homestretch.store.tables.kept import segments

STRAIGHTEN_M = 1.0
SHORTEST_M = 100.0
LONGEST_M = 300_000.0
LONGEST_NAME = 200


def draw(context: Context, scope: Scope, activity_id: int, name: str, start_s: float, end_s: float) -> str:
    """Draw a segment along an activity between two moments, in s since its start; return its id. Raises BadRequest."""
    scope.must("segments: edit")
    with context.database.read() as reader:
        row = reader.row(
            select(activities).where(activities.c.id == activity_id, activities.c.athlete_id == scope.athlete_id)
        )
        if row is None or row.primary_id is None:
            raise NotFound(what="activity", id=activity_id)
        latitude, longitude = _stretch(reader, row, start_s, end_s)
    family = Sport(row.sport, row.sub_sport).family
    return _keep(context, scope, name, family, latitude, longitude, f"activity:{row.public_id}")


def from_gpx(context: Context, scope: Scope, data: bytes, file_name: str, family: str, name: str | None = None) -> str:
    """Take the first track or route of a GPX (or another file with places) as a segment; return its id.

    A GPX may be without times, as a course that was drawn is.
    """
    scope.must("segments: edit")
    line = _line(data, file_name)
    if line is None:
        raise BadRequest(reason=f"{file_name} has no GPS track.")
    called = name or line.name or file_name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return _keep(context, scope, called, family, line.latitude, line.longitude, f"file:{file_name}"[:300])


def rename(context: Context, scope: Scope, segment: str, name: str) -> None:
    """Give a segment another name. Raises BadRequest, NotFound."""
    scope.must("segments: edit")
    with context.database.write() as session:
        row = _segment(session, scope, segment)
        session.run(update(segments).where(segments.c.id == row.id).values(name=_name(name)))


def remove(context: Context, scope: Scope, segment: str) -> None:
    """Delete a segment; `restore` undoes it."""
    scope.must("segments: edit")
    with context.database.write() as session:
        row = _segment(session, scope, segment)
        session.run(update(segments).where(segments.c.id == row.id).values(deleted_ms=context.clock()))
        session.run(delete(efforts).where(efforts.c.segment_id == row.id))


def restore(context: Context, scope: Scope, segment: str) -> None:
    """Show a deleted segment again; its times are looked for again."""
    scope.must("segments: edit")
    with context.database.write() as session:
        row = _segment(session, scope, segment)
        new = {"deleted_ms": None, "revision": _next_revision(session, scope)}
        session.run(update(segments).where(segments.c.id == row.id).values(new))


def _line(data: bytes, file_name: str) -> gpx.Line | None:
    """Return the places of the first recording that has some, else what a GPX draws."""
    decoded = formats.decode(data, file_name)
    for recording in decoded.recordings:
        latitude, longitude = recording.values("latitude"), recording.values("longitude")
        if latitude is not None and longitude is not None:
            known = ~np.isnan(latitude) & ~np.isnan(longitude)
            return gpx.Line(recording.name, latitude[known], longitude[known])
    return gpx.line(data) if decoded.format == "gpx" else None


def _keep(
    context: Context, scope: Scope, name: str, family: str, latitude: Floats, longitude: Floats, origin: str
) -> str:
    if family not in FAMILIES[1:]:
        raise BadRequest(reason=f"The sport of a segment must be one of {', '.join(FAMILIES[1:])}.")
    try:
        prepared = prepare(latitude, longitude)
    except ValueError as error:
        raise BadRequest(reason=f"This segment can't be created: {error}.") from error
    if not SHORTEST_M <= prepared.length_m <= LONGEST_M:
        raise BadRequest(reason=f"A segment must be {SHORTEST_M:g} m to {LONGEST_M / 1000:g} km long.")
    kept = simplify(*local_metres(latitude, longitude), STRAIGHTEN_M)
    shown = public_id()
    row = {
        "public_id": shown,
        "athlete_id": scope.athlete_id,
        "name": _name(name),
        "family": family,
        "line": polyline.encode(latitude[kept], longitude[kept], PRECISION),
        "origin": origin,
        "created_ms": context.clock(),
        "deleted_ms": None,
    }
    with context.database.write() as session:
        session.run(insert(segments), {**row, "revision": _next_revision(session, scope)})
    return shown


def _name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not 0 < len(cleaned) <= LONGEST_NAME:
        raise BadRequest(reason=f"A segment's name has 1 to {LONGEST_NAME} characters.")
    return cleaned


def _next_revision(session: Writer, scope: Scope) -> int:
    return (
        int(session.scalar(select(func.max(segments.c.revision)).where(segments.c.athlete_id == scope.athlete_id)) or 0)
        + 1
    )


def _segment(reader: Reader, scope: Scope, public: str) -> Row[Any]:
    row = reader.row(select(segments).where(segments.c.public_id == public, segments.c.athlete_id == scope.athlete_id))
    if row is None:
        raise NotFound(what="segment", id=public)
    return row


def _stretch(reader: Reader, activity: Row[Any], start_s: float, end_s: float) -> tuple[Floats, Floats]:
    cleaned = samples_in(reader, activity)
    places = None if cleaned is None else cleaned.places
    if cleaned is None or places is None:
        raise BadRequest(reason="This activity has no GPS track, so a segment can't be created from it.")
    shift = (cleaned.axis.start_ms - activity.start_ms) / 1000.0
    at = cleaned.axis.t[places.at] + shift
    inside = (at >= start_s) & (at <= end_s)
    return places.latitude[inside], places.longitude[inside]
