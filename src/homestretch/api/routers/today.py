"""Today at a glance."""

from fastapi import APIRouter
from fastapi.responses import Response

from homestretch.api.context import AthleteContext
from homestretch.api.json_response import answer
from homestretch.model.documents.today import Today
from homestretch.views.system.backups import last_backup
from homestretch.views.today.today import today_document

router = APIRouter(prefix="/api/today", tags=["today"])
#: The right that each operation needs.
RIGHTS = {
    "get_today": "activities: read",
}


@router.get("", response_model=Today)
def get_today(asking: AthleteContext) -> Response:
    """Return how the athlete is, what was done, what comes next, and what needs an answer."""
    with asking.app.database.read() as reader:
        backup = last_backup(reader, asking.app.settings) if asking.caller.is_admin else None
        return answer(today_document(reader, asking.of, asking.context.clock(), backup))
