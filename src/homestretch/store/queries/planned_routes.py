"""Keeps and reads planned routes, the files that draw them, and which route a session follows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, cast

from sqlalchemy import ColumnElement, Select, delete, select, update

from homestretch.errors import NotFound
from homestretch.model.coach.planned_route import RouteParameters, RouteSport
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.arrivals import in_force
from homestretch.store.scope import Scope
from homestretch.store.tables.coach import planned_routes, route_files, session_routes
from homestretch.store.tables.derived import outcomes
from homestretch.store.tables.kept import arrivals

#: What is known of a file with lines: its routes were added, it has none, the athlete is asked, or it was an activity.
type FileState = Literal["added", "empty", "asked", "activity"]


@dataclass(frozen=True, slots=True)
class NewRoute:
    """A planned route to keep; see the table."""

    public_id: str
    name: str
    sport: RouteSport
    line: str
    heights: str | None
    length_m: float
    gain_m: float | None
    thumb: str
    parameters: RouteParameters
    original: str | None = None
    place: int | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class StoredRoute:
    """A planned route as it is kept; see the table. Times are UTC ms."""

    id: int
    public_id: str
    name: str
    sport: RouteSport
    line: str
    heights: str | None
    length_m: float
    gain_m: float | None
    thumb: str
    cuts: tuple[float, ...]
    parameters: RouteParameters
    original: str | None
    place: int | None
    subject: str | None
    created_ms: int
    removed_ms: int | None


@dataclass(frozen=True, slots=True)
class RouteOriginal:
    """A file that may draw routes, and the name that it came under."""

    athlete_id: int
    digest: str
    path: str


@dataclass(frozen=True, slots=True)
class AskedFile:
    """A file that the athlete is asked about: route or activity? How many lines it draws, and the first one's length.

    `state` is what is known of the file.
    """

    digest: str
    path: str
    state: FileState
    name: str | None
    length_m: float | None
    lines: int


def list_routes(reader: Reader, scope: Scope) -> list[StoredRoute]:
    """Return the planned routes, the newest first, without removed ones and those of imports that were undone."""
    query = _selected(scope).where(planned_routes.c.removed_ms.is_(None), _still_there())
    return _routes(reader, query.order_by(planned_routes.c.id.desc()))


def find_route(reader: Reader, scope: Scope, public_id: str) -> StoredRoute:
    """Return a planned route, also one that was removed. Raises NotFound."""
    found = _routes(reader, _selected(scope).where(planned_routes.c.public_id == public_id, _still_there()))
    if not found:
        raise NotFound(what="planned route", id=public_id)
    return found[0]


def routes_of_original(reader: Reader, scope: Scope, digest: str) -> list[StoredRoute]:
    """Return the routes that were read from a file, also removed ones, in its order."""
    query = _selected(scope).where(planned_routes.c.original == digest)
    return _routes(reader, query.order_by(planned_routes.c.place))


def put_routes(session: Writer, athlete_id: int, now: int, new: Sequence[NewRoute]) -> None:
    """Keep routes; the line of a file that is there stays as it is."""
    rest = {"athlete_id": athlete_id, "cuts": [], "created_ms": now, "removed_ms": None}
    session.insert_new(planned_routes, [{**asdict(one), **rest} for one in new])


def change_route(session: Writer, number: int, values: Mapping[str, object]) -> None:
    """Set columns of a route: name, sport, cuts, parameters, removed_ms."""
    session.run(update(planned_routes).where(planned_routes.c.id == number).values(**values))


def put_file(
    session: Writer, athlete_id: int, digest: str, state: FileState, lines: Sequence[tuple[str | None, float]], now: int
) -> None:
    """Keep what is known of a file with lines, as (name, length in m)."""
    name, length = lines[0] if lines else (None, None)
    row = {"athlete_id": athlete_id, "digest": digest, "state": state, "name": name, "length_m": length}
    session.put(route_files, [{**row, "lines": len(lines), "created_ms": now}])


def unread_files(reader: Reader, formats: Iterable[str], athlete_id: int | None = None) -> list[RouteOriginal]:
    """Return the files that draw lines, of the formats named, that were not looked at yet."""
    known = select(route_files.c.digest).where(
        route_files.c.digest == outcomes.c.digest, route_files.c.athlete_id == outcomes.c.athlete_id
    )
    query = (
        select(arrivals.c.athlete_id, arrivals.c.digest, arrivals.c.path)
        .join(outcomes, (outcomes.c.digest == arrivals.c.digest) & (outcomes.c.athlete_id == arrivals.c.athlete_id))
        .where(outcomes.c.kind == "course", outcomes.c.format.in_(sorted(formats)), in_force(), ~known.exists())
        .order_by(arrivals.c.id)
    )
    if athlete_id is not None:
        query = query.where(outcomes.c.athlete_id == athlete_id)
    found = {(row.athlete_id, row.digest): row for row in reversed(reader.rows(query))}
    return [RouteOriginal(row.athlete_id, row.digest, row.path) for row in reversed(found.values())]


def asked_files(reader: Reader, scope: Scope) -> list[AskedFile]:
    """Return the files that the athlete is asked about, in the order in which they came."""
    return _files(reader, scope, route_files.c.state == "asked")


def find_file(reader: Reader, scope: Scope, digest: str) -> AskedFile:
    """Return a file that draws lines. Raises NotFound."""
    found = _files(reader, scope, route_files.c.digest == digest)
    if not found:
        raise NotFound(what="file", id=digest)
    return found[0]


def put_session_route(session: Writer, scope: Scope, of: str, route_id: int | None, now: int) -> None:
    """Keep which route a session follows; None takes it back."""
    table = session_routes
    if route_id is None:
        session.run(delete(table).where(table.c.athlete_id == scope.athlete_id, table.c.session == of))
        return
    row = {"athlete_id": scope.athlete_id, "session": of, "route_id": route_id, "created_ms": now}
    session.put(table, [row])


def session_route(reader: Reader, scope: Scope, of: str) -> StoredRoute | None:
    """Return the route that a session follows, if it has one that is still there."""
    mine = (session_routes.c.session == of) & (session_routes.c.athlete_id == scope.athlete_id)
    query = _selected(scope).join(session_routes, session_routes.c.route_id == planned_routes.c.id)
    found = _routes(reader, query.where(mine, planned_routes.c.removed_ms.is_(None), _still_there()))
    return found[0] if found else None


def sessions_of_route(reader: Reader, scope: Scope, route_id: int) -> list[str]:
    """Return the ids of the sessions that follow a route."""
    mine = (session_routes.c.route_id == route_id) & (session_routes.c.athlete_id == scope.athlete_id)
    return [row.session for row in reader.rows(select(session_routes.c.session).where(mine))]


def _files(reader: Reader, scope: Scope, where: ColumnElement[bool]) -> list[AskedFile]:
    """Return files that are still there under the name that they came under first, in the order of coming."""
    files = {
        row.digest: row
        for row in reader.rows(select(route_files).where(route_files.c.athlete_id == scope.athlete_id, where))
    }
    if not files:
        return []
    came = (arrivals.c.athlete_id == scope.athlete_id) & arrivals.c.digest.in_(sorted(files)) & in_force()
    rows = reader.rows(select(arrivals.c.id, arrivals.c.digest, arrivals.c.path).where(came))
    names: dict[str, str] = {}
    for row in sorted(rows, key=lambda one: one.id):
        names.setdefault(row.digest, row.path)
    found = [(files[digest], path) for digest, path in names.items()]
    return [
        AskedFile(row.digest, path, cast(FileState, row.state), row.name, row.length_m, row.lines)
        for row, path in found
    ]


def _selected(scope: Scope) -> Select[tuple[object, ...]]:
    return select(planned_routes).where(planned_routes.c.athlete_id == scope.athlete_id)


def _still_there() -> ColumnElement[bool]:
    """Return the condition that a route was made from an activity, or that the import of its file was not undone."""
    came = select(arrivals.c.id).where(
        arrivals.c.digest == planned_routes.c.original, arrivals.c.athlete_id == planned_routes.c.athlete_id, in_force()
    )
    return planned_routes.c.original.is_(None) | came.exists()


def _routes(reader: Reader, query: Select[tuple[object, ...]]) -> list[StoredRoute]:
    return [
        StoredRoute(
            id=row.id,
            public_id=row.public_id,
            name=row.name,
            sport=cast(RouteSport, row.sport),
            line=row.line,
            heights=row.heights,
            length_m=row.length_m,
            gain_m=row.gain_m,
            thumb=row.thumb,
            cuts=tuple(row.cuts),
            parameters=cast(RouteParameters, row.parameters),
            original=row.original,
            place=row.place,
            subject=row.subject,
            created_ms=row.created_ms,
            removed_ms=row.removed_ms,
        )
        for row in reader.rows(query)
    ]
