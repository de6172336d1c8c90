"""Schedules: when one would be due."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from homestretch.api.context import AthleteContext
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.flow.runtime.schedule import LEAST_MS, athlete_zone, next_times
from homestretch.model.documents.sources import ScheduleTimes
from homestretch.views.sources import sources as view

router = APIRouter(prefix="/api/schedules", tags=["sources"])
#: The right that each operation needs.
RIGHTS = {
    "preview": "sources: read",
}


@router.get("", response_model=ScheduleTimes, responses={422: {"model": Problem}})
def preview(
    asking: AthleteContext, text: Annotated[str, Query(max_length=100)], connection: str | None = None
) -> Response:
    """Return the next five times of a schedule, in the athlete's zone; a connection may be asked more often."""
    now = asking.context.clock()
    with asking.app.database.read() as reader:
        zone = athlete_zone(reader, asking.of.athlete_id)
        least = LEAST_MS if connection is None else view.connection(reader, asking.of, connection, now)["least_ms"]
    return answer({"times_ms": next_times(text, zone, now, 5, least)})
