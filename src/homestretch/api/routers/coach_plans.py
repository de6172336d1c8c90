"""Plans: made, changed, checked, compared, approved."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from homestretch.api.context import AthleteContext
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.coach.plans import NewPlan, PlanChanges, PlanDecision, PlanOperation, SessionSkip
from homestretch.flow.coach import changes as changing
from homestretch.flow.coach import plans as flow
from homestretch.model.coach.asked import AskedChange
from homestretch.model.documents.coach_plans import (
    PlanCheck,
    PlanDays,
    PlanDiff,
    PlanDocument,
    PlanMade,
    Plans,
    PlanToday,
    PlanVersions,
)
from homestretch.views.coach import changes, check
from homestretch.views.coach import plans as views
from homestretch.views.coach.today import plan_between, plan_today
from homestretch.views.kit.statistics_scope import must_be_in_order

router = APIRouter(prefix="/api/coach/plans", tags=["coach"])
#: The right that each operation needs.
RIGHTS = {
    "list_plans": "coach: read",
    "make_plan": "coach: edit",
    "get_plan_today": "coach: read",
    "get_plan_days": "plans: read",
    "adapt_plan": "coach: edit",
    "get_plan": "coach: read",
    "remove_plan": "coach: edit",
    "restore_plan": "coach: edit",
    "list_plan_versions": "coach: read",
    "check_plan": "coach: read",
    "diff_plan": "coach: read",
    "try_plan_changes": "coach: read",
    "change_plan": "coach: edit",
    "replan": "coach: edit",
    "decide_plan_version": "coach: approve",
    "link_session": "coach: edit",
}
VersionNumber = Annotated[int, Path(ge=1, le=1_000_000)]
Version = Annotated[int | None, Query(ge=1, le=1_000_000, description="Version. By default the newest.")]


@router.get("", response_model=Plans)
def list_plans(asking: AthleteContext) -> Response:
    """Return the plans, the newest first."""
    with asking.app.database.read() as reader:
        return answer(views.plans(reader, asking.of))


@router.post("", response_model=PlanDocument, status_code=201)
def make_plan(body: NewPlan, asking: AthleteContext) -> Response:
    """Make a plan from today's fitness, the athlete's history and rules."""
    event = body.event
    wanted = flow.PlanWanted(
        sport=body.sport,
        weeks=body.weeks,
        hours=body.hours,
        event=None
        if event is None
        else flow.event_of(
            event.date, event.name, event.sport or body.sport, event.priority, event.distance_km, event.duration_h
        ),
        level=body.level,
        strength=body.strength,
        title=body.title,
    )
    plan = flow.make(asking.context, asking.of, wanted)
    with asking.app.database.read() as reader:
        return answer(views.plan_document(reader, asking.of, plan), 201)


@router.get("/today", response_model=PlanToday)
def get_plan_today(asking: AthleteContext) -> Response:
    """Return what the plan in force has for today and this week, and what became of the days before."""
    with asking.app.database.read() as reader:
        return answer(plan_today(reader, asking.of, asking.context.clock()))


@router.get("/days", response_model=PlanDays)
def get_plan_days(
    asking: AthleteContext,
    since: Annotated[date, Query(alias="from", ge=date(1990, 1, 1), le=date(2100, 12, 31))],
    until: Annotated[date, Query(alias="to", ge=date(1990, 1, 1), le=date(2100, 12, 31))],
) -> Response:
    """Return what the plan in force has for days, and the outcome of its sessions."""
    must_be_in_order(since, until)
    with asking.app.database.read() as reader:
        return answer(plan_between(reader, asking.of, since, until, asking.context.clock()))


@router.post("/today/adapt", response_model=PlanMade, status_code=201)
def adapt_plan(asking: AthleteContext) -> Response:
    """Make the version that the last days advise of the plan in force; it waits for approval."""
    return answer(changing.adapt_plan(asking.context, asking.of), 201)


@router.get("/{plan}", response_model=PlanDocument, responses={404: {"model": Problem}})
def get_plan(plan: str, asking: AthleteContext, version: Version = None) -> Response:
    """Return a version of a plan."""
    with asking.app.database.read() as reader:
        return answer(views.plan_document(reader, asking.of, plan, version))


@router.delete("/{plan}", status_code=204, responses={404: {"model": Problem}})
def remove_plan(plan: str, asking: AthleteContext) -> Response:
    """Remove a plan with its versions; `restore` brings it back."""
    flow.remove(asking.context, asking.of, plan)
    return Response(status_code=204)


@router.post("/{plan}/restore", status_code=204, responses={404: {"model": Problem}})
def restore_plan(plan: str, asking: AthleteContext) -> Response:
    """Bring a plan back that was removed."""
    flow.restore(asking.context, asking.of, plan)
    return Response(status_code=204)


@router.get("/{plan}/versions", response_model=PlanVersions, responses={404: {"model": Problem}})
def list_plan_versions(plan: str, asking: AthleteContext) -> Response:
    """Return the versions of a plan, the newest first."""
    with asking.app.database.read() as reader:
        return answer(views.plan_versions(reader, asking.of, plan))


@router.get("/{plan}/check", response_model=PlanCheck, responses={404: {"model": Problem}})
def check_plan(
    plan: str,
    asking: AthleteContext,
    version: Version = None,
    as_made: Annotated[bool, Query(description="By the rules of the day it was made.")] = False,
) -> Response:
    """Return what breaks the rules in a version of a plan."""
    with asking.app.database.read() as reader:
        now = asking.context.clock()
        return answer(check.check_version(reader, asking.of, now, plan, version, as_made=as_made))


@router.get("/{plan}/diff", response_model=PlanDiff, responses={404: {"model": Problem}})
def diff_plan(
    plan: str,
    asking: AthleteContext,
    before: Version = None,
    after: Version = None,
) -> Response:
    """Return what is different between two versions; by default between the newest and the one it was made from."""
    with asking.app.database.read() as reader:
        return answer(changes.plan_diff(reader, asking.of, asking.context.clock(), plan, before, after))


@router.post("/{plan}/versions/{version}/try", response_model=PlanDiff, responses={404: {"model": Problem}})
def try_plan_changes(plan: str, version: VersionNumber, body: PlanChanges, asking: AthleteContext) -> Response:
    """Return what changes would do to a version, and keep nothing."""
    operations = _operations(body.operations)
    with asking.app.database.read() as reader:
        return answer(changes.tried(reader, asking.of, asking.context.clock(), plan, version, operations))


@router.post(
    "/{plan}/versions/{version}/changes", response_model=PlanMade, status_code=201, responses={404: {"model": Problem}}
)
def change_plan(plan: str, version: VersionNumber, body: PlanChanges, asking: AthleteContext) -> Response:
    """Make the next version of a plan by changes of one; it waits for approval."""
    operations = _operations(body.operations)
    return answer(changing.change(asking.context, asking.of, plan, version, operations, body.why), 201)


@router.post("/{plan}/replan", response_model=PlanMade, status_code=201, responses={404: {"model": Problem}})
def replan(plan: str, asking: AthleteContext) -> Response:
    """Plan the days from today on again, by today's fitness and rules; the past stays as it is."""
    return answer(changing.replan(asking.context, asking.of, plan), 201)


@router.post("/{plan}/versions/{version}/decision", response_model=PlanDocument, responses={404: {"model": Problem}})
def decide_plan_version(plan: str, version: VersionNumber, body: PlanDecision, asking: AthleteContext) -> Response:
    """Approve a version, which is in force from then on, or reject it."""
    if body.decision == "approve":
        flow.approve(asking.context, asking.of, plan, version, body.why)
    else:
        flow.reject(asking.context, asking.of, plan, version, body.why)
    with asking.app.database.read() as reader:
        return answer(views.plan_document(reader, asking.of, plan, version))


@router.put("/sessions/{session}/link", status_code=204, responses={404: {"model": Problem}})
def link_session(session: str, body: SessionSkip, asking: AthleteContext) -> Response:
    """Say which activity did a session, or why it was skipped."""
    changing.link(asking.context, asking.of, session, body.activity, body.skipped)
    return Response(status_code=204)


def _operations(sent: list[PlanOperation]) -> list[AskedChange]:
    return [
        AskedChange(
            one.op, one.id, None if one.to is None else one.to.isoformat(), one.template, one.n, one.minutes, one.factor
        )
        for one in sent
    ]
