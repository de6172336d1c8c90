"""Plans and rules: reading them, trying changes, and proposing some that a person approves."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Literal, NotRequired, TypedDict

from pydantic import Field

from homestretch.errors import BadRequest
from homestretch.flow.coach.changes import change
from homestretch.mcp._runtime.arguments import Cursor, From, Limit, To
from homestretch.mcp._runtime.visitor import Resource, Tool, Visitor
from homestretch.model.coach.asked import AskedChange
from homestretch.model.documents.tool_plans import (
    ToolPlan,
    ToolPlanCheck,
    ToolPlanVersions,
    ToolProjection,
    ToolProposal,
    ToolRules,
)
from homestretch.views.tools.plan import (
    base_of,
    tool_check,
    tool_plan,
    tool_plan_diff,
    tool_plan_versions,
    tool_rules,
)
from homestretch.views.tools.projection import tool_projection

Number = Annotated[int | None, Field(ge=1, le=100_000)]
Short = Annotated[str, Field(max_length=60)]


class Change(TypedDict):
    """A change of a plan: `move` a session (`id`) `to` a day, `drop` it, `replace` it by a `template`, `scale` it by a
    `factor`, or `add` a `template` on the day `to`. `minutes` is the length of a template that takes one.
    """

    op: Literal["move", "drop", "replace", "scale", "add"]
    id: NotRequired[Short]
    to: NotRequired[date]
    template: NotRequired[Short]
    minutes: NotRequired[Annotated[int, Field(ge=5, le=1440)]]
    factor: NotRequired[Annotated[float, Field(gt=0, le=2)]]
    why: NotRequired[Annotated[str, Field(max_length=400)]]


Changes = Annotated[tuple[Change, ...], Field(max_length=30)]


def _plan(
    visitor: Visitor, from_: From = None, to: To = None, version: Number = None, cursor: Cursor = None
) -> ToolPlan:
    """Return the weeks of the training plan in force: sessions, what each week aims at and why, events."""
    with visitor.reading() as at:
        return tool_plan(at.reader, at.scope, from_, to, version, cursor, names=at.names)


def _projection(visitor: Visitor, to: To = None, limit: Limit = 60, cursor: Cursor = None) -> ToolProjection:
    """Return planned load, and fitness (CTL) and form (TSB) if all is done, by day from today on."""
    with visitor.reading() as at:
        return tool_projection(at.reader, at.scope, to, at.today, limit, cursor, names=at.names)


def _versions(visitor: Visitor, limit: Limit = 60, cursor: Cursor = None) -> ToolPlanVersions:
    """List the versions of the newest plan: who made each and why, and which is in force."""
    with visitor.reading() as at:
        return tool_plan_versions(at.reader, at.scope, limit, cursor, names=at.names)


def _diff(visitor: Visitor, a: Number = None, b: Number = None) -> ToolPlanCheck:
    """Return what is different between two versions of the newest plan: sessions, broken rules, form on race day."""
    with visitor.reading() as at:
        now, health = visitor.app.context.clock(), "health" in visitor.may
        return tool_plan_diff(at.reader, at.scope, now, a, b, names=at.names, health=health)


def _rules(visitor: Visitor, limit: Limit = 60, cursor: Cursor = None) -> ToolRules:
    """List the athlete's rules of training, which every plan is checked against."""
    with visitor.reading() as at:
        return tool_rules(at.reader, at.scope, limit, cursor, names=at.names)


def _check(visitor: Visitor, ops: Changes = ()) -> ToolPlanCheck:
    """Return what breaks the rules in the plan, and with `ops` what these changes would do. Nothing is saved."""
    with visitor.reading() as at:
        now, health = visitor.app.context.clock(), "health" in visitor.may
        return tool_check(at.reader, at.scope, now, _asked(ops), names=at.names, health=health)


def _propose(visitor: Visitor, ops: Changes, why: Annotated[str, Field(min_length=1, max_length=400)]) -> ToolProposal:
    """Propose changes of the plan as a new version. Nothing changes until a person approves it in Homestretch."""
    if not ops:
        raise BadRequest(reason="Name at least one change.")
    context, author = visitor.app.context, f"mcp:{visitor.token_id or visitor.door}"
    with visitor.reading() as at:
        plan, version = base_of(at.reader, at.scope)
    # A version is checked against all that is known; what is shown of that below is not.
    scope = replace(visitor.scope, use="show")
    made = change(context, scope, plan, version, _asked(ops), why, author, {"proposed": "by a model"})
    with visitor.reading() as at:
        health = "health" in visitor.may
        diff = tool_plan_diff(
            at.reader, at.scope, context.clock(), version, made["version"], names=at.names, health=health, plan=plan
        )
    return {
        "ref": f"plan:{made['plan']}:{made['version']}",
        "plan": made["plan"],
        "version": made["version"],
        "status": made["status"],
        "diff": diff,
        "url": f"{visitor.app.settings.address}/coach/plan/{made['plan']}?version={made['version']}",
    }


def _asked(ops: Changes) -> list[AskedChange]:
    return [
        AskedChange(
            one["op"],
            one.get("id"),
            one["to"].isoformat() if "to" in one else None,
            one.get("template"),
            None,
            one.get("minutes"),
            one.get("factor"),
            one.get("why", ""),
        )
        for one in ops
    ]


def _read(visitor: Visitor, id: str) -> ToolPlan:
    """A plan: the weeks of the version in force, else of the newest."""
    with visitor.reading() as at:
        return tool_plan(at.reader, at.scope, None, None, None, None, names=at.names, plan=id)


def _read_rules(visitor: Visitor) -> ToolRules:
    """The rules of training that hold today."""
    return _rules(visitor)


PLAN = Tool(key="plan", title="Read the plan", call=_plan)
PROJECTION = Tool(key="projection", title="Read where the plan leads", call=_projection)
VERSIONS = Tool(key="plan_versions", title="List versions of the plan", call=_versions)
DIFF = Tool(key="plan_diff", title="Compare versions of the plan", call=_diff)
RULES = Tool(key="rules", title="List rules of training", call=_rules)
CHECK = Tool(key="check_plan", title="Check the plan, or try changes", call=_check)
PROPOSE = Tool(key="propose_changes", title="Propose changes of the plan", call=_propose, needs="propose")
RESOURCE = Resource(key="plan/{id}", title="A plan", read=_read)
RULES_RESOURCE = Resource(key="rules", title="The rules of training", read=_read_rules)
