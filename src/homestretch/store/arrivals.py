"""Reads how originals came."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select

from homestretch.store.database import Reader
from homestretch.store.tables.kept import arrivals


def only_by(connection_id: int, *, purged: bool = False) -> Select[Any]:
    """Return the query for the digests of files that came to the athlete by this connection and in no other way.

    With `purged` those too that are taken away, of which the bytes may still be there.
    """
    others = arrivals.alias()
    elsewhere = (
        (others.c.athlete_id == arrivals.c.athlete_id)
        & (others.c.digest == arrivals.c.digest)
        & others.c.connection_id.is_distinct_from(connection_id)
        & others.c.undone_ms.is_(None)
        & others.c.purged_ms.is_(None)
    )
    mine = select(arrivals.c.digest).where(arrivals.c.connection_id == connection_id)
    held = mine if purged else mine.where(arrivals.c.purged_ms.is_(None))
    return held.where(~select(others.c.id).where(elsewhere).exists()).distinct()


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
    same = _same(later, arrivals) & later.c.undone_ms.is_(None) & later.c.purged_ms.is_(None)
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
        (a.athlete_id == b.athlete_id) & (a.provider == b.provider) & (a.provider_key == b.provider_key)
        & (a.path == b.path) & a.path.endswith(".json") & (a.digest != b.digest)
    )  # fmt: skip
