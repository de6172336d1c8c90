"""Gives the demo athlete rules, and a plan that began some weeks ago: approved, changed by hand, and planned again."""

from dataclasses import replace
from datetime import date, timedelta

from homestretch.flow.coach import changes, plans, rules
from homestretch.flow.coach.athlete_state import state_of
from homestretch.flow.coach.plans import PlanWanted
from homestretch.flow.runtime.context import Context
from homestretch.model.coach.plan import Event, sessions_of
from homestretch.model.moment import DAY_MS
from homestretch.store.queries.demos import unplanned
from homestretch.store.queries.plans import find_version
from homestretch.store.scope import Scope

RULES = "No training on Mondays. At most 10 hours a week. Two days between hard sessions."
HOURS = 9.0
EVENT_NAME, DISTANCE_KM, CLIMB_M = "Gran fondo", 120.0, 1800.0
#: Days before today on which the plan was made and changed by hand, and how far ahead the event is, in weeks.
MADE_DAYS, CHANGED_DAYS, AHEAD_WEEKS = 30, 9, 6


def without_plan(context: Context) -> list[tuple[int, int | None]]:
    """Return the demo athletes (and their accounts) that have everything but a plan, once all is measured."""
    with context.database.read() as reader:
        return unplanned(reader)


def plan(context: Context, scope: Scope) -> None:
    """Add the rules, and make the versions of the plan; what is there already is left as it is."""
    with context.database.read() as reader:
        today = state_of(context, reader, scope).today
    before = _days_ago(context, MADE_DAYS)
    rules.add_words(before, scope, RULES, today - timedelta(days=MADE_DAYS), "Rules of the demo athlete.")
    made = plans.make(before, scope, PlanWanted("ride", hours=HOURS, event=_event(today), strength=1))
    plans.approve(before, scope, made, 1, "A demo.")
    _change_by_hand(context, scope, made, today)
    changes.replan(context, scope, made)


def _event(today: date) -> Event:
    day = today + timedelta(weeks=AHEAD_WEEKS)
    sunday = day + timedelta(days=6 - day.weekday())
    return Event(sunday.isoformat(), EVENT_NAME, "ride", "A", DISTANCE_KM, None, CLIMB_M)


def _change_by_hand(context: Context, scope: Scope, made: str, today: date) -> None:
    """Move an easy session of the time after the change to the next day, and approve that."""
    then = _days_ago(context, CHANGED_DAYS)
    since = (today - timedelta(days=CHANGED_DAYS - 2)).isoformat()
    with context.database.read() as reader:
        body = find_version(reader, scope, made).document
    for easy in sessions_of(body["weeks"]):
        day = date.fromisoformat(easy.date) + timedelta(days=1)
        if easy.date >= since and not easy.hard and not easy.long and day.isoformat() <= body["end"]:
            moved = changes.move(then, scope, easy.id, day, "Dinner with friends.")
            plans.approve(then, scope, made, moved["version"], "Dinner with friends.")
            return


def _days_ago(context: Context, days: int) -> Context:
    now = context.clock()
    return replace(context, clock=lambda: now - days * DAY_MS)
