"""The bounds of one week: from rules, events, what was kept, and the weeks before it as they were placed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from homestretch.coach.checking.days import between, plus
from homestretch.coach.planner.facts import Facts
from homestretch.coach.planner.fixed import (
    close_events,
    event_sessions,
    events_of_week,
    fix,
    keep,
    sessions_after,
    sessions_before,
)
from homestretch.coach.planner.gather import Bounds
from homestretch.coach.planner.request import ANY_MINUTES
from homestretch.coach.planner.rule_bounds import KINDS
from homestretch.coach.planner.week.conditions import Conditions
from homestretch.model.coach.rule import WEEKDAYS

if TYPE_CHECKING:
    from homestretch.coach.planner.weeks import PlacedWeek


def bounds(facts: Facts, index: int, weeks: "Sequence[PlacedWeek]") -> Conditions:
    """Return the conditions of a week, from the weeks before it as they were placed."""
    start = facts.monday(index)
    request = facts.request
    made = Bounds(facts, index, start, weeks, [request.day_minutes.get(day, ANY_MINUTES) for day in WEEKDAYS])
    if request.week_hours is not None:
        made.limit_minutes(int(60 * request.week_hours))
    if request.first_day is not None:
        made.closed |= {n for n in range(7) if plus(start, n) < request.first_day}
    race = between(start, facts.goal.date) if facts.goal is not None else 7
    close_events(made)
    for rule in facts.rules:
        apply = KINDS.get(rule.kind)
        if apply is not None:
            apply(made, rule)
    keep(made)
    for rule in facts.rules:
        if rule.kind == "fixed_session":
            fix(made, rule, race)
    return Conditions(
        caps=tuple(made.caps), closed=frozenset(made.closed), bans=tuple(made.bans), orders=tuple(made.orders),
        spacings=tuple(made.spacings), counts=tuple(made.counts),
        long_limits=tuple(made.longs),
        fixed=tuple(sorted(made.fixed, key=lambda one: one[0])), before=sessions_before(made),
        after=sessions_after(made),
        events=tuple(event_sessions(made)), likes=tuple(made.likes), minutes=made.minutes,
        minutes_why=made.minutes_why, least_minutes=made.least_minutes, least_load=made.least_load,
        load_max=made.load_max, per_day=made.per_day, free_rest=made.free_rest,
        race_day=race if 0 <= race < 7 else None, b_event=any(one.priority == "B" for one in events_of_week(made)),
        tests=tuple(made.tests), rules=tuple(sorted(made.names)),
    )  # fmt: skip
