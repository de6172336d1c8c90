"""Corrections of an activity's samples: what there is, what each would change, and having it so."""

from fastapi import APIRouter
from fastapi.responses import Response

from homestretch.api.context import AthleteContext
from homestretch.api.json_response import answer
from homestretch.api.shapes.activities import CorrectionBody
from homestretch.api.shapes.base import Problem
from homestretch.flow.edit.corrections import correct
from homestretch.model.documents.activity import Activity
from homestretch.model.documents.collections import Listing
from homestretch.model.documents.corrections import CorrectionPreview, CorrectionTool
from homestretch.views.activities.activity import activity as activity_of
from homestretch.views.activities.activity import resolve
from homestretch.views.activities.corrections import preview_of, tools_of

router = APIRouter(prefix="/api/activities/{activity}/corrections", tags=["activities"])
#: The right that each operation needs.
RIGHTS = {
    "list_corrections": "activities: edit",
    "preview_correction": "activities: edit",
    "correct_activity": "activities: edit",
}


@router.get("", response_model=Listing[CorrectionTool], responses={409: {"model": Problem}})
def list_corrections(activity: str, asking: AthleteContext) -> Response:
    """Return the corrections that there are, each with values to begin with, or why this activity can't have it."""
    with asking.app.database.read() as reader:
        return answer(tools_of(reader, asking.of, activity))


@router.post("/preview", response_model=CorrectionPreview, responses={409: {"model": Problem}})
def preview_correction(activity: str, body: CorrectionBody, asking: AthleteContext) -> Response:
    """Return what a correction would change; nothing is saved."""
    with asking.app.database.read() as reader:
        return answer(preview_of(reader, asking.of, activity, body.correction, body.plain()))


@router.post("", response_model=Activity, responses={409: {"model": Problem}})
def correct_activity(activity: str, body: CorrectionBody, asking: AthleteContext) -> Response:
    """Correct an activity's samples; what was recorded stays, and the edit can be undone."""
    with asking.app.database.read() as reader:
        row = resolve(reader, asking.of, activity)
    correct(asking.context, asking.of, row.id, body.correction, body.plain())
    with asking.app.database.read() as reader:
        return answer(activity_of(reader, asking.of, row.public_id))
