"""Charts, as Frames that any client can draw."""

from datetime import date
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field, ValidationError

from homestretch.api.context import AthleteContext, ByCaller
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.errors import BadRequest
from homestretch.model.documents.charts import ChartInfo, FrameBody
from homestretch.model.documents.collections import Listing
from homestretch.views.kit.frame import Asked, chart_list, frame
from homestretch.views.kit.today import today

router = APIRouter(prefix="/api/charts", tags=["charts"])
#: The right that each operation needs.
RIGHTS = {
    "list_charts": "server: read",
    "get_frames": "activities: read",
    "get_chart": "activities: read",
}

type Word = Annotated[str | None, Field(max_length=40)]


class Choices(BaseModel):
    """What a chart is asked."""

    since: date | None = Field(None, alias="from")
    until: date | None = Field(None, alias="to")
    other_since: date | None = Field(None, alias="other_from")
    other_until: date | None = Field(None, alias="other_to")
    sport: Word = None
    activity: Word = None
    kind: Word = None
    by: Word = None

    def asked(self, now: date) -> Asked:
        """Return the same as a chart takes it, on a day."""
        return Asked(today=now, **self.model_dump())


@router.get("", response_model=Listing[ChartInfo])
def list_charts(_asking: ByCaller) -> Listing[ChartInfo]:
    """Return which charts there are, and what they may be asked."""
    return {"items": chart_list()}


@router.get("/frames", response_model=Listing[FrameBody], responses={404: {"model": Problem}})
def get_frames(
    asking: AthleteContext,
    ask: Annotated[list[Annotated[str, Query(max_length=400)]], Query(min_length=1, max_length=20)],
) -> Response:
    """Return what several charts show, each asked for as `key?from=…&sport=…`, in that order."""
    asked = [_spelled(one) for one in ask]
    with asking.app.database.read() as reader:
        now = today(reader, asking.of, asking.context.clock())
        return answer({"items": [frame(reader, asking.of, key, choices.asked(now)) for key, choices in asked]})


@router.get("/{key}", response_model=FrameBody, responses={404: {"model": Problem}})
def get_chart(key: str, asking: AthleteContext, choices: Annotated[Choices, Query()]) -> Response:
    """Return what a chart shows; what it does not take note of is passed over."""
    with asking.app.database.read() as reader:
        asked = choices.asked(today(reader, asking.of, asking.context.clock()))
        return answer(frame(reader, asking.of, key, asked))


def _spelled(ask: str) -> tuple[str, Choices]:
    """Return the chart and the choices that are asked for as `key?from=…`. Raises BadRequest."""
    key, _, query = ask.partition("?")
    try:
        return key, Choices.model_validate(dict(parse_qsl(query)))
    except ValidationError as error:
        wrong = error.errors()[0]
        raise BadRequest(reason=f"{key}, {wrong['loc'][-1]}: {wrong['msg']}") from error
