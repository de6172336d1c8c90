"""Makes a plan: the public door of the planner."""

from collections.abc import Sequence

from homestretch.coach.checking.state import State
from homestretch.coach.planner.request import PlannedWeeks, PlanRequest
from homestretch.model.coach.rule import Rule


def make_plan(request: PlanRequest, rules: Sequence[Rule], state: State) -> PlannedWeeks:
    """Return the plan for a request under rules, checked. Deterministic; the order of the rules changes nothing."""
    raise NotImplementedError
