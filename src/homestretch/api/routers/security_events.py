"""The security log: the server's for administrators, an athlete's for its owners, one's own for everybody."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response, StreamingResponse

from homestretch.api.context import AthleteContext, ByCaller
from homestretch.api.json_response import answer, as_file
from homestretch.api.shapes.base import BINARY, Problem
from homestretch.model.documents.collections import Page
from homestretch.model.documents.security import SecurityEvent
from homestretch.model.security.events import Kind
from homestretch.views.people import security_events as views

router = APIRouter(prefix="/api", tags=["security"], responses={400: {"model": Problem}})
#: The right that each operation needs.
RIGHTS = {
    "list_security_events": "server: manage",
    "export_security_events": "server: manage",
    "list_account_security_events": "account: secure",
    "list_athlete_security_events": "people: read",
}

A_TABLE = {"content": {"text/csv": {"schema": BINARY}}}

type Limit = Annotated[int, Query(ge=1, le=500)]
type Cursor = Annotated[str | None, Query(max_length=100)]
type Kinds = Annotated[list[Kind] | None, Query(max_length=100)]
type Account = Annotated[int | None, Query(ge=0, lt=1 << 63)]


@router.get("/security-events", response_model=Page[SecurityEvent])
def list_security_events(
    asking: ByCaller, kind: Kinds = None, account: Account = None, limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """Return who signed in and who changed who may do what, newest first; by `account` or about it."""
    with asking.app.database.read() as reader:
        return answer(views.all_events(reader, kind or [], account, limit, cursor))


@router.get(
    "/security-events/table.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": BINARY}}}},
)
def export_security_events(asking: ByCaller, kind: Kinds = None, account: Account = None) -> Response:
    """Return the same as CSV in UTF-8, all at once."""
    lines = views.events_table(asking.app.database, kind or [], account)
    return StreamingResponse(lines, media_type="text/csv", headers=as_file("security-events.csv"))


@router.get("/account/security-events", response_model=Page[SecurityEvent])
def list_account_security_events(asking: ByCaller, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Return your own sign-ins, what you changed, and what others changed about your account, newest first."""
    with asking.app.database.read() as reader:
        return answer(views.own_events(reader, asking.caller.account_id, limit, cursor))


@router.get("/people/security-events", response_model=Page[SecurityEvent])
def list_athlete_security_events(asking: AthleteContext, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Return who was given and lost access to the athlete, links, exports and the like, newest first."""
    with asking.app.database.read() as reader:
        return answer(views.athlete_events(reader, asking.of, limit, cursor))
