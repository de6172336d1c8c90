"""Makes a plan: the public door of the planner."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from homestretch.analysis.athlete.fitness import Fitness, fitness
from homestretch.coach.checking.check import events_of
from homestretch.coach.checking.days import between, plus
from homestretch.coach.checking.state import State, WeekFacts
from homestretch.coach.planner.bounds import bounds
from homestretch.coach.planner.facts import Facts, facts_from_rules
from homestretch.coach.planner.ids import with_ids
from homestretch.coach.planner.repair import PLAN_CHECKS, WEEK_CHECKS, Repaired, repair
from homestretch.coach.planner.request import PlannedWeeks, PlanRequest, RaceMorning
from homestretch.coach.planner.week.draft import Setting
from homestretch.coach.planner.weeks import Course, PlacedWeek, plan_weeks
from homestretch.coach.planner.wording import dropped_sentence, fuelled, note, placed_indoors, reason
from homestretch.model.coach.plan import Week
from homestretch.model.coach.rule import Rule
from homestretch.model.coach.session import Session


def make_plan(request: PlanRequest, rules: Sequence[Rule], state: State) -> PlannedWeeks:
    """Return the plan for a request under rules, checked. Deterministic; the order of the rules changes nothing.

    Raises ValueError, with a sentence for the athlete, for a request that no plan can be made from.
    """
    facts = facts_from_rules(request, rules, state)
    repaired = Repaired(facts, checked_state(facts, 0))
    weeks = _placed(facts, repaired)
    repaired.allow(PLAN_CHECKS)
    repair(repaired, facts.request.start)
    return _planned(facts, weeks, repaired)


def _placed(facts: Facts, repaired: Repaired) -> list[PlacedWeek]:
    """Return the weeks; each is checked and mended before the next one builds on it."""
    request = facts.request
    goal_sport = facts.goal.sport if facts.goal is not None else ""
    setting = Setting(facts.shares, request.level, request.strength, request.speeds, goal_sport)
    course = Course(setting, facts.limits, request.fitness, [*facts.loads], {**facts.longest}, event_loads(facts))

    def finish(week: PlacedWeek) -> PlacedWeek:
        used = [*request.kept, *repaired.sessions]
        sessions = with_ids(week.sessions, used, request.key)
        sessions = placed_indoors([fuelled(one, facts.rules) for one in sessions], facts)
        held = [(role, session) for (role, _), session in zip(week.held, sessions, strict=True)]
        repaired.add(week.monday, week.given, held)
        repaired.state = checked_state(facts, len(repaired.weeks))
        repaired.allow(WEEK_CHECKS)
        repair(repaired, week.monday)
        return replace(week, held=tuple(repaired.weeks[-1]))

    return plan_weeks(course, request.start, facts.places, lambda index, weeks: bounds(facts, index, weeks), finish)


def event_loads(facts: Facts) -> dict[str, float]:
    """Return the load of events by day."""
    loads: dict[str, float] = {}
    for event in facts.events:
        loads[event.date] = loads.get(event.date, 0.0) + (event.load or 0.0)
    return loads


def checked_state(facts: Facts, count: int) -> State:
    """Return the state that the first `count` weeks are checked against: with them, and the events that no rule is."""
    ruled = {(event.date, event.name) for event in events_of(facts.rules)}
    weeks = {facts.monday(at): WeekFacts(place.phase, place.kind) for at, place in enumerate(facts.places[:count])}
    return replace(
        facts.state,
        weeks={**facts.state.weeks, **weeks},
        events=tuple(event for event in facts.events if (event.date, event.name) not in ruled),
        fitness=facts.state.fitness or (plus(facts.request.start, -1), facts.request.fitness),
    )


def _planned(facts: Facts, placed: Sequence[PlacedWeek], repaired: Repaired) -> PlannedWeeks:
    loads = event_loads(facts)
    curve = _curve(facts, repaired.sessions, loads)
    weeks, last_hard = [], _last_hard(facts)
    for number, (week, held) in enumerate(zip(placed, repaired.weeks, strict=True)):
        sessions = []
        final = replace(week, held=tuple(held))
        for role, session in sorted(held, key=lambda one: (one[1].date, one[1].sport == "strength", one[1].id)):
            why = session.why or reason(final, role, session, facts, last_hard)
            sessions.append(replace(session, why=why))
            last_hard = session.date if session.hard else last_hard
        end = 7 * number + 6
        weeks.append(_week(week, sessions, repaired.dropped[number], curve, end))
    violations = tuple(repaired.violations())
    dropped = tuple(dropped_sentence(week.monday, text) for week in weeks for text in week.dropped)
    feasible = not any(one.severity == "must" for one in violations)
    return PlannedWeeks(tuple(weeks), violations, dropped, feasible, _race_morning(facts, curve))


def _week(placed: PlacedWeek, sessions: Sequence[Session], dropped: Sequence[str], curve: Fitness, end: int) -> Week:
    return Week(
        monday=placed.monday, phase=placed.place.phase, kind=placed.place.kind, goal=placed.aim.load,
        why=placed.aim.why, load=round(sum(one.load for one in sessions), 1),
        minutes=sum(one.minutes for one in sessions), fitness=round(float(curve.fitness[end]), 1),
        form=round(float(curve.form[end]), 1), sessions=tuple(sessions), dropped=(*placed.dropped, *dropped),
        cost=placed.cost, note=note(placed, sessions, dropped),
    )  # fmt: skip


def _curve(facts: Facts, sessions: Sequence[Session], events: Mapping[str, float]) -> Fitness:
    """Return fitness and form (of the same day) of every day of the plan."""
    start, days = facts.request.start, 7 * len(facts.places)
    loads = np.zeros(days)
    for date, load in [*((one.date, one.load) for one in sessions), *events.items()]:
        day = between(start, date)
        if 0 <= day < days:
            loads[day] += load
    return fitness(loads, form_day="same", seed=(facts.request.fitness, facts.request.fatigue))


def _race_morning(facts: Facts, curve: Fitness) -> RaceMorning | None:
    if facts.goal is None:
        return None
    day = between(facts.request.start, facts.goal.date) - 1
    if day < 0:
        reached, form = facts.request.fitness, facts.request.fitness - facts.request.fatigue
    else:
        reached, form = float(curve.fitness[day]), float(curve.form[day])
    return RaceMorning(facts.goal.date, round(reached, 1), round(form, 1))


def _last_hard(facts: Facts) -> str | None:
    return max((one.date for one in facts.state.history if one.hard and one.date < facts.request.start), default=None)
