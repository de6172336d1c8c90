"""The heat map, as tiles that any map can lay over itself."""

from datetime import date
from typing import Annotated

from anyio import from_thread
from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from homestretch.api.context import AthleteContext
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import BINARY
from homestretch.api.shapes.places import Family
from homestretch.model.documents.places import HeatState
from homestretch.views.kit.lru_cache import Abandoned
from homestretch.views.places.heat import asked, heat_state, heat_tile

router = APIRouter(prefix="/api/heat", tags=["places"])
#: The right that each operation needs.
RIGHTS = {
    "get_heat": "activities: read",
    "get_heat_tile": "activities: read",
}

type Zoom = Annotated[int, Path(ge=0, le=22)]
type Spot = Annotated[int, Path(ge=0, lt=1 << 22)]


@router.get("", response_model=HeatState)
def get_heat(asking: AthleteContext) -> Response:
    """Return how much is drawn and what is pending, the years and sports, and the box around everything."""
    with asking.app.database.read() as reader:
        return answer(heat_state(reader, asking.of))


@router.get(
    "/{zoom}/{x}/{y}.png",
    response_class=Response,
    responses={
        200: {"content": {"image/png": {"schema": BINARY}}},
        204: {"description": "Nobody waits for the tile any more"},
        304: {"description": "The tile is what the ETag says"},
    },
)
def get_heat_tile(
    zoom: Zoom,
    x: Spot,
    y: Spot,
    request: Request,
    asking: AthleteContext,
    sport: Annotated[Family | None, Query()] = None,
    since: Annotated[date | None, Query(alias="from")] = None,
    until: Annotated[date | None, Query(alias="to")] = None,
) -> Response:
    """Return a tile of 256 by 256 pixels; one with nothing on it is clear, as maps want a picture for each."""
    with asking.app.database.read() as reader:
        heat = asked(reader, asking.of, sport, since, until, lambda: from_thread.run(request.is_disconnected))
        headers = {"ETag": f'"{heat.watermark}"', "Cache-Control": "private, no-cache"}
        if f'"{heat.watermark}"' in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        try:
            return Response(heat_tile(reader, asking.of, heat, zoom, x, y), media_type="image/png", headers=headers)
        except Abandoned:
            return Response(status_code=204)  # the map has moved on, so no one reads it
