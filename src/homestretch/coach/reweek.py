"""A plan's weeks with other sessions in them: their sums, and the fitness and form that they lead to."""

from collections.abc import Mapping, Sequence

from homestretch.coach.checking.days import plus
from homestretch.coach.projection import project
from homestretch.model.coach.plan import DayDocument, WeekDocument
from homestretch.model.coach.session import Session, session_document

#: Days of a week.
WEEK = 7


def with_sessions(
    weeks: Sequence[WeekDocument], sessions: Sequence[Session], seed_day: str, seed: tuple[float, float]
) -> list[WeekDocument]:
    """Return weeks that hold these sessions and no others; `seed` is fitness and fatigue before a Monday.

    Weeks before that Monday are as they were. What a week aims at and its reason stay. Raises ValueError for a session
    outside the plan's days.
    """
    if not weeks:
        return []
    first, last = weeks[0]["monday"], plus(weeks[-1]["monday"], WEEK - 1)
    outside = [one.date for one in sessions if not first <= one.date <= last]
    if outside:
        raise ValueError(f"{outside[0]} is not in this plan: it goes from {first} to {last}.")
    before = [week for week in weeks if week["monday"] < seed_day]
    ahead = [week for week in weeks if week["monday"] >= seed_day]
    course = project(seed, seed_day, WEEK * len(ahead), sessions, event_loads(ahead))
    sundays = range(WEEK - 1, WEEK * len(ahead), WEEK)
    return before + [
        _week(week, sessions, float(course.fitness[at]), float(course.form[at]))
        for week, at in zip(ahead, sundays, strict=True)
    ]


def _week(week: WeekDocument, sessions: Sequence[Session], fitness: float, form: float) -> WeekDocument:
    last = plus(week["monday"], WEEK - 1)
    own = [one for one in sessions if week["monday"] <= one.date <= last]
    return {
        **week,
        "load": round(sum(one.load for one in own), 1),
        "minutes": sum(one.minutes for one in own),
        "fitness": round(fitness, 1),
        "form": round(form, 1),
        "days": [_day(day, own) for day in week["days"]],
    }


def _day(day: DayDocument, sessions: Sequence[Session]) -> DayDocument:
    return {**day, "sessions": [session_document(one) for one in sessions if one.date == day["date"]]}


def event_loads(weeks: Sequence[WeekDocument]) -> Mapping[str, float]:
    """Return the loads of a plan's events by day."""
    return {day["date"]: day["event"].get("load", 0.0) for week in weeks for day in week["days"] if "event" in day}
