"""Plans against the athlete's rules."""

from collections.abc import Sequence
from dataclasses import replace

from homestretch.coach.checking.check import check
from homestretch.coach.checking.state import State, WeekFacts
from homestretch.model.coach.plan import Event, EventDocument
from homestretch.model.coach.rule import Param, Rule, Shown, Violation, ViolationDocument
from homestretch.model.documents.coach_plans import PlanBody, PlanCheck
from homestretch.store.database import Reader
from homestretch.store.queries.rules import newest_rules, rules_at
from homestretch.store.scope import Scope
from homestretch.views.coach.athlete import athlete_today
from homestretch.views.coach.plans import found_version, planned_sessions
from homestretch.views.kit.today import today


def check_version(
    reader: Reader, scope: Scope, now_ms: int, plan: str | None, version: int | None, *, as_made: bool = False
) -> PlanCheck:
    """Return what breaks the rules in a version, by today's rules or (`as_made`) those of the day it was made.

    Raises NotFound.
    """
    row = found_version(reader, scope, plan, version)
    number, rules = newest_rules(reader, scope.athlete_id)
    if as_made:
        number, rules = row.rules_version or 0, rules_at(reader, scope.athlete_id, row.rules_version)
    state = state_for(reader, scope, now_ms, rules)
    violations = checked(row.document, rules, state)
    return PlanCheck(
        plan=row.plan, version=row.version, rules_version=number, violations=violation_documents(violations, rules)
    )


def state_for(reader: Reader, scope: Scope, now_ms: int, rules: Sequence[Rule]) -> State:
    """Return how the athlete is today, as far as these rules look."""
    signals = any(rule.kind == "readiness_gate" for rule in rules)
    return athlete_today(reader, scope, today(reader, scope, now_ms), signals=signals).state


def checked(body: PlanBody, rules: Sequence[Rule], state: State) -> list[Violation]:
    """Return what breaks rules in a plan, as the athlete is today."""
    return check(rules, planned_sessions(body), state_with(body, state))


def state_with(body: PlanBody, state: State) -> State:
    """Return the state with what is known of the plan's weeks and events."""
    weeks = {week["monday"]: WeekFacts(week["phase"], week["kind"]) for week in body["weeks"]}
    return replace(state, weeks=weeks, events=tuple(event_of(event) for event in body["events"]))


def event_of(document: EventDocument) -> Event:
    """Return an event from JSON."""
    return Event(**document)


def violation_documents(violations: Sequence[Violation], rules: Sequence[Rule]) -> list[ViolationDocument]:
    """Return violations as JSON has them."""
    kinds = {rule.id: rule.kind for rule in rules}
    return [
        ViolationDocument(
            rule=one.rule,
            kind=kinds.get(one.rule, ""),
            severity=one.severity,
            day=one.day,
            value=_shown(one.value),
            limit=_shown(one.limit),
            sessions=[*one.sessions],
            text=one.text,
        )
        for one in violations
    ]


def _shown(value: Param) -> Shown:
    if value is None or isinstance(value, str | float | int):
        return value
    return [str(one) for one in value]
