"""Keeps and reads what the athlete enters of days: measurements and notes, each of which can be taken back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import batched

from sqlalchemy import Select, Table, select, update

from homestretch.store.database import Reader, Writer
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import health_entries, health_notes, health_priorities


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """A measurement as it was entered."""

    id: int
    public_id: str
    kind: str
    day: str
    at_ms: int | None
    value: float
    created_ms: int


@dataclass(frozen=True, slots=True)
class StoredNote:
    """A note as it was entered."""

    id: int
    public_id: str
    kind: str
    day: str
    until: str
    level: int | None
    text: str | None


type Values = Mapping[str, str | float | int | None]
PORTION = 500
#: The tables of what is entered, by the noun for one row.
TABLES: Mapping[str, Table] = {"entry": health_entries, "note": health_notes}


def find_entry(reader: Reader, scope: Scope, public_id: str) -> StoredEntry | None:
    """Return an entry, also one that was removed."""
    return next(iter(_entries(reader, _selected("entry", scope.athlete_id, public_id))), None)


def find_note(reader: Reader, scope: Scope, public_id: str) -> StoredNote | None:
    """Return a note, also one that was removed."""
    return next(iter(_notes(reader, _selected("note", scope.athlete_id, public_id))), None)


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


def read_notes(reader: Reader, athlete_id: int, since: str, until: str) -> list[StoredNote]:
    """Return the notes that cover any day of a stretch, in order of day."""
    table = health_notes.c
    covers = (table.day <= until) & (table.until >= since) & table.removed_ms.is_(None)
    return _notes(reader, _selected("note", athlete_id).where(covers).order_by(table.day, table.id))


def read_entries(reader: Reader, athlete_id: int, kind: str | None, since: str, until: str) -> list[StoredEntry]:
    """Return what was entered by hand from one day to another, of a kind or of all, the newest first."""
    table = health_entries.c
    query = _selected("entry", athlete_id).where(table.removed_ms.is_(None), table.day.between(since, until))
    if kind is not None:
        query = query.where(table.kind == kind)
    return _entries(reader, query.order_by(table.day.desc(), table.id.desc()))


def entries_of(reader: Reader, athlete_id: int, days: Iterable[str]) -> dict[str, list[StoredEntry]]:
    """Return what the athlete entered by hand for days, in the order in which it was."""
    by_day: dict[str, list[StoredEntry]] = {}
    table = health_entries.c
    for portion in batched(sorted(set(days)), PORTION):
        query = _selected("entry", athlete_id).where(table.day.in_(portion), table.removed_ms.is_(None))
        for entry in _entries(reader, query.order_by(table.id)):
            by_day.setdefault(entry.day, []).append(entry)
    return by_day


def _selected(noun: str, athlete_id: int, public_id: str | None = None) -> Select[tuple[object, ...]]:
    table = TABLES[noun]
    columns = [table.c[field.name] for field in fields(StoredEntry if noun == "entry" else StoredNote)]
    query = select(*columns).where(table.c.athlete_id == athlete_id)
    return query if public_id is None else query.where(table.c.public_id == public_id)


def _entries(reader: Reader, query: Select[tuple[object, ...]]) -> list[StoredEntry]:
    return [StoredEntry(**row._asdict()) for row in reader.rows(query)]


def _notes(reader: Reader, query: Select[tuple[object, ...]]) -> list[StoredNote]:
    return [StoredNote(**row._asdict()) for row in reader.rows(query)]


def days_with_entries(reader: Reader, athlete_id: int) -> set[str]:
    """Return every day that the athlete entered a measurement for."""
    table = health_entries.c
    query = select(table.day).where(table.athlete_id == athlete_id, table.removed_ms.is_(None)).distinct()
    return {row.day for row in reader.rows(query)}


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


def priorities_of_all(reader: Reader) -> dict[int, dict[str, tuple[str, ...]]]:
    """Return `priorities_of` of every athlete who believes some sources most."""
    found: dict[int, dict[str, tuple[str, ...]]] = {}
    for row in reader.rows(select(health_priorities)):
        found.setdefault(row.athlete_id, {})[row.kind] = tuple(row.sources)
    return found
