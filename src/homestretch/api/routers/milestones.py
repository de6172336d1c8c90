"""Milestones: what was reached, and what is ahead."""

from fastapi import APIRouter
from fastapi.responses import Response

from homestretch.api.context import AthleteContext
from homestretch.api.json_response import answer
from homestretch.model.documents.history import Milestones
from homestretch.views.kit.today import today
from homestretch.views.training.milestones import milestones

router = APIRouter(prefix="/api/milestones", tags=["records"])
#: The right that each operation needs.
RIGHTS = {
    "list_milestones": "activities: read",
}


@router.get("", response_model=Milestones)
def list_milestones(asking: AthleteContext) -> Response:
    """Return every milestone with the activity that reached it, the newest first, and the nearest ones ahead."""
    with asking.app.database.read() as reader:
        return answer(milestones(reader, asking.of, today(reader, asking.of, asking.context.clock())))
