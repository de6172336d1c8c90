"""Differences between sources, and changes there that a person approves."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from homestretch.api.context import AthleteContext, AthleteRequest
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Number, Problem
from homestretch.api.shapes.compare import NewProposals, Numbers
from homestretch.errors import BadRequest
from homestretch.flow.writeback import proposals as flow
from homestretch.flow.writeback.states import OPEN
from homestretch.model.documents.compare import Compared, ProposalPage
from homestretch.views.activities.activity import resolve
from homestretch.views.page import compare as view
from homestretch.views.sources.proposals import proposal_list

router = APIRouter(prefix="/api", tags=["compare"], responses={404: {"model": Problem}})
#: The right that each operation needs.
RIGHTS = {
    "compare_month": "matches: read",
    "compare_activity": "matches: read",
    "list_proposals": "proposals: list",
    "propose": "proposals: make",
    "approve": "proposals: approve",
    "reject": "proposals: make",
    "revert_proposal": "proposals: approve",
}

type Month = Annotated[str, Path(pattern=r"^(19|20|21)\d{2}-(0[1-9]|1[0-2])$")]
type States = Annotated[list[str] | None, Query()]


@router.get("/compare/{month}", response_model=Compared)
def compare_month(month: Month, asking: AthleteContext) -> Response:
    """Return each source's values for the activities of a month."""
    return answer(_month(asking, month))


@router.get("/activities/{activity}/compare", response_model=Compared)
def compare_activity(activity: str, asking: AthleteContext) -> Response:
    """Return each source's values for an activity."""
    return answer(_activity(asking, activity))


@router.get("/proposals", response_model=ProposalPage)
def list_proposals(
    asking: AthleteContext, state: States = None, limit: Annotated[int, Query(ge=1, le=500)] = 200
) -> Response:
    """Return proposed changes, the newest first: in some states, or all."""
    with asking.app.database.read() as reader:
        return answer(proposal_list(reader, asking.of, state or [], limit))


@router.post("/proposals", response_model=ProposalPage, status_code=201)
def propose(body: NewProposals, asking: AthleteContext) -> Response:
    """Propose the changes that give the sources our values, for a month or an activity."""
    if (body.month is None) is (body.activity is None):
        raise BadRequest(reason="Give a month or an activity.")
    found = _month(asking, body.month) if body.month else _activity(asking, body.activity or "")
    wanted = view.changes_of(found, body.connections, body.fields, again=body.activity is not None)
    flow.propose(asking.context, asking.of, [flow.ProposedChange(*one) for one in wanted])
    with asking.app.database.read() as reader:
        return answer(proposal_list(reader, asking.of, [OPEN], 500), 201)


@router.post("/proposals/approve", response_model=ProposalPage, responses={409: {"model": Problem}})
def approve(body: Numbers, asking: AthleteContext) -> Response:
    """Let changes be made: they go out within seconds."""
    flow.approve(asking.context, asking.of, map(int, body.ids))
    asking.app.wake()
    return list_proposals(asking)


@router.post("/proposals/reject", response_model=ProposalPage, responses={409: {"model": Problem}})
def reject(body: Numbers, asking: AthleteContext) -> Response:
    """Let changes not be made."""
    flow.reject(asking.context, asking.of, map(int, body.ids))
    return list_proposals(asking)


@router.post("/proposals/{proposal}/undo", response_model=ProposalPage, responses={409: {"model": Problem}})
def revert_proposal(proposal: Number, asking: AthleteContext) -> Response:
    """Put there again what an applied change replaced."""
    flow.revert(asking.context, asking.of, proposal)
    asking.app.wake()
    return list_proposals(asking)


def _month(asking: AthleteRequest, month: str) -> Compared:
    with asking.app.database.read() as reader:
        return view.compare_month(reader, asking.of, date.fromisoformat(f"{month}-01"), asking.context.clock())


def _activity(asking: AthleteRequest, activity: str) -> Compared:
    with asking.app.database.read() as reader:
        row = resolve(reader, asking.of, activity)
        return view.compare_activity(reader, asking.of, row, asking.context.clock())
