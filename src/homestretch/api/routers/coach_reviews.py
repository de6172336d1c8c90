"""Reviews: what was done beside what was planned."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from homestretch.api.context import AthleteContext
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.health import Day
from homestretch.model.documents.coach_reviews import BlockReview, WeekReview, WorkoutReview
from homestretch.views.coach.reviews.block import block_review
from homestretch.views.coach.reviews.week import week_review
from homestretch.views.coach.reviews.workout import workout_review
from homestretch.views.kit.today import today

router = APIRouter(prefix="/api/coach/reviews", tags=["coach"])
#: The right that each operation needs.
RIGHTS = {"get_week_review": "coach: read", "get_block_review": "coach: read", "get_workout_review": "coach: read"}


@router.get("", response_model=WeekReview)
def get_week_review(
    asking: AthleteContext,
    day: Annotated[Day | None, Query(description="A day of the week. By default today.")] = None,
) -> Response:
    """Return the review of a week."""
    now = asking.context.clock()
    with asking.app.database.read() as reader:
        return answer(week_review(reader, asking.of, now, day or today(reader, asking.of, now)))


@router.get("/block", response_model=BlockReview)
def get_block_review(
    asking: AthleteContext,
    day: Annotated[Day | None, Query(description="A day of the block. By default today.")] = None,
) -> Response:
    """Return the review of a block of weeks."""
    now = asking.context.clock()
    with asking.app.database.read() as reader:
        return answer(block_review(reader, asking.of, now, day or today(reader, asking.of, now)))


@router.get("/{activity}", response_model=WorkoutReview, responses={404: {"model": Problem}})
def get_workout_review(activity: str, asking: AthleteContext) -> Response:
    """Return the review of an activity, or of the session that it did."""
    with asking.app.database.read() as reader:
        return answer(workout_review(reader, asking.of, asking.context.clock(), activity))
