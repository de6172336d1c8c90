"""Filters of the list of activities that an account keeps under a name."""

from fastapi import APIRouter
from fastapi.responses import Response

from homestretch.api.context import AthleteContext
from homestretch.api.json_response import answer
from homestretch.api.shapes.activities import FilterChange, NewFilter
from homestretch.api.shapes.base import Problem
from homestretch.flow.edit.saved import filters as flow
from homestretch.model.documents.activity import SavedFilters
from homestretch.views.lists.saved_filters import saved_filter_list

router = APIRouter(prefix="/api/saved-filters", tags=["activities"], responses={404: {"model": Problem}})
#: The right that each operation needs: what an account keeps is its own.
RIGHTS = {
    "list_saved_filters": "activities: read",
    "save_filter": "activities: read",
    "change_saved_filter": "activities: read",
    "remove_saved_filter": "activities: read",
    "restore_saved_filter": "activities: read",
}


@router.get("", response_model=SavedFilters)
def list_saved_filters(asking: AthleteContext) -> Response:
    """Return your saved filters for this athlete."""
    with asking.app.database.read() as reader:
        return answer(saved_filter_list(reader, asking.of))


@router.post("", response_model=SavedFilters, status_code=201)
def save_filter(body: NewFilter, asking: AthleteContext) -> Response:
    """Keep a filter under a name; return all of yours."""
    flow.save_filter(asking.context, asking.of, body.name, body.query)
    with asking.app.database.read() as reader:
        return answer(saved_filter_list(reader, asking.of), 201)


@router.patch("/{saved}", response_model=SavedFilters)
def change_saved_filter(saved: str, body: FilterChange, asking: AthleteContext) -> Response:
    """Rename a filter, or change what it keeps; return all of yours."""
    flow.change_filter(asking.context, asking.of, saved, body.model_dump(exclude_none=True))
    return list_saved_filters(asking)


@router.delete("/{saved}", status_code=204)
def remove_saved_filter(saved: str, asking: AthleteContext) -> Response:
    """Remove a filter; it can be restored."""
    flow.remove_filter(asking.context, asking.of, saved)
    return Response(status_code=204)


@router.post("/{saved}/restore", response_model=SavedFilters)
def restore_saved_filter(saved: str, asking: AthleteContext) -> Response:
    """Keep a removed filter again; return all of yours."""
    flow.restore_filter(asking.context, asking.of, saved)
    return list_saved_filters(asking)
