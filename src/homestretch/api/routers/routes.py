"""Routes: courses that were followed more than once."""

from fastapi import APIRouter
from fastapi.responses import Response

from homestretch.api.context import AthleteContext
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.places import RouteChange
from homestretch.flow.edit import edits
from homestretch.model.documents.collections import Listing
from homestretch.model.documents.places import RouteItem, RouteWhole
from homestretch.views.activities.activity import resolve
from homestretch.views.places.routes import route_list, route_whole

router = APIRouter(prefix="/api/routes", tags=["routes"])
#: The right that each operation needs.
RIGHTS = {
    "list_routes": "segments: read",
    "get_route": "segments: read",
    "name_route": "segments: edit",
}


@router.get("", response_model=Listing[RouteItem])
def list_routes(asking: AthleteContext, imperial: bool = False) -> Response:
    """Return the routes followed at least twice, or named; a name made up has miles if `imperial`."""
    with asking.app.database.read() as reader:
        return answer({"items": route_list(reader, asking.of, imperial=imperial)})


@router.get("/{route}", response_model=RouteWhole, responses={404: {"model": Problem}})
def get_route(route: str, asking: AthleteContext, imperial: bool = False) -> Response:
    """Return a route, by the id of any activity on it, with every time."""
    with asking.app.database.read() as reader:
        return answer(route_whole(reader, asking.of, route, imperial=imperial))


@router.patch("/{route}", response_model=RouteWhole, responses={404: {"model": Problem}})
def name_route(route: str, body: RouteChange, asking: AthleteContext, imperial: bool = False) -> Response:
    """Name a route; null takes the name back."""
    with asking.app.database.read() as reader:
        founder = resolve(reader, asking.of, route_whole(reader, asking.of, route)["id"])
    edits.change(asking.context, asking.of, founder.id, {"route_name": body.name})
    with asking.app.database.read() as reader:
        return answer(route_whole(reader, asking.of, route, imperial=imperial))
