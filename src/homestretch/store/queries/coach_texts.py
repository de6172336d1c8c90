"""Keeps and reads texts that are written for an athlete; one that is done changes no more but for its decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from homestretch.errors import NotFound
from homestretch.model.documents.coach_texts import KeptText, TextKind
from homestretch.store.database import Reader, Writer
from homestretch.store.scope import Scope
from homestretch.store.tables.coach_model import coach_texts

WAITING, DONE = "waiting", "done"


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text as it is kept; `document` is None while it waits."""

    id: int
    public_id: str
    athlete_id: int
    kind: TextKind
    subject: str | None
    plan: str | None
    version: int | None
    words: str
    lang: str
    units: str
    state: str
    retry_ms: int | None
    why: str | None
    model: str | None
    call: int | None
    document: KeptText | None
    account_id: int | None
    created_ms: int
    done_ms: int | None
    decision: str | None
    made: int | None


_COLUMNS = tuple(coach_texts.c[name] for name in StoredText.__slots__)


def put_text(session: Writer, scope: Scope, public_id: str, values: Mapping[str, object], now: int) -> None:
    """Keep a text that is to be written."""
    stamps = {"athlete_id": scope.athlete_id, "account_id": scope.account_id, "state": WAITING, "created_ms": now}
    session.run(insert(coach_texts).values(public_id=public_id, **stamps, **values))


def find_text(reader: Reader, scope: Scope, public_id: str) -> StoredText:
    """Return a text. Raises NotFound."""
    mine = (coach_texts.c.public_id == public_id) & (coach_texts.c.athlete_id == scope.athlete_id)
    row = reader.row(select(*_COLUMNS).where(mine))
    if row is None:
        raise NotFound(what="text", id=public_id)
    return StoredText(**row._mapping)


def waiting_same(reader: Reader, scope: Scope, kind: str, subject: str | None, words: str) -> str | None:
    """Return the public id of a text that already waits for the same, or None."""
    table = coach_texts.c
    same = (table.athlete_id == scope.athlete_id) & (table.state == WAITING) & (table.kind == kind)
    query = select(table.public_id).where(same, table.subject.is_not_distinct_from(subject), table.words == words)
    found = reader.scalar(query.limit(1))
    return None if found is None else str(found)


def waiting_texts(reader: Reader, now: int) -> list[tuple[int, str]]:
    """Return the athletes and public ids of the texts that are to be written now, the oldest first."""
    table = coach_texts.c
    due = (table.state == WAITING) & (table.retry_ms.is_(None) | (table.retry_ms <= now))
    return [(row.athlete_id, row.public_id) for row in reader.rows(
        select(table.athlete_id, table.public_id).where(due).order_by(table.id).limit(50))]  # fmt: skip


def waiting_count(reader: Reader, scope: Scope) -> int:
    """Return how many texts of an athlete wait."""
    mine = (coach_texts.c.athlete_id == scope.athlete_id) & (coach_texts.c.state == WAITING)
    return len(reader.rows(select(coach_texts.c.id).where(mine)))


def texts_of(
    reader: Reader, scope: Scope, limit: int, before: int | None = None, kind: str | None = None,
    subjects: Sequence[str] | None = None,
) -> list[StoredText]:  # fmt: skip
    """Return texts of an athlete, the newest first, from before a row on."""
    query = select(*_COLUMNS).where(coach_texts.c.athlete_id == scope.athlete_id)
    if before is not None:
        query = query.where(coach_texts.c.id < before)
    if kind is not None:
        query = query.where(coach_texts.c.kind == kind)
    if subjects is not None:
        query = query.where(coach_texts.c.subject.in_(subjects))
    return [StoredText(**row._mapping) for row in reader.rows(query.order_by(coach_texts.c.id.desc()).limit(limit))]


def finish_text(session: Writer, text_id: int, values: Mapping[str, object], now: int) -> bool:
    """Keep what a text became, once: return whether it still waited."""
    waits = (coach_texts.c.id == text_id) & (coach_texts.c.state == WAITING)
    if session.row(select(coach_texts.c.id).where(waits).with_for_update()) is None:
        return False
    session.run(update(coach_texts).where(waits).values(state=DONE, done_ms=now, retry_ms=None, **values))
    return True


def postpone_text(session: Writer, text_id: int, retry_ms: int, why: str) -> None:
    """Let a text wait until an instant."""
    waits = (coach_texts.c.id == text_id) & (coach_texts.c.state == WAITING)
    session.run(update(coach_texts).where(waits).values(retry_ms=retry_ms, why=why))


def decide_text(session: Writer, scope: Scope, text_id: int, decision: str, made: int | None, now: int) -> bool:
    """Keep the decision about what a text suggests, once: return whether it was still open."""
    open_ = (coach_texts.c.id == text_id) & coach_texts.c.decision.is_(None)
    if session.row(select(coach_texts.c.id).where(open_).with_for_update()) is None:
        return False
    decided = {"decision": decision, "decided_ms": now, "decided_by": scope.account_id, "made": made}
    session.run(update(coach_texts).where(open_).values(decided))
    return True
