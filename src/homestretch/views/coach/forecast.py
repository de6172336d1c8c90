"""What the plan in force does to fitness and form: the past's fitness, continued with the loads that are planned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np

from homestretch.analysis.athlete.fitness import FormDay, Kernel
from homestretch.coach.projection import Projection, project, race_morning, spread_of
from homestretch.coach.reweek import event_loads
from homestretch.model.coach.plan import EventDocument, WeekDocument
from homestretch.model.coach.session import Session
from homestretch.store.database import Reader
from homestretch.store.queries import plans as stored
from homestretch.store.scope import Scope
from homestretch.views.coach.plans import planned_sessions
from homestretch.views.coach.progress import progress_around
from homestretch.views.training.fitness import Days, daily_loads, fitness_of

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """A plan's `course` from today to its last day, or to the day asked for; loads (n,) are what is still to do.

    `ahead` are the sessions to come that are neither done nor skipped, `event` is the main event that is still ahead,
    `morning` fitness and form on its morning.
    """

    plan: str
    version: int
    title: str
    course: Projection
    ahead: Sequence[Session]
    event: EventDocument | None
    morning: tuple[float, float] | None


def forecast(
    reader: Reader, scope: Scope, today: date, until: date | None = None, *,
    sport: str | None = None, kernel: Kernel = "exp", form_day: FormDay = "previous",
) -> Forecast | None:  # fmt: skip
    """Return what the plan in force leads to; None without one, or where it is over.

    What was done today counts, and today's sessions that are still open do. With a `sport` (a family), only its
    sessions and activities do.
    """
    version = stored.approved_version(reader, scope)
    if version is None:
        return None
    weeks: list[WeekDocument] = version.document["weeks"]
    last = min(date.fromisoformat(weeks[-1]["monday"]) + WEEK - timedelta(days=1), until or date.max)
    if last < today:
        return None
    every = planned_sessions(version.document)
    loads = daily_loads(reader, scope, today, sport)
    ahead = [one for one in _open(reader, scope, every, today) if sport is None or one.sport == sport]
    events = {} if sport is not None else {day: load for day, load in event_loads(weeks).items() if day > _iso(today)}
    seed = _yesterday(loads, kernel)
    to_do = project(seed, _iso(today), (last - today).days + 1, ahead, events, kernel=kernel, form_day=form_day)
    # What was done today is no part of what is planned, and of the course it is.
    done = Session("", _iso(today), "", 0, float(loads.loads[-1]) if len(loads.loads) else 0.0)
    spread = spread_of(*_weeks(loads, weeks, today))
    course = project(
        seed, _iso(today), len(to_do.loads), [*ahead, done], events, spread, kernel=kernel, form_day=form_day
    )
    event = _main_event(version.document["events"], today, last)
    return Forecast(
        plan=version.plan,
        version=version.version,
        title=version.title,
        course=Projection(course.first, to_do.loads, course.fitness, course.form, course.low, course.high),
        ahead=ahead,
        event=event,
        morning=None if event is None else race_morning(seed, _iso(today), event["date"], [*ahead, done], kernel),
    )


def _open(reader: Reader, scope: Scope, every: list[Session], today: date) -> list[Session]:
    """Return the sessions from today that are neither done nor skipped."""
    ahead = [one for one in every if one.date >= _iso(today)]
    progress = progress_around(reader, scope, every, today, today, datetime.combine(today, time()))
    return [one for one in ahead if progress.activity_of(one.id) is None and one.id not in progress.matched.skipped]


def _yesterday(loads: Days, kernel: Kernel) -> tuple[float, float]:
    found = fitness_of(loads, kernel)
    return (float(found.fitness[-2]), float(found.fatigue[-2])) if len(found.fitness) > 1 else (0.0, 0.0)


def _weeks(loads: Days, weeks: list[WeekDocument], today: date) -> tuple[list[float], list[float]]:
    """Return the loads of the plan's weeks that are over, as done and as planned."""
    over = [week for week in weeks if date.fromisoformat(week["monday"]) + WEEK <= today]
    starts = [date.fromisoformat(week["monday"]).toordinal() - loads.first for week in over]
    done = [float(np.sum(loads.loads[max(0, at) : max(0, at + 7)])) for at in starts]
    return done, [week["load"] for week in over]


def _main_event(events: list[EventDocument], today: date, last: date) -> EventDocument | None:
    ahead = [one for one in events if one["priority"] == "A" and _iso(today) <= one["date"] <= _iso(last)]
    return min(ahead, key=lambda one: one["date"], default=None)


def _iso(day: date) -> str:
    return day.isoformat()
