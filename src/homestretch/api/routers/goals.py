"""Goals of a week, a month or a year."""

from datetime import date

from fastapi import APIRouter
from fastapi.responses import Response

from homestretch.api.context import AthleteContext, AthleteRequest
from homestretch.api.json_response import answer
from homestretch.api.shapes.numbers import GoalChange, NewGoal
from homestretch.flow.edit import goals as flow
from homestretch.model.documents.goals import Goals
from homestretch.views.kit.today import today
from homestretch.views.training.goals import goals

router = APIRouter(prefix="/api/goals", tags=["goals"])
#: The right that each operation needs.
RIGHTS = {
    "list_goals": "goals: read",
    "add_goal": "goals: edit",
    "change_goal": "goals: edit",
    "remove_goal": "goals: edit",
    "restore_goal": "goals: edit",
}


@router.get("", response_model=Goals)
def list_goals(asking: AthleteContext) -> Response:
    """Return every goal with how its current period stands, and how earlier ones went."""
    return _listed(asking)


@router.post("", response_model=Goals, status_code=201)
def add_goal(body: NewGoal, asking: AthleteContext) -> Response:
    """Set a goal; return all of them."""
    what = (body.period, body.kind, body.sport, body.target)
    flow.add(asking.context, asking.of, *what, _today(asking), body.since)
    return _listed(asking, 201)


@router.patch("/{goal}", response_model=Goals)
def change_goal(goal: str, body: GoalChange, asking: AthleteContext) -> Response:
    """Set another target from the current period on; return all goals."""
    flow.change(asking.context, asking.of, goal, body.target, _today(asking))
    return _listed(asking)


@router.delete("/{goal}", status_code=204)
def remove_goal(goal: str, asking: AthleteContext) -> Response:
    """Remove a goal; `restore` undoes it."""
    flow.remove(asking.context, asking.of, goal)
    return Response(status_code=204)


@router.post("/{goal}/restore", response_model=Goals)
def restore_goal(goal: str, asking: AthleteContext) -> Response:
    """Set a removed goal again; return all of them."""
    flow.restore(asking.context, asking.of, goal)
    return _listed(asking)


def _today(asking: AthleteRequest) -> date:
    with asking.app.database.read() as reader:
        return today(reader, asking.of, asking.context.clock())


def _listed(asking: AthleteRequest, status: int = 200) -> Response:
    with asking.app.database.read() as reader:
        return answer(goals(reader, asking.of, today(reader, asking.of, asking.context.clock())), status)
