"""What is going on in the background."""

from fastapi import APIRouter

from homestretch.api.context import AthleteContext
from homestretch.model.documents.training import WorkLeft
from homestretch.views.system.progress import work_left

router = APIRouter(prefix="/api/progress", tags=["progress"])
#: The right that each operation needs.
RIGHTS = {
    "get_progress": "progress: read",
}


@router.get("", response_model=WorkLeft)
def get_progress(asking: AthleteContext) -> WorkLeft:
    """Return how many activities are still to be measured, compared with segments and placed on routes."""
    with asking.app.database.read() as reader:
        return work_left(reader, asking.of)
