"""What of a plan leaves: sessions for providers, proposed for approval, and the calendar at its secret address."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from homestretch.api.context import AthleteContext, ByAnyone
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.coach.sending import NewCalendar, SessionsToSend
from homestretch.errors import HomestretchError
from homestretch.flow.accounts.accounts import count_wrong_address
from homestretch.flow.coach import sending as flow
from homestretch.model.documents.coach_sending import CalendarFeed, Sending
from homestretch.views.coach.leaving.calendar import calendar_feed, calendar_of
from homestretch.views.coach.leaving.sending import Chosen, sending

router = APIRouter(tags=["coach"])
#: The right that each operation needs.
RIGHTS = {
    "list_sending": "coach: read",
    "propose_sending": "proposals: make",
    "get_calendar_feed": "coach: read",
    "make_calendar_feed": "coach: approve",
    "remove_calendar_feed": "coach: approve",
    "get_calendar_file": "server: reach",
}
Days = Annotated[int | None, Query(ge=0, le=400, description="Sessions of the next days. By default of all.")]
To = Annotated[str | None, Query(max_length=60, description="Source or connection. By default every one.")]


class NoCalendar(HomestretchError):
    """This address leads to no calendar. Make a new one under Settings, Calendar."""

    status = 404


@router.get("/api/coach/sending", response_model=Sending, responses={404: {"model": Problem}})
def list_sending(asking: AthleteContext, to: To = None, days: Days = None, session: str | None = None) -> Response:
    """Return the sessions of the plan in force beside what is at providers, from today on."""
    with asking.app.database.read() as reader:
        return answer(sending(reader, asking.of, asking.context.clock(), Chosen(to, days, session)))


@router.post("/api/coach/sending", response_model=Sending, status_code=201, responses={404: {"model": Problem}})
def propose_sending(body: SessionsToSend, asking: AthleteContext) -> Response:
    """Propose to make what is at providers what the plan says; approve the proposals to send it."""
    chosen = Chosen(body.to, body.days, body.session)
    flow.propose(asking.context, asking.of, chosen)
    with asking.app.database.read() as reader:
        return answer(sending(reader, asking.of, asking.context.clock(), chosen), 201)


@router.get("/api/coach/calendar", response_model=CalendarFeed)
def get_calendar_feed(asking: AthleteContext) -> Response:
    """Return whether the calendar has an address, and since when."""
    with asking.app.database.read() as reader:
        return answer(calendar_feed(reader, asking.of))


@router.post("/api/coach/calendar", response_model=CalendarFeed, status_code=201)
def make_calendar_feed(body: NewCalendar, asking: AthleteContext) -> Response:
    """Make a new address for the calendar, in place of the one before; the answer is the only place that has it."""
    path = flow.make_calendar(asking.context, asking.of, body.notes)
    with asking.app.database.read() as reader:
        return answer(calendar_feed(reader, asking.of, path), 201)


@router.delete("/api/coach/calendar", status_code=204)
def remove_calendar_feed(asking: AthleteContext) -> Response:
    """Remove the address of the calendar."""
    flow.remove_calendar(asking.context, asking.of)
    return Response(status_code=204)


@router.get(
    "/calendar/{token}.ics",
    response_class=Response,
    responses={
        200: {"content": {"text/calendar": {"schema": {"type": "string"}}}},
        304: {},
        404: {"model": Problem},
        429: {"model": Problem},
    },
)
def get_calendar_file(token: str, request: Request, app: ByAnyone) -> Response:
    """Return the calendar at a secret address, for calendar programs; no sign-in is needed."""
    with app.database.read() as reader:
        found = calendar_of(reader, token, app.context.clock(), app.settings.public_url)
    if found is None:
        count_wrong_address(app.context, address=request.client.host if request.client else "unknown")
        raise NoCalendar
    tag = f'"{found.tag}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(found.data, media_type="text/calendar; charset=utf-8", headers=headers)
