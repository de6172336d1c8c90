"""Activities beside others: those like one, and how far one was behind another."""

from fastapi import APIRouter
from fastapi.responses import Response

from homestretch.api.context import AthleteContext
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.model.documents.similar import ActivityGap, SimilarActivities
from homestretch.views.activities.activity import resolve
from homestretch.views.page.activity_gap import activity_gap
from homestretch.views.places.similar import similar_activities

router = APIRouter(prefix="/api/activities", tags=["activities"], responses={404: {"model": Problem}})
#: The right that each operation needs.
RIGHTS = {"list_similar_activities": "activities: read", "get_activity_gap": "activities: read"}


@router.get("/{activity}/similar", response_model=SimilarActivities)
def list_similar_activities(activity: str, asking: AthleteContext) -> Response:
    """Return at most ten activities like one: the latest on its route, then those about as long from the same place."""
    with asking.app.database.read() as reader:
        return answer(similar_activities(reader, asking.of, resolve(reader, asking.of, activity)))


@router.get("/{activity}/gap/{other}", response_model=ActivityGap, responses={409: {"model": Problem}})
def get_activity_gap(activity: str, other: str, asking: AthleteContext) -> Response:
    """Return how far another activity was behind this one, at places evenly spaced along what this one went."""
    with asking.app.database.read() as reader:
        rows = [resolve(reader, asking.of, public_id) for public_id in (activity, other)]
        return answer(activity_gap(reader, asking.of, *rows))
