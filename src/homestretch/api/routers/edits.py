"""Single edits: undone and redone."""

from fastapi import APIRouter

from homestretch.api.context import AthleteContext, AthleteRequest
from homestretch.api.shapes.activities import EditIds
from homestretch.api.shapes.base import Number
from homestretch.flow.edit.edits import set_undone, turn_all
from homestretch.model.documents.activity import Activity
from homestretch.views.activities.activity import activity
from homestretch.views.kit.identity import public_id_of

router = APIRouter(prefix="/api/edits", tags=["edits"])
#: The right that each operation needs.
RIGHTS = {
    "undo_edits": "activities: edit",
    "undo_edit": "activities: edit",
    "redo_edit": "activities: edit",
}


@router.post("/undo", status_code=204)
def undo_edits(body: EditIds, asking: AthleteContext) -> None:
    """Take several edits back, all or none."""
    turn_all(asking.context, asking.of, [int(edit) for edit in body.edits], "undo")


@router.post("/{edit}/undo", response_model=Activity)
def undo_edit(edit: Number, asking: AthleteContext) -> Activity:
    """Take an edit back."""
    return _turn(asking, edit, "undo")


@router.post("/{edit}/redo", response_model=Activity)
def redo_edit(edit: Number, asking: AthleteContext) -> Activity:
    """Redo an edit that was undone."""
    return _turn(asking, edit, "redo")


def _turn(asking: AthleteRequest, edit: int, verb: str) -> Activity:
    identity = set_undone(asking.context, asking.of, edit, verb)
    with asking.app.database.read() as reader:
        return activity(reader, asking.of, public_id_of(reader, asking.of, identity))
