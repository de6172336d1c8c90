"""Plans and rules as models are given them: weeks, versions, differences, and what breaks the rules."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from homestretch.coach.writing.words import NOTE, plain_words
from homestretch.errors import NotFound
from homestretch.model.coach.asked import AskedChange
from homestretch.model.coach.plan import EventDocument, WeekDocument
from homestretch.model.coach.rule import ViolationDocument
from homestretch.model.coach.session import SessionDocument
from homestretch.model.documents.coach_plans import PlanDiff, PlanDocument, SessionChange
from homestretch.model.documents.tool_plans import (
    ToolChange,
    ToolEvent,
    ToolPlan,
    ToolPlanCheck,
    ToolPlanVersion,
    ToolPlanVersions,
    ToolPlanWeek,
    ToolRule,
    ToolRules,
    ToolSession,
    ToolViolation,
)
from homestretch.store.database import Reader
from homestretch.store.queries.plans import approved_version, newest_plan
from homestretch.store.queries.rules import newest_rules
from homestretch.store.scope import Scope
from homestretch.views.coach.changes import plan_diff, tried
from homestretch.views.coach.check import check_version
from homestretch.views.coach.plans import plan_document, plan_versions
from homestretch.views.kit.statistics_scope import must_be_in_order
from homestretch.views.tools.portions import cut_lists, portion
from homestretch.views.tools.values import value

#: What these rules say comes from sleep, HRV and notes of illness.
OF_HEALTH = frozenset({"readiness_gate", "after_illness", "after_injury"})
EMPTY: ToolPlan = {
    "ref": None, "plan": None, "version": None, "status": None, "approved": None, "title": None, "start": None,
    "end": None, "events": [], "race_morning": {}, "weeks": [], "next": None, "total": 0, "why": "no_plan",
}  # fmt: skip


def tool_plan(
    reader: Reader, scope: Scope, since: date | None, until: date | None, version: int | None, cursor: str | None,
    *, names: bool = True, plan: str | None = None,
) -> ToolPlan:  # fmt: skip
    """Return the weeks of a plan between two days: of the version in force, else of the newest one, or of the named.

    Without a plan it says so. Raises NotFound for an unknown plan or version.
    """
    scope.must("coach: read")
    must_be_in_order(since, until)
    if plan is None and newest_plan(reader, scope) is None:
        return EMPTY
    in_force = approved_version(reader, scope, plan)
    if version is None and in_force is not None:
        plan, version = in_force.plan, in_force.version
    found = plan_document(reader, scope, plan, version)
    weeks = [_week(found, week, names=names) for week in found["weeks"] if _is_between(week, since, until)]
    shown, following = portion(weeks, len(weeks) or 1, cursor, 8_000)
    morning = found["race_morning"]
    return {
        "ref": f"plan:{found['plan']}:{found['version']}",
        "plan": found["plan"],
        "version": found["version"],
        "status": found["status"],
        "approved": None if in_force is None else in_force.version,
        "title": plain_words(found["title"]) if names else None,
        "start": found["start"],
        "end": found["end"],
        "events": [_event(event, names=names) for event in found["events"]],
        "race_morning": {}
        if morning is None
        else {"fitness": value(morning["fitness"], ""), "form": value(morning["form"], "")},
        "weeks": shown,
        "next": following,
        "total": len(weeks),
    }


def _is_between(week: WeekDocument, since: date | None, until: date | None) -> bool:
    """Return whether a week has one of the days."""
    monday = date.fromisoformat(week["monday"])
    after = since is None or (since - monday).days <= 6
    return after and (until is None or monday <= until)


def _week(found: PlanDocument, week: WeekDocument, *, names: bool) -> ToolPlanWeek:
    return {
        "ref": f"plan:{found['plan']}:{found['version']}:{week['monday']}",
        "monday": week["monday"],
        "phase": week["phase"],
        "kind": week["kind"],
        "goal": week["goal"],
        "load": week["load"],
        "minutes": week["minutes"],
        "fitness": week["fitness"],
        "form": week["form"],
        "why": week["why"],
        "dropped": week["dropped"],
        "sessions": [_session(one, names=names) for day in week["days"] for one in day["sessions"]],
    }


def _session(one: SessionDocument, *, names: bool) -> ToolSession:
    return {
        "ref": f"session:{one['id']}",
        "id": one["id"],
        "date": one["date"],
        "sport": one["sport"],
        # The title of a fixed session is the athlete's, others are those of templates.
        "title": plain_words(one["title"]) if names or not one["fixed"] else None,
        "template": one["template"],
        "minutes": one["minutes"],
        "load": one["load"],
        "hard": one["hard"],
        "long": one["long"],
        "fixed": one["fixed"],
        "locked": one["locked"],
        "fuel": one["fuel"],
        "why": one["why"],
    }


def _event(event: EventDocument, *, names: bool) -> ToolEvent:
    return {
        "ref": f"event:{event['date']}",
        "date": event["date"],
        "name": plain_words(event["name"]) if names else None,
        "sport": event["sport"],
        "priority": event["priority"],
    }


def tool_plan_versions(
    reader: Reader, scope: Scope, limit: int, cursor: str | None, *, names: bool = True
) -> ToolPlanVersions:
    """Return the versions of the newest plan, the newest first; none without a plan."""
    scope.must("coach: read")
    plan = newest_plan(reader, scope)
    found = [] if plan is None else plan_versions(reader, scope, plan)["items"]
    rows: list[ToolPlanVersion] = [
        {
            "ref": f"plan:{plan}:{one['version']}",
            "plan": plan or "",
            "version": one["version"],
            "parent": one["parent"],
            "status": one["status"],
            "author": one["author"],
            "why": plain_words(one["why"], NOTE) if names else None,
            "created_at": one["created_at"],
            "minutes": one["minutes"],
            "load": one["load"],
        }
        for one in found
    ]
    items, following = portion(rows, limit, cursor)
    return {"items": items, "next": following, "total": len(rows)}


def tool_rules(reader: Reader, scope: Scope, limit: int, cursor: str | None, *, names: bool = True) -> ToolRules:
    """Return the rules that hold today, those that are off included."""
    scope.must("coach: read")
    version, rules = newest_rules(reader, scope.athlete_id)
    rows: list[ToolRule] = [
        {
            "ref": f"rule:{rule.id}",
            "id": rule.id,
            "kind": rule.kind,
            "severity": rule.severity,
            "params": rule.params if names else {},
            "text": plain_words(rule.text, NOTE) if names else None,
            "off": rule.off,
        }
        for rule in rules
    ]
    items, following = portion(rows, limit, cursor)
    return {"version": version, "items": items, "next": following, "total": len(rows)}


def tool_plan_diff(
    reader: Reader, scope: Scope, now_ms: int, before: int | None, after: int | None,
    *, names: bool = True, health: bool = True, plan: str | None = None,
) -> ToolPlanCheck:  # fmt: skip
    """Return what is different between two versions of a plan, by default the newest one. Raises NotFound."""
    scope.must("coach: read")
    return _differences(plan_diff(reader, scope, now_ms, plan, before, after), (), names=names, health=health)


def tool_check(
    reader: Reader, scope: Scope, now_ms: int, asked: Sequence[AskedChange],
    *, names: bool = True, health: bool = True,
) -> ToolPlanCheck:  # fmt: skip
    """Return what breaks the rules in the plan in force, else in the newest one, or would after changes.

    Raises NotFound without a plan, and BadRequest for a change that can't be made.
    """
    scope.must("coach: read")
    plan, version = base_of(reader, scope)
    checked = check_version(reader, scope, now_ms, plan, version)
    if asked:
        found = tried(reader, scope, now_ms, plan, version, asked)
    else:
        found = plan_diff(reader, scope, now_ms, plan, version, version)
    return _differences(found, checked["violations"], names=names, health=health)


def base_of(reader: Reader, scope: Scope) -> tuple[str, int]:
    """Return the plan and version that changes are of: those in force, else the newest. Raises NotFound."""
    in_force = approved_version(reader, scope)
    if in_force is not None:
        return in_force.plan, in_force.version
    if newest_plan(reader, scope) is None:
        raise NotFound(what="plan", id="yet. Make one in Homestretch; none")
    found = plan_document(reader, scope)
    return found["plan"], found["version"]


def _differences(
    found: PlanDiff, violations: Sequence[ViolationDocument], *, names: bool, health: bool
) -> ToolPlanCheck:
    every = [*violations, *found["gained"], *found["lost"]]
    shown = [one for one in every if health or one["kind"] not in OF_HEALTH]
    lists: dict[str, list[object]] = {
        "changes": [_change(one, names=names) for one in found["changes"]],
        "items": [_violation(one) for one in violations if one in shown],
        "gained": [_violation(one) for one in found["gained"] if one in shown],
        "lost": [_violation(one) for one in found["lost"] if one in shown],
    }
    truncated = cut_lists(lists, 9_000)
    return {
        "plan": found["plan"],
        "version": found["after"],
        "changes": cast(list[ToolChange], lists["changes"]),
        "items": cast(list[ToolViolation], lists["items"]),
        "gained": cast(list[ToolViolation], lists["gained"]),
        "lost": cast(list[ToolViolation], lists["lost"]),
        "race_form_before": found["race_form_before"],
        "race_form_after": found["race_form_after"],
        "withheld": len(every) - len(shown),
        "truncated": truncated,
    }


def _change(one: SessionChange, *, names: bool) -> ToolChange:
    changed = one.get("changed") or {}
    return {
        "ref": f"session:{one['id']}",
        "op": one["op"],
        "id": one["id"],
        "title": plain_words(one["title"]) if names else None,
        "before": one.get("from") or (", ".join(f"{key} {old}" for key, (old, _) in changed.items()) or None),
        "after": one.get("to")
        or one.get("day")
        or (", ".join(f"{key} {new}" for key, (_, new) in changed.items()) or None),
    }


def _violation(one: ViolationDocument) -> ToolViolation:
    return {
        "ref": f"rule:{one['rule']}:{one['day']}",
        "rule": one["rule"],
        "kind": one["kind"],
        "severity": one["severity"],
        "day": one["day"],
        "text": plain_words(one["text"], NOTE) or "",
        "sessions": one["sessions"],
    }
