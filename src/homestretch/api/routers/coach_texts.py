"""Texts of the coach, written by a model or by code: reviews, explanations, changes of a plan, rules from words."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from homestretch.api.context import AthleteContext
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.coach.texts import NewText, TextDecision
from homestretch.flow.coach.texts import make as flow
from homestretch.model.documents.coach_texts import CoachText, CoachTexts
from homestretch.views.coach.texts import texts as views

router = APIRouter(prefix="/api/coach/texts", tags=["coach"])
#: The right that each operation needs.
RIGHTS = {
    "list_coach_texts": "coach: read",
    "make_coach_text": "coach: edit",
    "get_coach_text": "coach: read",
    "decide_coach_text": "coach: approve",
}
Kind = Literal["workout", "week", "explanation", "change", "rules"]


@router.get("", response_model=CoachTexts, responses={404: {"model": Problem}})
def list_coach_texts(
    asking: AthleteContext,
    kind: Kind | None = None,
    activity: Annotated[str | None, Query(max_length=60, description="Only reviews of this activity.")] = None,
    limit: Annotated[int, Query(ge=1, le=views.MOST)] = 20,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> Response:
    """Return texts, the newest first."""
    with asking.app.database.read() as reader:
        return answer(views.coach_texts(reader, asking.of, kind, activity, limit, cursor))


@router.post("", response_model=CoachText, status_code=202, responses={404: {"model": Problem}})
def make_coach_text(body: NewText, asking: AthleteContext) -> Response:
    """Ask for a text; a job writes it. Without a model, or where the model fails, code writes it."""
    wanted = flow.TextWanted(
        kind=body.kind,
        activity=body.activity,
        day=body.day,
        plan=body.plan,
        version=body.version,
        words=body.words,
    )
    made = flow.ask_for(asking.context, asking.of, wanted)
    asking.app.wake()
    with asking.app.database.read() as reader:
        return answer(views.coach_text(reader, asking.of, asking.context.clock(), made), 202)


@router.get("/{text}", response_model=CoachText, responses={404: {"model": Problem}})
def get_coach_text(text: str, asking: AthleteContext) -> Response:
    """Return a text, which waits until it is written."""
    with asking.app.database.read() as reader:
        return answer(views.coach_text(reader, asking.of, asking.context.clock(), text))


@router.post("/{text}/decision", response_model=CoachText, responses={404: {"model": Problem}})
def decide_coach_text(text: str, body: TextDecision, asking: AthleteContext) -> Response:
    """Approve the changes that a text suggests, which makes the next version of the plan, or reject them."""
    flow.decide(asking.context, asking.of, text, body.decision, body.changes, body.why)
    with asking.app.database.read() as reader:
        return answer(views.coach_text(reader, asking.of, asking.context.clock(), text))
