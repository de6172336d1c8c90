"""Keeps and reads which planned sessions are at a provider, and which session a provider says was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, insert, select, update

from homestretch.model.documents.coach_sending import SentDocument
from homestretch.store.database import Reader, Writer
from homestretch.store.tables.coach import sent_sessions
from homestretch.store.tables.derived import activities, recordings
from homestretch.store.tables.kept import arrivals, proposals
from homestretch.store.tables.ops import remote_items

#: The field of proposals that are about a planned session; their subject is its id.
SESSION = "session"
#: A row as a query returned it.
type Record = Row[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class SentSession:
    """A session at a provider: its key there, and what was sent when (UTC ms); `removed_ms`: not there any more."""

    connection_id: int
    session: str
    remote_key: str
    day: str
    digest: str
    document: SentDocument
    sent_ms: int
    removed_ms: int | None


_COLUMNS = tuple(sent_sessions.c[name] for name in SentSession.__slots__)


def sent_of(reader: Reader, athlete_id: int) -> list[SentSession]:
    """Return what of an athlete's plans is at any provider."""
    mine = (sent_sessions.c.athlete_id == athlete_id) & sent_sessions.c.removed_ms.is_(None)
    rows = reader.rows(select(*_COLUMNS).where(mine).order_by(sent_sessions.c.id))
    return [SentSession(**row._mapping) for row in rows]


def find_sent(reader: Reader, connection_id: int, session: str) -> SentSession | None:
    """Return what of a session is, or was, at a connection's provider, or None."""
    where = (sent_sessions.c.connection_id == connection_id) & (sent_sessions.c.session == session)
    row = reader.row(select(*_COLUMNS).where(where))
    return None if row is None else SentSession(**row._mapping)


def put_sent(
    session: Writer, athlete_id: int, connection_id: int, of: str, remote_key: str, document: SentDocument, now: int
) -> None:
    """Keep that a session is at a provider as its document says."""
    values = {
        "remote_key": remote_key,
        "day": document["date"],
        "digest": document["digest"],
        "document": document,
        "sent_ms": now,
        "removed_ms": None,
    }
    where = (sent_sessions.c.connection_id == connection_id) & (sent_sessions.c.session == of)
    if not session.run(update(sent_sessions).where(where).values(values)):
        keys = {"athlete_id": athlete_id, "connection_id": connection_id, "session": of}
        session.run(insert(sent_sessions).values(**keys, **values))


def set_taken_away(session: Writer, connection_id: int, of: str, now: int) -> None:
    """Keep that a session is not at a provider any more."""
    where = (sent_sessions.c.connection_id == connection_id) & (sent_sessions.c.session == of)
    session.run(update(sent_sessions).where(where).values(removed_ms=now))


def session_proposals(reader: Reader, athlete_id: int, states: Sequence[str]) -> Sequence[Record]:
    """Return the proposals about planned sessions in these states, the oldest first."""
    mine = (proposals.c.athlete_id == athlete_id) & (proposals.c.field == SESSION) & proposals.c.state.in_(states)
    return reader.rows(select(proposals).where(mine).order_by(proposals.c.id))


def put_session_proposal(
    session: Writer, athlete_id: int, connection_id: int, of: str, state: str, values: Mapping[str, object]
) -> int:
    """Keep a new proposal about a planned session; return its number."""
    keys = {"athlete_id": athlete_id, "connection_id": connection_id, "subject": of, "field": SESSION}
    return session.add(insert(proposals).values(**keys, state=state, tries=0, **values))


def change_session_proposals(session: Writer, numbers: Sequence[int], state: str, values: Mapping[str, object]) -> None:
    """Change proposals that are in a state."""
    where = proposals.c.id.in_(numbers) & (proposals.c.state == state)
    session.run(update(proposals).where(where).values(dict(values)))


def named_sessions(reader: Reader, athlete_id: int, names: Sequence[str]) -> dict[str, str]:
    """Return the planned session that a provider says was done, by the activity's public id, of these activities.

    A provider says so of what was sent to it, also where it was taken away since.
    """
    of = sent_sessions.c.athlete_id == athlete_id
    columns = (sent_sessions.c.connection_id, sent_sessions.c.remote_key, sent_sessions.c.session)
    sent = {(row.connection_id, row.remote_key): row.session for row in reader.rows(select(*columns).where(of))}
    if not sent or not names:
        return {}
    came = (
        select(activities.c.public_id, remote_items.c.connection_id, remote_items.c.details)
        .join(recordings, recordings.c.activity_id == activities.c.id)
        .join(arrivals, (arrivals.c.athlete_id == recordings.c.athlete_id) & (arrivals.c.digest == recordings.c.digest))
        .join(
            remote_items,
            (remote_items.c.connection_id == arrivals.c.connection_id)
            & (remote_items.c.kind == "activity")
            & (remote_items.c.key == arrivals.c.provider_key),
        )
        .where(activities.c.athlete_id == athlete_id, activities.c.public_id.in_(names))
        .where(arrivals.c.undone_ms.is_(None), arrivals.c.purged_ms.is_(None))
        .order_by(arrivals.c.id)
    )
    found: dict[str, str] = {}
    for row in reader.rows(came):
        session = sent.get((row.connection_id, (row.details or {}).get("workout") or ""))
        if session is not None:
            found.setdefault(str(row.public_id), str(session))
    return found
