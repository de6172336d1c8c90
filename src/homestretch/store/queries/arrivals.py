"""Reads how originals came."""

from collections.abc import Collection, Sequence
from itertools import batched
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Select, select

from homestretch.model.terms import Use
from homestretch.store.database import Reader
from homestretch.store.tables.kept import arrivals

#: So many originals are named in a statement.
PORTION = 500


def in_force(table: FromClause = arrivals) -> ColumnElement[bool]:
    """Return the condition that an arrival counts: its import was not undone, and its bytes were not deleted."""
    return table.c.undone_ms.is_(None) & table.c.purged_ms.is_(None)


def only_by(connection_id: int, *, purged: bool = False) -> Select[Any]:
    """Return the query for the digests of files that came to the athlete by this connection and in no other way.

    With `purged` also the deleted ones, whose bytes may still be there.
    """
    others = arrivals.alias()
    elsewhere = (
        (others.c.athlete_id == arrivals.c.athlete_id)
        & (others.c.digest == arrivals.c.digest)
        & others.c.connection_id.is_distinct_from(connection_id)
        & in_force(others)
    )
    mine = select(arrivals.c.digest).where(arrivals.c.connection_id == connection_id)
    held = mine if purged else mine.where(arrivals.c.purged_ms.is_(None))
    return held.where(~select(others.c.id).where(elsewhere).exists()).distinct()


def forbidden(reader: Reader, athlete_id: int, digests: Collection[str], use: Use) -> set[str]:
    """Return which of these originals may not be used so (see `forbids`)."""
    found: set[str] = set()
    for some in batched(sorted(set(digests)), PORTION):
        query = select(arrivals.c.digest).where(arrivals.c.athlete_id == athlete_id, arrivals.c.digest.in_(some))
        limited = query.where(arrivals.c.terms.is_not(None), forbids(arrivals.c.digest, athlete_id, use))
        found |= {row.digest for row in reader.rows(limited)}
    return found


def forbids(digest: ColumnElement[str], athlete_id: int, use: Use) -> ColumnElement[bool]:
    """Return the condition that an original may not be used so: the terms of every way by which it came forbid it.

    A copy that the athlete imported is free of a provider's terms.
    """
    came = arrivals.alias()
    held = (came.c.athlete_id == athlete_id) & (came.c.digest == digest) & in_force(came)
    limited = select(came.c.id).where(held, came.c.terms.contains(use)).exists()
    free = select(came.c.id).where(held, came.c.terms.is_(None) | ~came.c.terms.contains(use)).exists()
    return limited & ~free


def names_of(reader: Reader, athlete_id: int) -> dict[str, set[str]]:
    """Return the names that the athlete's originals ever came under: an undone import taught them too."""
    found: dict[str, set[str]] = {}
    query = select(arrivals.c.digest, arrivals.c.path).where(arrivals.c.athlete_id == athlete_id)
    for row in reader.rows(query):
        found.setdefault(row.digest, set()).add(row.path)
    return found


def replaced() -> ColumnElement[bool]:
    """Return whether a later answer of the same name about the same thing has come in the place of an arrival.

    Answers only: of two files that a provider gave of one thing each is a recording of its own.
    """
    later = arrivals.alias()
    same = _same(later, arrivals) & in_force(later)
    return arrivals.c.provider_key.is_not(None) & select(later.c.id).where(same, later.c.id > arrivals.c.id).exists()


def earlier(reader: Reader, arrival: Row[Any]) -> Sequence[str]:
    """Return the digests of the answers in whose place an arrival came."""
    if arrival.provider_key is None:
        return []
    query = select(arrivals.c.digest).where(_same(arrivals, arrival), arrivals.c.id < arrival.id)
    return [row.digest for row in reader.rows(query.distinct()) if row.digest != arrival.digest]


def _same(one: Any, other: Any) -> Any:
    a, b = one.c, getattr(other, "c", other)
    return (
        (a.athlete_id == b.athlete_id)
        & (a.provider == b.provider)
        & (a.provider_key == b.provider_key)
        & (a.path == b.path)
        & a.path.endswith(".json")
        & (a.digest != b.digest)
    )
