"""The calendar: months with what was done in them, and where each source stands with them."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from homestretch.api.context import AthleteContext, AthleteRequest
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem, Shape
from homestretch.errors import Conflict
from homestretch.flow.sync import runs as flow
from homestretch.model.documents.calendar import Calendar, CalendarMonth
from homestretch.views.page import calendar as view

router = APIRouter(prefix="/api/calendar", tags=["calendar"], responses={404: {"model": Problem}})
#: The right that each operation needs.
RIGHTS = {
    "get_calendar": "activities: read",
    "get_month": "activities: read",
    "sync_month": "sources: sync",
    "refetch_month": "sources: sync",
}

_MONTH = r"^(19|20|21)\d{2}-(0[1-9]|1[0-2])$"
type Month = Annotated[str, Path(pattern=_MONTH)]


class OfConnection(Shape):
    """One connection, or (null) all of them."""

    connection: str | None = None


@router.get("", response_model=Calendar)
def get_calendar(
    asking: AthleteContext,
    first: Annotated[str, Query(alias="from", pattern=_MONTH)],
    last: Annotated[str, Query(alias="to", pattern=_MONTH)],
) -> Response:
    """Return the months from one to another."""
    with asking.app.database.read() as reader:
        return answer(view.calendar(reader, asking.of, _first_day(first), _first_day(last)))


@router.get("/{month}", response_model=CalendarMonth)
def get_month(month: Month, asking: AthleteContext) -> Response:
    """Return a month with the activities of each day."""
    with asking.app.database.read() as reader:
        return answer(view.calendar_month(reader, asking.of, _first_day(month)))


@router.post("/{month}/sync", response_model=CalendarMonth, responses={409: {"model": Problem}})
def sync_month(month: Month, body: OfConnection, asking: AthleteContext) -> Response:
    """Ask the sources for a month: what is new or missing there is fetched."""
    first = _first_day(month)
    since, until = first.isoformat(), view.month_end(first).isoformat()
    _each(asking, body.connection, lambda one: flow.sync_now(asking.context, asking.of, one, since=since, until=until))
    return get_month(month, asking)


@router.post("/{month}/refetch", response_model=CalendarMonth, responses={409: {"model": Problem}})
def refetch_month(month: Month, body: OfConnection, asking: AthleteContext) -> Response:
    """Fetch all of a month again, also what is here; nothing is deleted."""
    first = _first_day(month)
    since, until = first.isoformat(), view.month_end(first).isoformat()
    _each(asking, body.connection, lambda one: flow.refetch_days(asking.context, asking.of, one, since, until))
    return get_month(month, asking)


def _first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _each(asking: AthleteRequest, connection: str | None, act: Callable[[str], object]) -> None:
    """Do it to a connection, or to all that can be asked now; of several, one that is busy keeps no other waiting."""
    if connection is not None:
        act(connection)
    else:
        with asking.app.database.read() as reader:
            ready = view.ready_connections(reader, asking.of)
        refusals = [refused for one in ready if (refused := _refusal(act, one)) is not None]
        if len(refusals) == len(ready):
            raise (
                refusals[0]
                if refusals
                else Conflict(reason=("No source can be synced now. Connect a source, resume it or sign in again."))
            )
    asking.app.wake()


def _refusal(act: Callable[[str], object], connection: str) -> Conflict | None:
    try:
        act(connection)
    except Conflict as refused:
        return refused
    return None
