"""Keeps and reads calls of the language model, and who agreed to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import case, delete, func, insert, select, tuple_, update

from homestretch.errors import NotFound
from homestretch.store.database import Reader, Writer
from homestretch.store.scope import Scope
from homestretch.store.tables.language_model import model_agreements, model_calls

RUNNING, DONE = "running", "done"
DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class StoredCall:
    """A call as it is kept; see the table."""

    id: int
    account_id: int | None
    action: str
    endpoint: str
    model: str | None
    provider: str | None
    prompt_sha256: str | None
    context_digest: str
    sent: str | None
    answer: str | None
    rejected: Sequence[str]
    attempts: Sequence[Mapping[str, object]]
    outcome: str
    reserved_tokens: int
    reserved_micros: int
    tokens_in: int | None
    tokens_out: int | None
    cost_micros: int | None
    at_ms: int
    ended_ms: int | None


class Spent(NamedTuple):
    """Tokens and millionths of a US dollar, calls that have not ended with what is reserved for them."""

    tokens: int
    micros: int
    calls: int


class CachedAnswer(NamedTuple):
    """An answer that was given to the same request."""

    call: int
    answer: str
    model: str


_COLUMNS = tuple(model_calls.c[name] for name in StoredCall.__slots__)


def begin_call(session: Writer, scope: Scope, values: Mapping[str, object]) -> int:
    """Keep a call before anything is sent; return its id."""
    mine = {"athlete_id": scope.athlete_id, "account_id": scope.account_id}
    empty = {"rejected": [], "attempts": [], "reserved_tokens": 0, "reserved_micros": 0}
    return session.add(insert(model_calls).values({**empty, **mine, **values}))


def end_call(session: Writer, call: int, values: Mapping[str, object]) -> None:
    """Write down how a call ended; what it took counts from now on in place of what was reserved."""
    session.run(update(model_calls).where(model_calls.c.id == call, model_calls.c.ended_ms.is_(None)).values(**values))


def spent_since(reader: Reader, athlete_id: int, since_ms: int) -> Spent:
    """Return what the calls for an athlete took since an instant."""
    calls = model_calls.c
    open_ = calls.ended_ms.is_(None)
    took = func.coalesce(calls.tokens_in, 0) + func.coalesce(calls.tokens_out, 0)
    tokens = func.coalesce(func.sum(case((open_, calls.reserved_tokens), else_=took)), 0)
    micros = func.coalesce(func.sum(case((open_, calls.reserved_micros), else_=func.coalesce(calls.cost_micros, 0))), 0)
    mine = (calls.athlete_id == athlete_id) & (calls.at_ms >= since_ms)
    (row,) = reader.rows(
        select(tokens.label("tokens"), micros.label("micros"), func.count().label("calls")).where(mine)
    )
    return Spent(int(row.tokens), int(row.micros), row.calls)


def cached_answer(reader: Reader, athlete_id: int, keys: Sequence[str], since_ms: int) -> CachedAnswer | None:
    """Return the newest answer to one of these requests, the first key's before those of the others; or None."""
    calls = model_calls.c
    mine = (calls.athlete_id == athlete_id) & calls.cache_key.in_(keys)
    good = (calls.outcome == DONE) & calls.answer.is_not(None) & (calls.at_ms >= since_ms)
    query = select(calls.id, calls.answer, calls.model, calls.cache_key).where(mine, good).order_by(calls.id.desc())
    rows = sorted(reader.rows(query), key=lambda row: keys.index(row.cache_key))
    return CachedAnswer(rows[0].id, rows[0].answer, rows[0].model) if rows else None


def find_call(reader: Reader, scope: Scope, call: int) -> StoredCall:
    """Return a call for the athlete. Raises NotFound."""
    mine = (model_calls.c.athlete_id == scope.athlete_id) & (model_calls.c.id == call)
    row = reader.row(select(*_COLUMNS).where(mine))
    if row is None:
        raise NotFound(what="call of a model", id=call)
    return StoredCall(**row._mapping)


def list_calls(
    reader: Reader, scope: Scope, before: tuple[int, int] | None, limit: int
) -> tuple[list[StoredCall], int]:
    """Return calls for the athlete, the newest first (before an instant and id), and how many there are."""
    mine = model_calls.c.athlete_id == scope.athlete_id
    total = int(reader.scalar(select(func.count()).select_from(model_calls).where(mine)) or 0)
    newest = (model_calls.c.at_ms.desc(), model_calls.c.id.desc())
    query = select(*_COLUMNS).where(mine).order_by(*newest).limit(limit)
    if before is not None:
        query = query.where(tuple_(model_calls.c.at_ms, model_calls.c.id) < tuple_(*before))
    return [StoredCall(**row._mapping) for row in reader.rows(query)], total


class Agreement(NamedTuple):
    """That an athlete's data may be sent to an endpoint, with names or without."""

    endpoint: str
    names: bool
    agreed_ms: int


def agreement_of(reader: Reader, athlete_id: int) -> Agreement | None:
    """Return what was agreed to for an athlete, or None."""
    columns = [model_agreements.c[name] for name in Agreement._fields]
    row = reader.row(select(*columns).where(model_agreements.c.athlete_id == athlete_id))
    return None if row is None else Agreement._make(row)


def put_agreement(session: Writer, scope: Scope, agreement: Agreement) -> None:
    """Keep what was agreed to for an athlete."""
    mine = {"athlete_id": scope.athlete_id, "account_id": scope.account_id}
    session.put(model_agreements, [{**mine, **agreement._asdict()}])


def drop_agreement(session: Writer, athlete_id: int) -> None:
    """Forget what was agreed to for an athlete."""
    session.run(delete(model_agreements).where(model_agreements.c.athlete_id == athlete_id))
