"""Charts, as Frames that any client can draw."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from homestretch.api._answer import answer
from homestretch.api._asking import ByCaller, OfAthlete
from homestretch.api._shapes import Listing, Problem
from homestretch.api._shapes_numbers import ChartInfo, FrameBody
from homestretch.views.frame import Asked, charts, frame
from homestretch.views.today import today

router = APIRouter(prefix="/api/charts", tags=["charts"])

type Word = Annotated[str | None, Query(max_length=40)]


@router.get("", response_model=Listing[ChartInfo])
def list_charts(_asking: ByCaller) -> object:
    """Return which charts there are, and what they may be asked."""
    shown = ("key", "title", "asks", "choices")
    return {"items": [{name: getattr(chart, name) for name in shown} for chart in charts().values()]}


@router.get("/{key}", response_model=FrameBody, responses={404: {"model": Problem}})
def get_chart(
    key: str,
    asking: OfAthlete,
    since: Annotated[date | None, Query(alias="from")] = None,
    until: Annotated[date | None, Query(alias="to")] = None,
    other_since: Annotated[date | None, Query(alias="other_from")] = None,
    other_until: Annotated[date | None, Query(alias="other_to")] = None,
    sport: Word = None,
    activity: Word = None,
    kind: Word = None,
    by: Word = None,
) -> Response:
    """Return what a chart shows; what it does not take note of is passed over."""
    with asking.app.database.read() as reader:
        asked = Asked(
            today=today(reader, asking.of, asking.world.clock()), since=since, until=until, sport=sport,
            activity=activity, kind=kind, by=by, other_since=other_since, other_until=other_until,
        )  # fmt: skip
        found = frame(reader, asking.of, key, asked)
    return answer(found)
