"""The sessions of the plan in force beside what is at providers: what sending them would change."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import orjson

from homestretch.analysis.athlete.history import History
from homestretch.coach.workouts.thresholds import thresholds_for
from homestretch.coach.workouts.wording import in_words
from homestretch.errors import NotFound
from homestretch.formats import CannotExport, workout_formats
from homestretch.model.coach.plan import sessions_of
from homestretch.model.coach.session import Session
from homestretch.model.coach.workout import Step, Workout
from homestretch.model.documents.coach_sending import (
    Sending,
    SendState,
    SendTarget,
    SentDocument,
    SessionPicture,
    SessionToSend,
)
from homestretch.model.moment import iso
from homestretch.sources.registry import sources
from homestretch.store.database import Reader
from homestretch.store.queries import connections as stored
from homestretch.store.queries import plans
from homestretch.store.queries.sent_sessions import SESSION, Record, SentSession, sent_of, session_proposals
from homestretch.store.queries.thresholds import dated
from homestretch.store.scope import Scope
from homestretch.views.coach.workouts import encoded
from homestretch.views.kit.today import today

#: Proposals of which something may still become.
WAITING = ("open", "approved", "failed")


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which sessions are asked about: at one source or connection, of the next days, or one; None: no bound.

    What is at a provider and differs from the plan is always among them, unless one session is asked about.
    """

    to: str | None = None
    days: int | None = None
    session: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A session and a connection: what is there and what the plan says (None: nothing), and since when it is there."""

    target: Record
    session: str
    state: SendState
    sent: SentSession | None
    after: SentDocument | None
    reason: str | None = None


def targets_of(reader: Reader, scope: Scope, to: str | None = None) -> list[Record]:
    """Return the connections that take sessions and are signed in to: of a source, or one. Raises NotFound."""
    every = [
        row
        for row in stored.of_athlete(reader, scope.athlete_id)
        if row.secret is not None and SESSION in sources()[row.source].writes
    ]
    found = every if to is None else [row for row in every if to in (row.source, row.public_id)]
    if to is not None and not found:
        raise NotFound(what="connection that takes planned sessions", id=to)
    return found


def differences(reader: Reader, scope: Scope, now_ms: int, chosen: Chosen) -> list[Difference]:
    """Return every session from today on that is chosen beside each connection. Raises NotFound."""
    version = plans.approved_version(reader, scope)
    day = today(reader, scope, now_ms)
    ahead: dict[str, Session] = {}
    plan = "" if version is None else version.plan
    if version is not None:
        ahead = {one.id: one for one in sessions_of(version.document["weeks"]) if one.date >= day.isoformat()}
    history = History.of(*dated(reader, scope.athlete_id))
    sent = {(one.connection_id, one.session): one for one in sent_of(reader, scope.athlete_id)}
    until = None if chosen.days is None else (day + timedelta(days=chosen.days)).isoformat()
    found: list[Difference] = []
    for target in targets_of(reader, scope, chosen.to):
        there = {name: one for (of, name), one in sent.items() if of == target.id}
        for session in ahead.values():
            near = until is None or session.date < until
            if chosen.session in (None, session.id) and (near or session.id in there):
                beside = _difference(target, session, there.get(session.id), plan, history)
                found += [beside] if near or beside.state != "same" else []
        for name, one in there.items():
            if name not in ahead and one.day >= day.isoformat() and chosen.session in (None, name):
                found.append(Difference(target, name, "removed", one, None))
    if chosen.session is not None and not found:
        raise NotFound(what="session from today on in the plan in force", id=chosen.session)
    return sorted(found, key=lambda one: (_day(one), one.session, one.target.id))


def sending(reader: Reader, scope: Scope, now_ms: int, chosen: Chosen) -> Sending:
    """Return what a person looks at before anything is sent. Raises NotFound."""
    version = plans.approved_version(reader, scope)
    waiting = {(row.connection_id, row.subject): row for row in session_proposals(reader, scope.athlete_id, WAITING)}
    found = differences(reader, scope, now_ms, chosen)
    return Sending(
        plan=None if version is None else version.plan,
        version=None if version is None else version.version,
        targets=[_target(row) for row in targets_of(reader, scope, chosen.to)],
        items=[_item(one, waiting) for one in found],
    )


def _difference(target: Record, session: Session, sent: SentSession | None, plan: str, history: History) -> Difference:
    try:
        after = _document(session, plan, sources()[target.source].workout_format, history)
    except CannotExport as error:
        return Difference(target, session.id, "unsendable", sent, None, str(error))
    if sent is None:
        return Difference(target, session.id, "new", None, after)
    if sent.digest == after["digest"]:
        return Difference(target, session.id, "same", sent, after)
    only_day = _digest(after, date=sent.day) == sent.digest
    return Difference(target, session.id, "moved" if only_day else "changed", sent, after)


def _document(session: Session, plan: str, format_key: str, history: History) -> SentDocument:
    """Return a session as it is sent, its targets by the thresholds of its day. Raises CannotExport."""
    thresholds = thresholds_for(history, session.sport, date.fromisoformat(session.date))
    steps = session.steps or (Step("work", "s", 60.0 * session.minutes),)
    title = session.title or session.sport
    file = encoded(Workout(title, session.sport, steps), workout_formats()[format_key], thresholds, "session", 0)
    made = SentDocument(
        plan=plan,
        date=session.date,
        start=session.start,
        title=title,
        sport=session.sport,
        minutes=session.minutes,
        text=in_words(session.steps),
        note="\n".join(words for words in (session.note, session.fuel) if words),
        indoor=session.indoor,
        body=file.data.decode(),
        digest="",
    )
    made["digest"] = _digest(made)
    return made


def _digest(document: SentDocument, **other: str) -> str:
    plain = {key: value for key, value in {**document, **other}.items() if key != "digest"}
    return hashlib.sha256(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _day(one: Difference) -> str:
    if one.after is not None:
        return one.after["date"]
    return "" if one.sent is None else one.sent.day


def _target(row: Record) -> SendTarget:
    return SendTarget(connection=row.public_id, source=row.source, name=sources()[row.source].name, label=row.label)


def _item(one: Difference, waiting: Mapping[tuple[int, str], Record]) -> SessionToSend:
    proposal = waiting.get((one.target.id, one.session))
    return SessionToSend(
        connection=one.target.public_id,
        session=one.session,
        state=one.state,
        before=None if one.sent is None else _picture(one.sent.document),
        after=None if one.after is None else _picture(one.after),
        sent=None if one.sent is None else iso(one.sent.sent_ms),
        reason=one.reason,
        proposal=None if proposal is None else str(proposal.id),
        proposal_state=None if proposal is None else proposal.state,
        note=None if proposal is None else proposal.note,
    )


def _picture(document: SentDocument) -> SessionPicture:
    return SessionPicture(
        date=document["date"],
        start=document["start"],
        title=document["title"],
        sport=document["sport"],
        minutes=document["minutes"],
        text=document["text"],
    )


def changing(found: Sequence[Difference]) -> Iterator[Difference]:
    """Yield those that sending would change something of."""
    yield from (one for one in found if one.state in ("new", "moved", "changed", "removed"))
