"""Planned routes: read from files or made from activities, with sections and times, and as files."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from homestretch.api.context import AthleteContext, AthleteRequest
from homestretch.api.json_response import answer, as_file
from homestretch.api.shapes.base import BINARY, Problem
from homestretch.api.shapes.coach.routes import FollowedRoute, NewRoute, PlannedRouteChange, RouteAnswer
from homestretch.errors import BadRequest
from homestretch.flow.coach import planned_routes as flow
from homestretch.model.coach.planned_route import RouteSport
from homestretch.model.documents.planned_routes import (
    PlannedRoute,
    PlannedRouteItem,
    PlannedRoutes,
    RouteAnswered,
    RouteIds,
    SessionRoute,
)
from homestretch.views.activities.activity import resolve
from homestretch.views.coach.routes import files, routes
from homestretch.views.kit.today import today

router = APIRouter(prefix="/api/coach", tags=["coach"])
#: The right that each operation needs.
RIGHTS = {
    "list_planned_routes": "coach: read",
    "plan_route": "coach: edit",
    "import_planned_route": "coach: edit",
    "answer_route_file": "coach: edit",
    "get_planned_route": "coach: read",
    "change_planned_route": "coach: edit",
    "remove_planned_route": "coach: edit",
    "restore_planned_route": "coach: edit",
    "get_planned_route_file": "coach: read",
    "get_session_route": "coach: read",
    "follow_route": "coach: edit",
}
type Ending = Literal["gpx", "tcx", "fit", "csv", "json"]
type Name = Annotated[str | None, Query(max_length=200)]


@router.get("/routes", response_model=PlannedRoutes)
def list_planned_routes(asking: AthleteContext) -> Response:
    """Return the planned routes, the newest first, and the files that may be routes or activities."""
    with asking.app.database.read() as reader:
        return answer(routes.route_list(reader, asking.of))


@router.post("/routes", response_model=PlannedRoute, status_code=201)
def plan_route(body: NewRoute, asking: AthleteContext) -> Response:
    """Make a planned route of where an activity went."""
    with asking.app.database.read() as reader:
        activity_id = resolve(reader, asking.of, body.activity).id
    return _whole(asking, flow.from_activity(asking.context, asking.of, activity_id, body.name), status=201)


@router.post("/routes/file", response_model=RouteIds, status_code=201)
async def import_planned_route(
    request: Request,
    asking: AthleteContext,
    file: Annotated[str, Query(max_length=200)] = "route.gpx",
    name: Name = None,
    sport: RouteSport | None = None,
) -> Response:
    """Read the routes of the file in the body: GPX, or a FIT or TCX course."""
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > flow.MOST_BYTES:
            raise BadRequest(reason=f"A route's file has at most {flow.MOST_BYTES // 1_000_000} MB.")
    return await run_in_threadpool(_import, asking, bytes(data), file, name, sport)


@router.post("/routes/files/{drawing}", response_model=RouteAnswered, responses={404: {"model": Problem}})
def answer_route_file(drawing: str, body: RouteAnswer, asking: AthleteContext) -> Response:
    """Say whether a file without times is a route or an activity."""
    if body.activity:
        made = flow.answer_activity(asking.context, asking.of, drawing, body.start_local, body.elapsed_s)
        asking.app.wake()
        return answer({"items": [], "activity": made})
    return answer({"items": _items(asking, flow.answer_route(asking.context, asking.of, drawing)), "activity": None})


@router.get("/routes/{planned}", response_model=PlannedRoute, responses={404: {"model": Problem}})
def get_planned_route(planned: str, asking: AthleteContext) -> Response:
    """Return a planned route with its sections, and how long they take by today's thresholds."""
    return _whole(asking, planned)


@router.patch("/routes/{planned}", response_model=PlannedRoute)
def change_planned_route(planned: str, body: PlannedRouteChange, asking: AthleteContext) -> Response:
    """Change the name, the sport, the cuts or the parameters of a planned route."""
    flow.change(
        asking.context,
        asking.of,
        planned,
        name=body.name,
        sport=body.sport,
        cuts=body.cuts,
        parameters=None if body.parameters is None else body.parameters.noun(),
    )
    return _whole(asking, planned)


@router.delete("/routes/{planned}", status_code=204)
def remove_planned_route(planned: str, asking: AthleteContext) -> Response:
    """Remove a planned route; `restore` brings it back."""
    flow.remove(asking.context, asking.of, planned)
    return Response(status_code=204)


@router.post("/routes/{planned}/restore", response_model=PlannedRoute)
def restore_planned_route(planned: str, asking: AthleteContext) -> Response:
    """Bring a removed planned route back."""
    flow.restore(asking.context, asking.of, planned)
    return _whole(asking, planned)


@router.get(
    "/routes/{planned}/file.{ending}",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {"schema": BINARY}}}, 404: {"model": Problem}},
)
def get_planned_route_file(planned: str, ending: Ending, asking: AthleteContext) -> Response:
    """Return a planned route as GPX, TCX or FIT, or its sections as CSV or JSON."""
    with asking.app.database.read() as reader:
        day = today(reader, asking.of, asking.context.clock())
        made = files.route_file(reader, asking.of, planned, ending, day)
    return Response(made.data, media_type=made.media_type, headers=as_file(made.name))


@router.get("/sessions/{session}/route", response_model=SessionRoute, responses={404: {"model": Problem}})
def get_session_route(session: str, asking: AthleteContext) -> Response:
    """Return the planned route that a session follows, and how long it takes."""
    return _followed(asking, session)


@router.put("/sessions/{session}/route", response_model=SessionRoute, responses={404: {"model": Problem}})
def follow_route(session: str, body: FollowedRoute, asking: AthleteContext) -> Response:
    """Say which planned route a session follows; null takes it back."""
    flow.follow(asking.context, asking.of, session, body.route)
    return _followed(asking, session)


def _import(asking: AthleteRequest, data: bytes, file: str, name: str | None, sport: RouteSport | None) -> Response:
    found = flow.import_file(asking.context, asking.of, data, file, name=name, sport=sport)
    return answer({"items": _items(asking, found)}, 201)


def _items(asking: AthleteRequest, found: list[str]) -> list[PlannedRouteItem]:
    with asking.app.database.read() as reader:
        return routes.route_items(reader, asking.of, found)


def _whole(asking: AthleteRequest, route: str, status: int = 200) -> Response:
    with asking.app.database.read() as reader:
        day = today(reader, asking.of, asking.context.clock())
        return answer(routes.route_whole(reader, asking.of, route, day), status)


def _followed(asking: AthleteRequest, session: str) -> Response:
    with asking.app.database.read() as reader:
        day = today(reader, asking.of, asking.context.clock())
        return answer(routes.session_route(reader, asking.of, session, day))
