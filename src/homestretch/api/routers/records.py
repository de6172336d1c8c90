"""Records: best efforts, the longest and highest, streaks."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from homestretch.api.context import AthleteContext
from homestretch.api.json_response import answer
from homestretch.model.documents.training import Records
from homestretch.views.training.records import all_records

router = APIRouter(prefix="/api/records", tags=["records"])
#: The right that each operation needs.
RIGHTS = {
    "get_records": "activities: read",
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
