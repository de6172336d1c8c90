"""Explorer tiles: the squares of the map that were visited."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from homestretch.api.context import AthleteContext
from homestretch.api.json_response import answer
from homestretch.api.shapes.places import Family
from homestretch.errors import BadRequest
from homestretch.model.documents.places import TileState
from homestretch.views.places.tiles import Box, tiles

router = APIRouter(prefix="/api/tiles", tags=["places"])
#: The right that each operation needs.
RIGHTS = {
    "get_tiles": "activities: read",
}


@router.get("", response_model=TileState)
def get_tiles(
    asking: AthleteContext,
    zoom: Annotated[int, Query(ge=14, le=17)] = 14,
    sport: Annotated[Family | None, Query()] = None,
    since: Annotated[date | None, Query(alias="from")] = None,
    until: Annotated[date | None, Query(alias="to")] = None,
    bbox: Annotated[str | None, Query(max_length=100)] = None,
) -> Response:
    """Return the tiles visited at zoom 14 or 17 by a sport family, of these only those in west,south,east,north."""
    box = None if bbox is None else _box(bbox)
    with asking.app.database.read() as reader:
        return answer(tiles(reader, asking.of, zoom, sport, since, until, box))


def _box(text: str) -> Box:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise BadRequest(reason="bbox must be west,south,east,north in degrees.") from error
    if not (abs(west) <= 180 and abs(east) <= 180 and -90 <= south <= north <= 90):
        raise BadRequest(reason="bbox must be west,south,east,north in degrees.")
    return west, south, east, north
