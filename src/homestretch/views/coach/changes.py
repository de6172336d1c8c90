"""What is different between two versions of a plan, or would be after changes."""

from collections.abc import Mapping, Sequence

from homestretch.coach.asked import operations_from
from homestretch.coach.diff import change_document, diff, rule_changes
from homestretch.coach.operations import Operation, apply
from homestretch.coach.projection import race_morning
from homestretch.coach.reweek import with_sessions
from homestretch.errors import BadRequest
from homestretch.model.coach.asked import AskedChange
from homestretch.model.coach.plan import sessions_of
from homestretch.model.documents.coach_plans import PlanBody, PlanDiff, SessionChange
from homestretch.store.database import Reader
from homestretch.store.queries.rules import newest_rules
from homestretch.store.scope import Scope
from homestretch.views.coach.check import state_for, state_with, violation_documents
from homestretch.views.coach.plans import found_version
from homestretch.views.kit.today import today


def plan_diff(
    reader: Reader, scope: Scope, now_ms: int, plan: str | None, before: int | None, after: int | None
) -> PlanDiff:
    """Return what is different; by default between the newest version and the one it was made from. Raises NotFound."""
    new = found_version(reader, scope, plan, after)
    old = found_version(reader, scope, new.plan, before or new.parent or new.version)
    return compared(reader, scope, now_ms, new.plan, (old.version, old.document), (new.version, new.document))


def compared(
    reader: Reader, scope: Scope, now_ms: int, plan: str, old: tuple[int, PlanBody], new: tuple[int, PlanBody]
) -> PlanDiff:
    """Return what is different between two versions, each with its number."""
    before, after = sessions_of(old[1]["weeks"]), sessions_of(new[1]["weeks"])
    found = diff(before, after)
    _, rules = newest_rules(reader, scope.athlete_id)
    state = state_for(reader, scope, now_ms, rules)
    gained, lost = rule_changes(before, after, rules, state_with(new[1], state))
    names = {one.id: one for one in (*before, *after)}
    return PlanDiff(
        plan=plan,
        before=old[0],
        after=new[0],
        changes=[
            SessionChange(**change_document(one), title=names[one.id].title, sport=names[one.id].sport)
            for one in found.changes
        ],
        weeks=found.weeks,
        gained=violation_documents(gained, rules),
        lost=violation_documents(lost, rules),
        race_form_before=race_form(old[1]),
        race_form_after=race_form(new[1]),
    )


def tried(reader: Reader, scope: Scope, now_ms: int, plan: str, version: int, asked: Sequence[AskedChange]) -> PlanDiff:
    """Return what changes would do to a version. Raises BadRequest, NotFound."""
    base = found_version(reader, scope, plan, version)
    day = today(reader, scope, now_ms).isoformat()
    count = iter(range(1, len(asked) + 1))
    try:
        every = sessions_of(base.document["weeks"])
        operations = operations_from(asked, every, day, lambda: f"new-{next(count)}")
        body = changed_body(base.document, operations, {})
    except ValueError as error:
        raise BadRequest(reason=str(error)) from error
    return compared(reader, scope, now_ms, base.plan, (base.version, base.document), (base.version, body))


def changed_body(body: PlanBody, operations: Sequence[Operation], speeds: Mapping[str, float]) -> PlanBody:
    """Return a plan after operations. Raises ValueError, with a sentence, for one that can't be done."""
    sessions = apply(operations, sessions_of(body["weeks"]), speeds)
    weeks = with_sessions(body["weeks"], sessions, body["seed_day"], (body["fitness"], body["fatigue"]))
    return {**body, "weeks": weeks}


def race_form(body: PlanBody) -> float | None:
    """Return the form on the morning of the main event, if all is done as planned; None without one."""
    main = next((event for event in body["events"] if event["priority"] == "A"), None)
    if main is None:
        return None
    ahead = [one for one in sessions_of(body["weeks"]) if one.date >= body["seed_day"]]
    seed = body["fitness"], body["fatigue"]
    return round(race_morning(seed, body["seed_day"], main["date"], ahead)[1], 1)
