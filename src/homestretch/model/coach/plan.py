"""A training plan: weeks of days with sessions, in versions of which none ever changes."""

from dataclasses import dataclass
from typing import Literal, NotRequired, TypedDict

from homestretch.model.coach.session import Session, SessionDocument, read_session, session_document

type PlanStatus = Literal["draft", "proposed", "approved", "superseded", "rejected", "infeasible"]
type Phase = Literal["transition", "base", "build", "taper", "race"]
type WeekKind = Literal["load", "recovery", "easy", "taper", "race"]


@dataclass(frozen=True, slots=True)
class Event:
    """A race or another event that a plan leads to; `load` is what it will cost."""

    date: str
    name: str
    sport: str
    priority: Literal["A", "B", "C"] = "A"
    distance_km: float | None = None
    duration_h: float | None = None
    climb_m: float | None = None
    target_s: int | None = None
    load: float | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """A week from a Monday: what it aims at and why, what it holds, and what gave way.

    `goal` is the load aimed at, `load` and `minutes` what the sessions have together. `fitness` and `form` are those of
    the week's Sunday if everything is done as planned. `cost` is what the search for days made as small as it could.
    `note` says why the load is not the goal, where it is not.
    """

    monday: str
    phase: Phase
    kind: WeekKind
    goal: int
    why: str
    load: float
    minutes: int
    fitness: float
    form: float
    sessions: tuple[Session, ...]
    dropped: tuple[str, ...] = ()
    cost: int = 0
    note: str = ""


class EventDocument(TypedDict):
    """An event, as JSON has it."""

    date: str
    name: str
    sport: str
    priority: Literal["A", "B", "C"]
    distance_km: NotRequired[float]
    duration_h: NotRequired[float]
    climb_m: NotRequired[float]
    target_s: NotRequired[int]
    load: NotRequired[float]


class DayDocument(TypedDict):
    """A day of a plan."""

    date: str
    sessions: list[SessionDocument]
    event: NotRequired[EventDocument]
    marker: NotRequired[str]


class WeekDocument(TypedDict):
    """A week of a plan; all seven days are there, also those without a session."""

    monday: str
    phase: Phase
    kind: WeekKind
    goal: int
    why: str
    load: float
    minutes: int
    fitness: float
    form: float
    note: str
    dropped: list[str]
    days: list[DayDocument]


def event_document(event: Event) -> EventDocument:
    """Return an event as JSON has it, without what is unknown."""
    made = EventDocument(date=event.date, name=event.name, sport=event.sport, priority=event.priority)
    if event.distance_km is not None:
        made["distance_km"] = event.distance_km
    if event.duration_h is not None:
        made["duration_h"] = event.duration_h
    if event.climb_m is not None:
        made["climb_m"] = event.climb_m
    if event.target_s is not None:
        made["target_s"] = event.target_s
    if event.load is not None:
        made["load"] = event.load
    return made


def week_document(week: Week, days: list[str], events: dict[str, Event]) -> WeekDocument:
    """Return a week as JSON has it; `days` are its seven dates, `events` are by date."""
    return WeekDocument(
        monday=week.monday,
        phase=week.phase,
        kind=week.kind,
        goal=week.goal,
        why=week.why,
        load=week.load,
        minutes=week.minutes,
        fitness=week.fitness,
        form=week.form,
        note=week.note,
        dropped=[*week.dropped],
        days=[_day_document(day, week, events.get(day)) for day in days],
    )


def _day_document(day: str, week: Week, event: Event | None) -> DayDocument:
    made = DayDocument(date=day, sessions=[session_document(one) for one in week.sessions if one.date == day])
    if event is not None:
        made["event"] = event_document(event)
    return made


def sessions_of(weeks: list[WeekDocument]) -> list[Session]:
    """Return all sessions of a plan's weeks, in order of day."""
    return [read_session(session) for week in weeks for day in week["days"] for session in day["sessions"]]
