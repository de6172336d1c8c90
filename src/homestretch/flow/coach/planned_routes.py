"""Planned routes: read from files, made from activities, changed, removed and restored; files that are in question."""

import hashlib
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import cast

import numpy as np

from homestretch import formats
from homestretch.coach.routes.ground import ground_of
from homestretch.coach.routes.stored import encoded_line, thinned
from homestretch.errors import BadRequest, NotFound
from homestretch.flow.coach.changes import version_with
from homestretch.flow.derive.commit import Arrival, keep_arrivals, keep_outcomes
from homestretch.flow.derive.compute.fused_samples import samples_in
from homestretch.flow.derive.decode.decode_original import DecodeTask, decode_original
from homestretch.flow.imports.manual_entry import enter
from homestretch.flow.runtime.context import Context, public_id
from homestretch.model.coach.planned_route import RouteParameters, RouteSport
from homestretch.model.coach.route_line import RouteLine
from homestretch.model.sport import Sport
from homestretch.store.database import Reader, Writer
from homestretch.store.queries import planned_routes as store
from homestretch.store.queries.activities import activity_row
from homestretch.store.queries.identities import key_of
from homestretch.store.scope import Scope

#: What a file that gives its route no name calls it.
UNNAMED = "Route"
LONGEST_NAME = 200
#: A route's file has at most so many bytes; a route is so long, and has so many cuts, none nearer to another.
MOST_BYTES = 20_000_000
SHORTEST_M, LONGEST_M = 100.0, 2_000_000.0
MOST_CUTS, NEAREST_CUT_M = 200, 50.0
#: What a new route takes over from the one before: the rider and the bike, not the day.
LASTING = ("rider_kg", "bike_kg", "load_kg", "position", "cda", "surface", "crr", "chainrings", "cassette",
           "circumference_m", "cadence_rpm")  # fmt: skip
_NEEDED = ("latitude", "longitude", "altitude_m")
_SPORTS: Mapping[str, RouteSport] = {"ride": "ride", "run": "run", "walk": "hike"}


class NotARoute(BadRequest):
    """{reason}"""

    status = 422
    exit_code = 1


def import_file(
    context: Context,
    scope: Scope,
    data: bytes,
    file_name: str,
    *,
    name: str | None = None,
    sport: RouteSport | None = None,
) -> list[str]:
    """Read the planned routes of a file and return their ids; its bytes are kept.

    The same bytes again are the same routes. `name` (of a single route) and `sport` replace what the file says.
    Raises NotARoute.
    """
    scope.must("coach: edit")
    if len(data) > MOST_BYTES:
        raise BadRequest(reason=f"A route's file has at most {MOST_BYTES // 1_000_000} MB.")
    context.must_have_room(len(data))
    lines = read_lines(data, file_name)
    digest = hashlib.sha256(data).hexdigest()
    prepared = decode_original(context.archive, DecodeTask(digest, file_name, data))
    with context.database.write() as session:
        keep_arrivals(context, session, scope.athlete_id, [Arrival(digest, len(data), file_name)])
        keep_outcomes(context, session, scope.athlete_id, [prepared])
        found = _keep(context, session, scope, digest, file_name, lines, sport)
        if name is not None and len(found) == 1:
            store.change_route(session, store.find_route(session, scope, found[0]).id, {"name": _name(name)})
        return found


def add_imported(context: Context, athlete_id: int) -> int:
    """Read routes that came with the ordinary import, and note the files to ask about; return how many were added."""
    scope = Scope(athlete_id)
    with context.database.read() as reader:
        waiting = store.unread_files(reader, reading_formats(), athlete_id)
    added = 0
    for original in waiting:
        lines = _long_enough(formats.routes(context.archive.read(original.digest), original.path))
        with context.database.write() as session:
            if any(line.certainty == "question" for line in lines):
                _note(context, session, athlete_id, original.digest, "asked", lines)
            else:
                added += len(_keep(context, session, scope, original.digest, original.path, lines, None))
    return added


def waiting_athletes(context: Context) -> list[int]:
    """Return the athletes with files that may draw routes and were not looked at."""
    with context.database.read() as reader:
        return sorted({one.athlete_id for one in store.unread_files(reader, reading_formats())})


def reading_formats() -> list[str]:
    """Return the keys of the formats that hold planned routes."""
    return [form.key for form in formats.formats().values() if form.routes is not None]


def answer_route(context: Context, scope: Scope, digest: str) -> list[str]:
    """Take a file that is in question as planned routes; return their ids. Raises NotFound."""
    scope.must("coach: edit")
    with context.database.read() as reader:
        asked = store.find_file(reader, scope, digest)
    lines = _long_enough(formats.routes(context.archive.read(digest), asked.path))
    with context.database.write() as session:
        return _keep(context, session, scope, digest, asked.path, lines, None)


def answer_activity(
    context: Context, scope: Scope, digest: str, start_local: str | None = None, elapsed_s: float | None = None
) -> str | None:
    """Take a file that is in question as an activity that lost its times; it stays in the archive.

    With a start and a duration in s the activity is entered with the file's distance and climbing; its id is returned.
    Raises BadRequest, NotFound.
    """
    scope.must("coach: edit")
    if (start_local is None) is not (elapsed_s is None):
        raise BadRequest(reason="An activity needs both when it began and how long it took.")
    with context.database.read() as reader:
        asked = store.find_file(reader, scope, digest)
    lines = _long_enough(formats.routes(context.archive.read(digest), asked.path))
    made = None
    if start_local is not None and elapsed_s is not None:
        # The file names the entry, so that the same answer twice is one activity.
        made = enter(context, scope, _typed(asked, lines, start_local, elapsed_s), f"route:{digest}")
    with context.database.write() as session:
        for route in store.routes_of_original(session, scope, digest):
            store.change_route(session, route.id, {"removed_ms": context.clock()})
        _note(context, session, scope.athlete_id, digest, "activity", lines)
    return made


def from_activity(context: Context, scope: Scope, activity_id: int, name: str | None = None) -> str:
    """Make a planned route of where an activity went; return its id. Raises BadRequest, NotFound."""
    scope.must("coach: edit")
    with context.database.read() as reader:
        row = activity_row(reader, scope, activity_id)
        cleaned = None if row is None or row.primary_id is None else samples_in(reader, row, _NEEDED)
        if row is None:
            raise NotFound(what="activity", id=activity_id)
        places = None if cleaned is None else cleaned.places
        if cleaned is None or places is None:
            raise BadRequest(reason="This activity has no GPS track, so no route can be made from it.")
        altitude = cleaned.channels.values("altitude_m")
        subject = key_of(reader, scope.athlete_id, row.public_id)
    height = np.full(len(places.latitude), np.nan) if altitude is None else altitude[places.at]
    sport = _SPORTS.get(Sport(row.sport, row.sub_sport).family, "ride")
    line = RouteLine(row.name or UNNAMED, places.latitude, places.longitude, height, sport)
    if not _long_enough([line]):
        raise BadRequest(reason=f"A route must be {SHORTEST_M:g} m to {LONGEST_M / 1000:g} km long.")
    with context.database.write() as session:
        made = _new(session, scope, line, name or row.name or UNNAMED, None, subject=subject)
        store.put_routes(session, scope.athlete_id, context.clock(), [made])
    return made.public_id


def change(
    context: Context,
    scope: Scope,
    route_id: str,
    *,
    name: str | None = None,
    sport: RouteSport | None = None,
    cuts: Sequence[float] | None = None,
    parameters: RouteParameters | None = None,
) -> None:
    """Set the name, the sport, the cuts (m from the start) or the parameters of a route; None leaves one as it is.

    Raises BadRequest, NotFound.
    """
    scope.must("coach: edit")
    with context.database.write() as session:
        found = _there(session, scope, route_id)
        values: dict[str, object] = {}
        values |= {} if name is None else {"name": _name(name)}
        values |= {} if sport is None else {"sport": sport}
        values |= {} if cuts is None else {"cuts": checked_cuts(cuts, found.length_m)}
        values |= {} if parameters is None else {"parameters": _set_only(parameters)}
        if values:
            store.change_route(session, found.id, values)


def checked_cuts(cuts: Sequence[float], length_m: float) -> list[float]:
    """Return cuts in order, to 0.1 m. Raises BadRequest where they lie outside the route or too near to each other."""
    own = sorted({round(cut, 1) for cut in cuts})
    if len(own) > MOST_CUTS:
        raise BadRequest(reason=f"A route can have at most {MOST_CUTS} cuts.")
    ends = [0.0, *own, length_m]
    for before, after in pairwise(ends):
        if after - before < NEAREST_CUT_M:
            raise BadRequest(
                reason=f"A cut lies {NEAREST_CUT_M:g} m or more from the ends of the route and from other cuts: "
                f"{(after if after != length_m else before) / 1000:.2f} km does not."
            )
    return own


def remove(context: Context, scope: Scope, route_id: str) -> None:
    """Remove a planned route; `restore` brings it back."""
    _set_removed(context, scope, route_id, context.clock())


def restore(context: Context, scope: Scope, route_id: str) -> None:
    """Bring a removed planned route back."""
    _set_removed(context, scope, route_id, None)


def follow(context: Context, scope: Scope, session_id: str, route_id: str | None) -> None:
    """Say which route a planned session follows; None takes it back. Raises NotFound."""
    scope.must("coach: edit")
    with context.database.write() as session:
        version_with(session, scope, session_id)
        number = None if route_id is None else _there(session, scope, route_id).id
        store.put_session_route(session, scope, session_id, number, context.clock())


def read_lines(data: bytes, file_name: str) -> list[RouteLine]:
    """Return the routes that a file draws. Raises NotARoute."""
    decoded = formats.decode(data, file_name)
    if decoded.recordings:
        raise NotARoute(
            reason=f"{file_name} is an activity. Import it with the others, then choose Plan this route again."
        )
    lines = formats.routes(data, file_name)
    found = _long_enough(lines)
    if not found:
        why = f"Its routes are shorter than {SHORTEST_M:g} m or longer than {LONGEST_M / 1000:g} km."
        raise NotARoute(
            reason=f"{file_name} holds no route. {why if lines else 'Use a GPX route or track, a FIT or TCX course.'}"
        )
    return found


def _long_enough(lines: Sequence[RouteLine]) -> list[RouteLine]:
    return [line for line in lines if SHORTEST_M <= ground_of(line).length_m <= LONGEST_M]


def _keep(
    context: Context,
    session: Writer,
    scope: Scope,
    digest: str,
    file_name: str,
    lines: Sequence[RouteLine],
    sport: RouteSport | None,
) -> list[str]:
    """Keep the routes of a file, unless they are there; removed ones come back. Return their ids."""
    there = store.routes_of_original(session, scope, digest)
    for one in there:
        if one.removed_ms is not None:
            store.change_route(session, one.id, {"removed_ms": None})
    if not there:
        stem = _stem(file_name) or UNNAMED
        names = [line.name or (stem if len(lines) == 1 else f"{stem} {i + 1}") for i, line in enumerate(lines)]
        new = [
            _new(session, scope, line, name, sport, original=digest, place=place)
            for place, (line, name) in enumerate(zip(lines, names, strict=True))
        ]
        store.put_routes(session, scope.athlete_id, context.clock(), new)
        there = store.routes_of_original(session, scope, digest)
    _note(context, session, scope.athlete_id, digest, "added" if there else "empty", lines)
    return [one.public_id for one in there]


def _note(
    context: Context,
    session: Writer,
    athlete_id: int,
    digest: str,
    state: store.FileState,
    lines: Sequence[RouteLine],
) -> None:
    known = [(line.name, ground_of(line).length_m) for line in lines]
    store.put_file(session, athlete_id, digest, state, known, context.clock())


def _new(
    session: Writer,
    scope: Scope,
    line: RouteLine,
    name: str,
    sport: RouteSport | None,
    *,
    original: str | None = None,
    place: int | None = None,
    subject: str | None = None,
) -> store.NewRoute:
    line = thinned(line)
    ground, encoded = ground_of(line), encoded_line(line)
    sport = sport or line.sport or "ride"
    return store.NewRoute(
        public_id(),
        _name(name),
        sport,
        encoded.line,
        encoded.heights,
        ground.length_m,
        None if ground.profile is None else ground.climbed(0.0, ground.length_m),
        encoded.thumb,
        _usual(session, scope, sport),
        original,
        place,
        subject,
    )


def _usual(session: Writer, scope: Scope, sport: RouteSport) -> RouteParameters:
    """Return what a new route takes over from the last one of its sport."""
    last = next((one for one in store.list_routes(session, scope) if one.sport == sport), None)
    kept = {} if last is None else {key: value for key, value in last.parameters.items() if key in LASTING}
    return cast(RouteParameters, kept)


def _set_only(parameters: RouteParameters) -> RouteParameters:
    """Return what is set: neither null nor an empty list."""
    return cast(RouteParameters, {key: value for key, value in parameters.items() if value not in (None, [])})


def _typed(asked: store.AskedFile, lines: Sequence[RouteLine], start_local: str, elapsed_s: float) -> dict[str, object]:
    grounds = [ground_of(line) for line in lines]
    sports = {"ride": "cycling", "run": "running", "hike": "hiking"}
    return {
        "start_local": start_local,
        "elapsed_s": elapsed_s,
        "sport": next((sports[line.sport] for line in lines if line.sport is not None), "cycling"),
        "name": asked.name or _stem(asked.path) or None,
        "distance_m": round(sum(ground.length_m for ground in grounds), 1),
        "ascent_m": round(sum(ground.climbed(0.0, ground.length_m) for ground in grounds), 1) or None,
    }


def _name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not 0 < len(cleaned) <= LONGEST_NAME:
        raise BadRequest(reason=f"A route's name has 1 to {LONGEST_NAME} characters.")
    return cleaned


def _stem(file_name: str) -> str:
    return file_name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0].strip()[:LONGEST_NAME]


def _set_removed(context: Context, scope: Scope, route_id: str, removed_ms: int | None) -> None:
    scope.must("coach: edit")
    with context.database.write() as session:
        store.change_route(session, store.find_route(session, scope, route_id).id, {"removed_ms": removed_ms})


def _there(reader: Reader, scope: Scope, route_id: str) -> store.StoredRoute:
    found = store.find_route(reader, scope, route_id)
    if found.removed_ms is not None:
        raise NotFound(what="planned route", id=route_id)
    return found
