"""Schedules: when one would be due."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from homestretch.api._answer import answer
from homestretch.api._asking import OfAthlete
from homestretch.api._shapes import Problem
from homestretch.api._shapes_sources import ScheduleTimes
from homestretch.flow.schedule import athlete_zone, next_times

router = APIRouter(prefix="/api/schedules", tags=["sources"])


@router.get("", response_model=ScheduleTimes, responses={422: {"model": Problem}})
def preview(asking: OfAthlete, text: Annotated[str, Query(max_length=100)]) -> Response:
    """Return the next five times of a schedule, in the athlete's zone."""
    with asking.app.database.read() as reader:
        zone = athlete_zone(reader, asking.of.athlete_id)
    return answer({"times_ms": next_times(text, zone, asking.world.clock(), 5)})
