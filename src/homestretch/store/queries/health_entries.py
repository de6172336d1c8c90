"""Keeps and reads what the athlete enters of days: measurements and notes, each of which can be taken back."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import batched
from typing import Any

from sqlalchemy import Row, Table, select, update

from homestretch.store.database import Reader, Writer
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import health_entries, health_notes, health_priorities

type Values = Mapping[str, str | float | int | None]
PORTION = 500
#: The tables of what is entered, by the noun for one row.
TABLES: Mapping[str, Table] = {"entry": health_entries, "note": health_notes}


def find_entered(reader: Reader, scope: Scope, noun: str, public_id: str) -> Row[Any] | None:
    """Return an entry or a note, also one that was removed."""
    table = TABLES[noun]
    return reader.row(select(table).where(table.c.athlete_id == scope.athlete_id, table.c.public_id == public_id))


def put_entered(session: Writer, scope: Scope, noun: str, public_id: str, now: int, values: Values) -> None:
    """Keep an entry or a note."""
    of = {"athlete_id": scope.athlete_id, "account_id": scope.account_id, "created_ms": now}
    session.run(TABLES[noun].insert().values(public_id=public_id, **of, **values))


def set_removed(session: Writer, noun: str, row_id: int, removed_ms: int | None) -> None:
    """Remove an entry or a note, or bring it back (None)."""
    table = TABLES[noun]
    session.run(update(table).where(table.c.id == row_id).values(removed_ms=removed_ms))


def remove_replacing(session: Writer, noun: str, row_id: int, now: int) -> set[str]:
    """Remove what replaced an entry or a note; return its days."""
    table = TABLES[noun]
    later = (table.c.replaces == row_id) & table.c.removed_ms.is_(None)
    days = {row.day for row in session.rows(select(table.c.day).where(later))}
    session.run(update(table).where(later).values(removed_ms=now))
    return days


def read_notes(reader: Reader, athlete_id: int, since: str, until: str) -> Sequence[Row[Any]]:
    """Return the notes that cover any day of a stretch, in order of day."""
    table = health_notes.c
    covers = (table.day <= until) & (table.until >= since) & table.removed_ms.is_(None)
    query = select(health_notes).where(table.athlete_id == athlete_id, covers)
    return reader.rows(query.order_by(table.day, table.id))


def read_entries(reader: Reader, athlete_id: int, kind: str | None, since: str, until: str) -> Sequence[Row[Any]]:
    """Return what was entered by hand from one day to another, of a kind or of all, the newest first."""
    table = health_entries.c
    where = (table.athlete_id == athlete_id) & table.removed_ms.is_(None) & table.day.between(since, until)
    if kind is not None:
        where &= table.kind == kind
    return reader.rows(select(health_entries).where(where).order_by(table.day.desc(), table.id.desc()))


def entries_of(reader: Reader, athlete_id: int, days: Iterable[str]) -> dict[str, list[Row[Any]]]:
    """Return what the athlete entered by hand for days, in the order in which it was."""
    entries: dict[str, list[Row[Any]]] = {}
    table = health_entries.c
    for portion in batched(sorted(set(days)), PORTION):
        query = select(health_entries).where(
            table.athlete_id == athlete_id, table.day.in_(portion), table.removed_ms.is_(None)
        )
        for row in reader.rows(query.order_by(table.id)):
            entries.setdefault(row.day, []).append(row)
    return entries


def entered_days(reader: Reader, athlete_id: int) -> list[str]:
    """Return every day with an entry by hand, in order."""
    where = (health_entries.c.athlete_id == athlete_id) & health_entries.c.removed_ms.is_(None)
    return sorted(row.day for row in reader.rows(select(health_entries.c.day).where(where).distinct()))


def put_priority(session: Writer, athlete_id: int, kind: str, sources: Sequence[str], now: int) -> None:
    """Keep which sources are believed most of a kind; none goes back to the usual order."""
    table = health_priorities
    session.run(table.delete().where(table.c.athlete_id == athlete_id, table.c.kind == kind))
    if sources:
        session.put(table, [{"athlete_id": athlete_id, "kind": kind, "sources": list(sources), "set_ms": now}])


def priorities_of(reader: Reader, athlete_id: int) -> Mapping[str, tuple[str, ...]]:
    """Return the sources that the athlete believes most, by kind; "" is for all kinds."""
    rows = reader.rows(select(health_priorities).where(health_priorities.c.athlete_id == athlete_id))
    return {row.kind: tuple(row.sources) for row in rows}
