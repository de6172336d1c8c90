"""Notices: what the athlete should know of without having looked."""

from fastapi import APIRouter
from fastapi.responses import Response

from homestretch.api.context import AthleteContext
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Number
from homestretch.flow.runtime import notifications as flow
from homestretch.model.documents.notices import Notices
from homestretch.views.people.notices import notice_list

router = APIRouter(prefix="/api/notifications", tags=["notifications"])
#: The right that each operation needs.
RIGHTS = {
    "list_notifications": "notifications: list",
    "see_notifications": "notifications: edit",
    "delete_notification": "notifications: edit",
}


@router.get("", response_model=Notices)
def list_notifications(asking: AthleteContext) -> Response:
    """Return the athlete's notices, the newest first."""
    with asking.app.database.read() as reader:
        return answer(notice_list(reader, asking.of))


@router.post("/seen", status_code=204)
def see_notifications(asking: AthleteContext) -> Response:
    """Take all notices for read."""
    flow.see_all(asking.context, asking.of)
    return Response(status_code=204)


@router.delete("/{notice}", status_code=204)
def delete_notification(notice: Number, asking: AthleteContext) -> Response:
    """Delete a notice."""
    flow.remove(asking.context, asking.of, notice)
    return Response(status_code=204)
