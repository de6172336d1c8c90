"""Many activities changed at once: each act is one request, all or none, and its edits can be undone together."""

from fastapi import APIRouter
from fastapi.responses import Response

from homestretch.api.context import AthleteContext, AthleteRequest
from homestretch.api.filter_query import Wanted
from homestretch.api.json_response import answer
from homestretch.api.shapes.activities import ManyChange, ManyNamed
from homestretch.api.shapes.base import Problem
from homestretch.flow.edit.bulk import change_many, turn_many
from homestretch.flow.edit.merging import join_all
from homestretch.model.documents.activity import BulkEdits
from homestretch.views.activities.activities import matching_ids, named_ids
from homestretch.views.lists.filters import Filter

router = APIRouter(
    prefix="/api/activities", tags=["activities"], responses={404: {"model": Problem}, 409: {"model": Problem}}
)
#: The right that each operation needs.
RIGHTS = {
    "change_activities": "activities: edit",
    "delete_activities": "activities: edit",
    "restore_activities": "activities: edit",
    "merge_activities": "matches: answer",
}


@router.patch("", response_model=BulkEdits)
def change_activities(body: ManyChange, asking: AthleteContext, what: Wanted) -> Response:
    """Set fields of activities and add or remove tags; without `activities` of all that the query's filter leaves."""
    ids = _ids(asking, body.activities, what)
    fields = body.fields.model_dump(exclude_unset=True)
    made = change_many(asking.context, asking.of, ids, fields, body.add_tags, body.remove_tags)
    return _answer(ids, made)


@router.post("/delete", response_model=BulkEdits)
def delete_activities(body: ManyNamed, asking: AthleteContext, what: Wanted) -> Response:
    """Delete activities so that they can be restored; without `activities` all that the query's filter leaves."""
    ids = _ids(asking, body.activities, what)
    return _answer(ids, turn_many(asking.context, asking.of, ids, "delete"))


@router.post("/restore", response_model=BulkEdits)
def restore_activities(body: ManyNamed, asking: AthleteContext, what: Wanted) -> Response:
    """Show deleted activities again; without `activities` all that the query's filter leaves."""
    ids = _ids(asking, body.activities, what)
    return _answer(ids, turn_many(asking.context, asking.of, ids, "restore"))


@router.post("/merge", response_model=BulkEdits)
def merge_activities(body: ManyNamed, asking: AthleteContext, what: Wanted) -> Response:
    """Make activities one; those that follow each other become its pieces."""
    ids = _ids(asking, body.activities, what)
    return _answer(ids, join_all(asking.context, asking.of, ids))


def _ids(asking: AthleteRequest, named: list[str] | None, what: Filter) -> list[int]:
    """Return the ids of the activities named, deleted or hidden ones too, or of all that the filter leaves."""
    with asking.app.database.read() as reader:
        if named is None:
            return matching_ids(reader, asking.of, what)
        return named_ids(reader, asking.of, named)


def _answer(ids: list[int], made: list[int]) -> Response:
    return answer({"count": len(ids), "edits": [str(edit) for edit in made]})
