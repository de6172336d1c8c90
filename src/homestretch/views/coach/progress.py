"""What became of planned sessions: the one place where they are matched with what was done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from homestretch.coach.checking.state import Marker
from homestretch.coach.compliance import Compliance, DoneSession, Planned, compliance
from homestretch.coach.matching import DoneActivity, Matched, Said, match
from homestretch.model.coach.session import Session, session_document
from homestretch.model.documents.coach_plans import PlannedSession
from homestretch.store.database import Reader
from homestretch.store.queries import plans as stored
from homestretch.store.queries.sent_sessions import named_sessions
from homestretch.store.scope import Scope
from homestretch.views.coach.history import sessions_done
from homestretch.views.health.read import Stretch, notes_of

#: Kinds of notes that plans heed.
MARKERS: tuple[Literal["ill", "injured"], ...] = ("ill", "injured")
#: Days around those in question whose sessions and activities compete for each other.
AROUND = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of sessions: the matches, and what was done by the id of the activity."""

    matched: Matched
    done: dict[str, Session]

    def activity_of(self, session: str) -> Session | None:
        """Return the activity that did a session."""
        return next((self.done[one.activity] for one in self.matched.matches if one.session == session), None)

    def session_of(self, activity: str) -> str | None:
        """Return the id of the session that an activity did."""
        return next((one.session for one in self.matched.matches if one.activity == activity), None)


def progress_around(
    reader: Reader, scope: Scope, sessions: Sequence[Session], since: date, until: date, now: datetime
) -> Progress:
    """Return what became of the sessions of days, and of those around them, by local time `now`."""
    first, last = since - AROUND, until + AROUND
    done = sessions_done(reader, scope, first, last)
    near = [one for one in sessions if first.isoformat() <= one.date <= last.isoformat()]
    return progress_of(reader, scope, near, done, markers_between(reader, scope, first, last), now)


def progress_of(
    reader: Reader,
    scope: Scope,
    sessions: Sequence[Session],
    done: Sequence[Session],
    markers: Iterable[Marker],
    now: datetime,
) -> Progress:
    """Return what became of sessions by local time `now`, with what the athlete and providers say of them."""
    links = stored.links_of(reader, scope)
    known = stored.linked_activities(reader, scope, [link.subject for link in links if link.subject is not None])
    said = Said(
        chosen={link.session: known.get(link.subject) for link in links if link.subject is not None},
        skipped={link.session: link.skipped for link in links if link.skipped is not None},
    )
    named = named_sessions(reader, scope.athlete_id, [one.id for one in done])
    activities = [
        DoneActivity(one.id, one.date, one.sport, one.minutes, one.load or None, one.start, named.get(one.id))
        for one in done
    ]
    matched = match(sessions, activities, now.strftime("%Y-%m-%dT%H:%M"), said, markers)
    return Progress(matched, {one.id: one for one in done})


def markers_between(reader: Reader, scope: Scope, since: date, until: date) -> tuple[Marker, ...]:
    """Return when the athlete was ill or injured, by their notes; a note that reaches the last day is still so."""
    return tuple(
        Marker(kind, note["day"], None if note["until"] >= until.isoformat() else note["until"], note["text"])
        for note in notes_of(reader, scope, Stretch(since, until))
        for kind in MARKERS
        if note["kind"] == kind
    )


def scored(session: Session, done: Session) -> Compliance:
    """Return how a session was kept, by its length and load."""
    return compliance(Planned(session.minutes, session.load), DoneSession(done.minutes, done.load or None))


def planned(session: Session, progress: Progress) -> PlannedSession:
    """Return a session with its outcome."""
    done = progress.activity_of(session.id)
    score = None if done is None else scored(session, done)
    return PlannedSession(
        **session_document(session),
        state=_state(session, progress),
        reason=progress.matched.skipped.get(session.id),
        activity=None if done is None else done.id,
        activity_name=None if done is None else done.title,
        done_minutes=None if done is None else done.minutes,
        done_load=None if done is None else done.load,
        score=None if score is None else score.total,
        label=None if score is None else score.label,
    )


def _state(session: Session, progress: Progress) -> Literal["open", "done", "missed", "skipped"]:
    if progress.activity_of(session.id) is not None:
        return "done"
    if session.id in progress.matched.skipped:
        return "skipped"
    return "missed" if session.id in progress.matched.missed else "open"
