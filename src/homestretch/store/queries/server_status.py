"""Reads how the server is: its database, its processes, and what waits."""

from typing import NamedTuple

from sqlalchemy import func, select, text

from homestretch.store.database import Reader
from homestretch.store.tables.ops import batches, heartbeats, items, runs


class Backlog(NamedTuple):
    """How much waits, and since when the oldest (UTC ms)."""

    waiting: int
    since_ms: int | None


def database_version(reader: Reader) -> str:
    """Return the kind of the database and its version."""
    if reader.connection.dialect.name == "sqlite":
        return f"SQLite {reader.scalar(text('SELECT sqlite_version()'))}"
    return f"PostgreSQL {reader.scalar(text('SHOW server_version'))}"


def database_bytes(reader: Reader) -> int | None:
    """Return what a PostgreSQL database takes on its disk; None for SQLite, whose files can be looked at."""
    if reader.connection.dialect.name == "sqlite":
        return None
    return int(reader.scalar(text("SELECT pg_database_size(current_database())")))


def heartbeats_of(reader: Reader) -> list[tuple[str, int]]:
    """Return the servers and workers on PostgreSQL by name, each with when it was last alive, UTC ms."""
    return [(row.executor, row.at_ms) for row in reader.rows(select(heartbeats).order_by(heartbeats.c.executor))]


def waiting_files(reader: Reader) -> Backlog:
    """Return the files that wait to be imported."""
    waiting, since = func.count().label("waiting"), func.min(batches.c.created_ms).label("since")
    query = select(waiting, since).select_from(items).join(batches, batches.c.id == items.c.batch_id)
    row = reader.rows(query.where(items.c.status == "waiting", batches.c.state.in_(("receiving", "running"))))[0]
    return Backlog(int(row.waiting), row.since)


def waiting_syncs(reader: Reader) -> Backlog:
    """Return the syncs that wait to begin."""
    query = select(func.count().label("waiting"), func.min(runs.c.asked_ms).label("since"))
    row = reader.rows(query.where(runs.c.state == "waiting"))[0]
    return Backlog(int(row.waiting), row.since)
