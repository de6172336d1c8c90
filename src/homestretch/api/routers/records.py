"""Records: best efforts, the longest and highest, streaks."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from homestretch.api.context import AthleteContext
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.model.documents.history import RecordHistory
from homestretch.model.documents.training import Records
from homestretch.views.page.record_history import record_history
from homestretch.views.training.records import all_records

router = APIRouter(prefix="/api/records", tags=["records"])
#: The right that each operation needs.
RIGHTS = {
    "get_records": "activities: read",
    "get_record_history": "activities: read",
}


@router.get("", response_model=Records)
def get_records(
    asking: AthleteContext,
    name: Annotated[str | None, Query(max_length=60)] = None,
    since: Annotated[date | None, Query(alias="from")] = None,
    until: Annotated[date | None, Query(alias="to")] = None,
    top: Annotated[int, Query(ge=1, le=50)] = 3,
) -> Response:
    """Return the best efforts of a class (the one with most activities by default), totals and streaks."""
    with asking.app.database.read() as reader:
        return answer(all_records(reader, asking.of, name, since, until, top))


@router.get("/history", response_model=RecordHistory, responses={404: {"model": Problem}})
def get_record_history(
    asking: AthleteContext,
    name: Annotated[str, Query(max_length=60)],
    kind: Annotated[str, Query(max_length=40)],
    size: Annotated[float, Query(gt=0, le=1e9)],
) -> Response:
    """Return how the record of a class, a kind and a size came to be, and the best of each month."""
    with asking.app.database.read() as reader:
        return answer(record_history(reader, asking.of, name, kind, size))
