"""What words or rules would mean before they are saved: our sentence, a week of the plan, questions, conflicts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from homestretch.coach.checking.check import check, open_questions
from homestretch.coach.checking.days import monday, weekday
from homestretch.coach.checking.kind import kinds
from homestretch.coach.checking.state import State
from homestretch.coach.checking.together.conflicts import conflicts
from homestretch.coach.checking.validate import rule_faults
from homestretch.coach.checking.wording import joined, many
from homestretch.coach.parsing.parse import Part, parse, part_document
from homestretch.model.coach.rule import Rule, Violation
from homestretch.model.coach.session import Session
from homestretch.model.documents.coach_plans import PlanBody
from homestretch.model.documents.coach_rules import ParsedRule, RuleEffect, RulePart, RulesPreview
from homestretch.store.database import Reader
from homestretch.store.queries.plans import find_version, newest_plan
from homestretch.store.queries.rules import newest_rules
from homestretch.store.scope import Scope
from homestretch.views.coach.athlete import athlete_today
from homestretch.views.coach.check import state_with, violation_documents
from homestretch.views.coach.plans import planned_sessions
from homestretch.views.coach.rules import conflict_document, sentence_of
from homestretch.views.kit.today import today


@dataclass(frozen=True, slots=True)
class _Planned:
    """The sessions of the plan, what is known beside them, and the Monday of the week that is looked at."""

    week: str
    sessions: Sequence[Session]
    state: State


def parsed_words(text: str, today: date) -> list[ParsedRule]:
    """Return how words are understood, as JSON has it."""
    return [part_document(part) for part in parse(text, today)]


def preview_words(reader: Reader, scope: Scope, text: str, now_ms: int) -> RulesPreview:
    """Return what a text would mean as rules."""
    parts = parse(text, today(reader, scope, now_ms))
    return _preview(reader, scope, parts, [part.rule(f"new{n}") for n, part in enumerate(parts)], now_ms)


def preview_rules(reader: Reader, scope: Scope, rules: Sequence[Rule], now_ms: int) -> RulesPreview:
    """Return what rules of a form would mean; one with the id of a rule there would take its place."""
    parts = [
        Part(rule.text, rule.kind, rule.severity, dict(rule.params), tuple(open_questions(rule))) for rule in rules
    ]
    named = [rule if rule.id else replace(rule, id=f"new{n}") for n, rule in enumerate(rules)]
    return _preview(reader, scope, parts, named, now_ms)


def _preview(
    reader: Reader, scope: Scope, parts: Sequence[Part], rules: Sequence[Rule | None], now_ms: int
) -> RulesPreview:
    scope.must("coach: read")
    planned = _planned(reader, scope, today(reader, scope, now_ms))
    right = [rule for rule in rules if rule is not None and not rule_faults(rule)]
    _, there = newest_rules(reader, scope.athlete_id)
    known = {one.rules for one in conflicts(there)}
    kept = [rule for rule in there if rule.id not in {one.id for one in right}]
    return RulesPreview(
        parts=[_part(part, rule, planned) for part, rule in zip(parts, rules, strict=True)],
        conflicts=[conflict_document(one) for one in conflicts([*kept, *right]) if one.rules not in known],
    )


def _part(part: Part, rule: Rule | None, planned: _Planned | None) -> RulePart:
    faults = [] if rule is None else rule_faults(rule)
    kind = None if rule is None else kinds().get(rule.kind)
    readable = rule is not None and kind is not None and not kind.faults(rule.params)
    return RulePart(
        text=part.text,
        kind=part.kind,
        severity=part.severity,
        params=part.params,
        scope=None if rule is None else rule.scope,
        questions=[*part.questions],
        faults=faults,
        title=None if kind is None else kind.title,
        sentence=sentence_of(rule) if rule is not None and readable else None,
        checked=kind is not None and kind.is_checked,
        effect=_effect(rule, planned) if rule is not None and readable and planned is not None else None,
    )


def _planned(reader: Reader, scope: Scope, now: date) -> _Planned | None:
    """Return the newest plan with this week, or with its first one where that lies ahead; None without a plan."""
    plan = newest_plan(reader, scope)
    if plan is None:
        return None
    body: PlanBody = find_version(reader, scope, plan).document
    this = monday(now.isoformat())
    week = next((one["monday"] for one in body["weeks"] if one["monday"] >= this), None)
    if week is None:
        return None
    return _Planned(week, planned_sessions(body), state_with(body, athlete_today(reader, scope, now).state))


def _effect(rule: Rule, planned: _Planned) -> RuleEffect:
    violations = [one for one in check([rule], planned.sessions, planned.state) if monday(one.day) == planned.week]
    held = [one for one in planned.sessions if monday(one.date) == planned.week]
    blocked = [one for one in held if any(one.id in violation.sessions for violation in violations)]
    return RuleEffect(
        week=planned.week,
        sessions=len(held),
        blocked=len(blocked),
        text=_said(planned, held, blocked, [one for one in violations if one.severity != "info"]),
        violations=violation_documents(violations, [rule]),
    )


def _said(planned: _Planned, held: Sequence[Session], blocked: Sequence[Session], broken: Sequence[Violation]) -> str:
    week = "this week" if planned.week <= planned.state.today else f"the week of {planned.week}"
    if blocked:
        names = joined(
            [f"{weekday(one.date).capitalize()} {one.template or one.title or one.sport}" for one in blocked]
        )
        return f"Stands against {len(blocked)} of your {many(len(held), 'planned session')} of {week}: {names}."
    if broken:
        return broken[0].text
    return f"Changes nothing in your {many(len(held), 'planned session')} of {week}."
