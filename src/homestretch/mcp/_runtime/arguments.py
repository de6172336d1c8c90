"""The arguments that tools share."""

from datetime import date
from typing import Annotated

from pydantic import Field

FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)
From = Annotated[date | None, Field(alias="from", ge=FIRST, le=LAST, description="First local day, YYYY-MM-DD.")]
To = Annotated[date | None, Field(ge=FIRST, le=LAST, description="Last local day (included), YYYY-MM-DD.")]
Day = Annotated[date | None, Field(ge=FIRST, le=LAST, description="A local day, YYYY-MM-DD; without one today.")]
Limit = Annotated[int, Field(ge=1, le=100, description="The most rows of the answer.")]
Cursor = Annotated[str | None, Field(max_length=400, description="`next` of the answer before.")]
Id = Annotated[str, Field(min_length=1, max_length=60, description="The id of an activity, as `activities` gives it.")]
Sport = Annotated[
    str | None,
    Field(max_length=60, description="A family (ride, run, swim, walk, row, ski) or a sport such as cycling."),
]
