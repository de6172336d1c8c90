"""Checks sessions against rules: the door that the planner, plans and pages use."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from homestretch.coach.checking.days import monday
from homestretch.coach.checking.kind import kinds, unchecked
from homestretch.coach.checking.params import amount, word, words
from homestretch.coach.checking.schedule import Schedule, schedule, within
from homestretch.coach.checking.state import Away, State
from homestretch.model.coach.plan import Event
from homestretch.model.coach.rule import Rule, Violation
from homestretch.model.coach.session import Session

_SEVERITY = {"must": 0, "should": 1, "info": 2}


def check(rules: Sequence[Rule], sessions: Sequence[Session], state: State) -> list[Violation]:
    """Return what violates the rules, the worst first, then by day and rule; of a week the day is its Monday.

    Rules that are off are left out. Events are those of the state and those that rules are.
    """
    held = active(rules)
    events = (*state.events, *events_of(held))
    whole, known = schedule(sessions, state), replace(state, events=events, away=(*state.away, *away_of(held)))
    violations = [one for rule in held for one in _check(rule, whole, known)]
    return sorted(violations, key=lambda one: (_SEVERITY[one.severity], one.day, one.rule))


def _check(rule: Rule, whole: Schedule, state: State) -> Iterable[Violation]:
    kind = kinds().get(rule.kind)
    if kind is None:
        return [unchecked(rule, state.today, None, f"{rule.kind} is no kind of rule: not checked.")]
    if not kind.is_checked:
        return []
    return kind.check(rule, within(whole, rule.scope), state)


def active(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules that are not turned off."""
    return [rule for rule in rules if not rule.off]


def events_of(rules: Iterable[Rule]) -> list[Event]:
    """Return the events that rules are, of those whose priority is known."""
    return [event for rule in rules if rule.kind == "event" and (event := _event(rule)) is not None]


def away_of(rules: Iterable[Rule]) -> list[Away]:
    """Return the days away that rules are; fixed sessions are not missed then."""
    return [
        Away(word(one.params, "from"), word(one.params, "to"), _hours_away(one), words(one.params, "sports"))
        for one in rules
        if one.kind == "unavailable" and not one.scope
    ]


def _hours_away(rule: Rule) -> float | None:
    """Return the hours of a day away; 0 where neither hours nor sports are given."""
    is_open = "max_hours" in rule.params or words(rule.params, "sports")
    return amount(rule.params, "max_hours") if is_open else 0.0


def _event(rule: Rule) -> Event | None:
    params, priority = rule.params, word(rule.params, "priority")
    if priority not in ("A", "B", "C"):
        return None
    target = amount(params, "target_s")
    return Event(
        date=word(params, "date"),
        name=word(params, "name"),
        sport=word(params, "sport"),
        priority="A" if priority == "A" else "B" if priority == "B" else "C",
        distance_km=amount(params, "distance_km"),
        duration_h=amount(params, "duration_h"),
        climb_m=amount(params, "climb_m"),
        target_s=None if target is None else int(target),
        load=amount(params, "load"),
    )


def open_questions(rule: Rule) -> list[str]:
    """Return what is still to be answered about a rule; until then it is checked only for what is known."""
    kind = kinds().get(rule.kind)
    questions = kind.questions(rule.params) if kind is not None else []
    scope = rule.scope or {}
    if amount(scope, "every_weeks") is not None and not word(scope, "anchor"):
        questions.append("Which week is the first? Give a day in it.")
    return questions


def week_of(violation: Violation) -> str:
    """Return the Monday of the week that a violation is in."""
    return monday(violation.day)


def by_rule(violations: Iterable[Violation]) -> Mapping[str, list[Violation]]:
    """Return violations by the id of their rule."""
    found: dict[str, list[Violation]] = {}
    for violation in violations:
        found.setdefault(violation.rule, []).append(violation)
    return found
