"""Calls of the language model: what was sent for the athlete, and what came back."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from homestretch.api.context import AthleteContext
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Number, Problem
from homestretch.model.documents.coach_model import ModelCall, ModelCallRow
from homestretch.model.documents.collections import Page
from homestretch.views.coach.model import state as views

router = APIRouter(prefix="/api/coach/calls", tags=["coach"])
#: The right that each operation needs.
RIGHTS = {"list_model_calls": "model: read", "get_model_call": "model: read"}


@router.get("", response_model=Page[ModelCallRow])
def list_model_calls(
    asking: AthleteContext,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> Response:
    """Return the calls for the athlete, the newest first."""
    with asking.app.database.read() as reader:
        return answer(views.model_calls(reader, asking.of, limit, cursor))


@router.get("/{call}", response_model=ModelCall, responses={404: {"model": Problem}})
def get_model_call(call: Number, asking: AthleteContext) -> Response:
    """Return a call with what was sent and answered, as long as that is kept."""
    with asking.app.database.read() as reader:
        return answer(views.model_call(reader, asking.of, call))
