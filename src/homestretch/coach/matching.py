"""Finds which activity did which planned session: what was said first, else by sport, day, length, load and time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from homestretch.coach.checking.days import between, plus
from homestretch.coach.checking.state import Marker
from homestretch.model.coach.session import Session

type MatchedBy = Literal["chosen", "linked", "score"]

#: Weights of length, load and time of day; what is unknown of either is left out.
LENGTH, LOAD, START = 0.5, 0.3, 0.2
#: How like each other two must be, and how a day's difference counts when pairs are put in order.
LEAST_SCORE, OTHER_DAY = 0.5, 0.5
#: A session is missed from this hour of the next day on.
MISSED_FROM = "12:00"
#: Sports that stand for each other.
_FAMILY: Mapping[str, str] = {"hike": "walk"}


@dataclass(frozen=True, slots=True)
class DoneActivity:
    """What was done: `sport` in the coach's words (a multisport parent is a brick), `start` HH:MM of the local day.

    `session` is the session that the device or service names with it.
    """

    id: str
    date: str
    sport: str
    minutes: float
    load: float | None = None
    start: str | None = None
    session: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A session and the activity that did it."""

    session: str
    activity: str
    by: MatchedBy
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says: which activity did a session (None: none of them), and why a session was skipped."""

    chosen: Mapping[str, str | None] = field(default_factory=dict)
    skipped: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Matched:
    """What became of a plan: matches, activities that were not planned, and sessions that were missed or skipped.

    `skipped` has the reason by session; these are not counted against the athlete. `open` may still be done.
    """

    matches: tuple[Match, ...]
    extra: tuple[str, ...]
    missed: tuple[str, ...]
    skipped: Mapping[str, str]
    open: tuple[str, ...]


def match(
    sessions: Sequence[Session], activities: Sequence[DoneActivity], now: str, said: Said | None = None,
    markers: Iterable[Marker] = (), asked_off: Mapping[str, str] | None = None,
) -> Matched:  # fmt: skip
    """Return what became of sessions at local time `now` (YYYY-MM-DDTHH:MM).

    `asked_off` has the sessions that a rule on the morning's signals took out, with its sentence.
    """
    said = said or Said()
    ordered = sorted(sessions, key=lambda one: (one.date, one.id))
    made = _explicit(ordered, activities, said)
    made += _scored(ordered, activities, made, said)
    done, used = {one.session for one in made}, {one.activity for one in made}
    skipped = {**(asked_off or {}), **_ill(ordered, markers), **said.skipped}
    left = [one for one in ordered if one.id not in done]
    made.sort(key=lambda one: one.session)
    return Matched(
        tuple(made),
        tuple(sorted(one.id for one in activities if one.id not in used)),
        tuple(one.id for one in left if one.id not in skipped and is_past(one, now)),
        {one.id: skipped[one.id] for one in left if one.id in skipped},
        tuple(one.id for one in left if one.id not in skipped and not is_past(one, now)),
    )


def is_past(session: Session, now: str) -> bool:
    """Return whether a session is too late to be done: from noon of the next day on."""
    return now >= f"{plus(session.date, 1)}T{MISSED_FROM}"


def score(session: Session, activity: DoneActivity) -> float:
    """Return how like each other a session and an activity are, from 0 to 1, whatever their days."""
    parts = [
        (LENGTH, float(session.minutes), activity.minutes),
        (LOAD, session.load, activity.load),
        (START, _minute(session.start), _minute(activity.start)),
    ]
    known = [(weight, first, then) for weight, first, then in parts if first is not None and then is not None]
    total = sum(weight for weight, _, _ in known)
    return sum(weight * _closeness(first, then) for weight, first, then in known) / total


def _closeness(first: float, then: float) -> float:
    small, large = sorted((max(first, 0.0), max(then, 0.0)))
    return 1.0 if large == 0 else small / large


def _minute(time: str | None) -> float | None:
    return None if time is None else 60.0 * int(time[:2]) + int(time[3:5])


def _family(sport: str) -> str:
    return _FAMILY.get(sport, sport)


def _explicit(sessions: Sequence[Session], activities: Sequence[DoneActivity], said: Said) -> list[Match]:
    """Return what a person chose, then what a device or service names."""
    ids, there = {one.id for one in sessions}, {one.id for one in activities}
    made = []
    used: set[str] = set()
    for session, activity in sorted(said.chosen.items()):
        if session in ids and activity in there and activity not in used:
            made.append(Match(session, activity, "chosen"))
            used.add(activity)
    taken = {*said.chosen, *said.skipped, *(one.session for one in made)}
    for one in sorted(activities, key=lambda one: (one.date, one.id)):
        if one.session is not None and one.session in ids - taken and one.id not in used:
            made.append(Match(one.session, one.id, "linked"))
            taken.add(one.session)
            used.add(one.id)
    return made


def _scored(
    sessions: Sequence[Session], activities: Sequence[DoneActivity], made: Sequence[Match], said: Said
) -> list[Match]:
    done = {*(one.session for one in made), *said.chosen, *said.skipped}
    used = {one.activity for one in made}
    pairs = sorted(
        (-value * (1.0 if gap == 0 else OTHER_DAY), gap, session.date, session.id, activity.id, value)
        for session in sessions if session.id not in done
        for activity in activities if activity.id not in used
        if (gap := abs(between(session.date, activity.date))) <= 1
        and _family(session.sport) == _family(activity.sport)
        and (value := score(session, activity)) >= LEAST_SCORE
    )  # fmt: skip
    found = []
    for _, gap, _, session, activity, value in pairs:
        if session not in done and activity not in used:
            found.append(Match(session, activity, "score", round(value * (1.0 if gap == 0 else OTHER_DAY), 3)))
            done.add(session)
            used.add(activity)
    return found


def _ill(sessions: Sequence[Session], markers: Iterable[Marker]) -> dict[str, str]:
    spans = [(one.since, one.until or "9999-12-31", one.kind) for one in markers]
    return {
        session.id: f"marked {kind}" for session in sessions
        for since, until, kind in spans if since <= session.date <= until
    }  # fmt: skip
