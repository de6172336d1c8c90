"""Brings the tables to today's shape: Alembic for what is kept, drop-and-make-again for what is derived."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, Table, Text, inspect, select, update
from sqlalchemy.schema import CreateIndex, CreateTable

from homestretch.errors import HomestretchError
from homestretch.store.codecs.name import CODEC
from homestretch.store.database import KEPT_FILE, Database
from homestretch.store.planner import guide
from homestretch.store.tables import (  # noqa: F401  (these fill the metadata)
    cached,
    coach,
    coach_model,
    derived,
    derived_activities,
    derived_days,
    kept,
    language_model,
    ops,
    saved,
    sinks,
)
from homestretch.store.tables.columns import cached_metadata, derived_metadata, kept_metadata

MIGRATIONS = Path(__file__).with_name("migrations")
COPIES = 3
#: The key of the lock that processes take while they migrate.
MIGRATING = 0x484F4D45

#: The shape that the derived and the cached tables were made in.
shapes = {
    schema: Table("shape", MetaData(schema=schema), Column("digest", Text, primary_key=True))
    for schema in ("derived", "cached")
}


class TooNew(HomestretchError):
    """This database is from a newer Homestretch (revision {revision}). Update Homestretch, or go back to {copy}."""


def migrate(database: Database, copies_dir: Path | None = None) -> bool:
    """Bring every table to today's shape; return whether the derived tables were made again (and so are empty).

    Before a kept migration of an SQLite store the file is copied to `copies_dir`; the newest three copies stay.
    Processes that start together on PostgreSQL wait for each other. Raises TooNew.
    """
    with database.locked(MIGRATING):
        return _migrate(database, copies_dir)


def _migrate(database: Database, copies_dir: Path | None) -> bool:
    revision = pending_revision(database)
    if revision not in (None, "base", *revisions()):
        raise TooNew(revision=revision, copy=_copy_of_ours(copies_dir) or "a backup")
    if revision is not None:
        if copies_dir is not None and database.sqlite:
            _copy_kept(database, copies_dir, revision)
        _upgrade(database)
    with database.write() as session:
        made = _make(session.connection, derived_metadata)
        if _make(session.connection, cached_metadata):
            session.run(update(ops.connection_state).values(whole_ms=None))  # so that sources list everything again
        guide(session.connection)
    return made


def pending_revision(database: Database) -> str | None:
    """Return the revision that the kept tables are at if it is not the newest (`base` for none), else None.

    Asked at every start, so without Alembic, which takes half a second to import.
    """
    with database.read() as session:
        if not inspect(session.connection).has_table("alembic_version"):
            return "base"
        current = session.connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if current == head() else current


def head() -> str:
    """Return the newest revision."""
    return revisions()[-1]


def revisions() -> list[str]:
    """Return every revision, the oldest first: the numbers that the files in `migrations/versions` start with."""
    return sorted(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def remake(database: Database, revision: str) -> None:
    """Make the kept tables of an empty store again in the shape of a revision."""
    with database.write() as session:
        kept_metadata.drop_all(session.connection)
        session.connection.exec_driver_sql("DROP TABLE alembic_version")
    _upgrade(database, revision)


def _upgrade(database: Database, revision: str = "head") -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = database.writing
    command.upgrade(config, revision)


def _copy_kept(database: Database, copies_dir: Path, revision: str) -> None:
    if revision == "base":
        return
    copies_dir.mkdir(parents=True, exist_ok=True)
    copy_sqlite(database, copies_dir / f"{KEPT_FILE}.{revision}")
    copies = sorted(copies_dir.glob(f"{KEPT_FILE}.*"), key=lambda path: path.stat().st_mtime)
    for old in copies[:-COPIES]:
        old.unlink()


def _copy_of_ours(copies_dir: Path | None) -> Path | None:
    """Return the newest copy that an update made of a database that this version can open."""
    ours = [copies_dir / f"{KEPT_FILE}.{revision}" for revision in revisions()] if copies_dir else []
    return next((copy for copy in reversed(ours) if copy.is_file()), None)


def copy_sqlite(database: Database, target: Path) -> None:
    """Copy the kept SQLite file to `target`, consistent even while others write."""
    with database.reading.connect() as connection, closing(sqlite3.connect(target)) as copy:
        raw = connection.connection.driver_connection
        if raw is not None:
            raw.backup(copy, name="main")


def derived_in_shape(connection: Connection) -> bool:
    """Return whether the derived tables are there in today's shape; else the next start makes them again."""
    return _in_shape(connection, derived_metadata)


def _in_shape(connection: Connection, metadata: MetaData) -> bool:
    there = inspect(connection).has_table("shape", schema=metadata.schema)
    found = there and connection.scalar(select(shapes[str(metadata.schema)].c.digest))
    return bool(found == _shape_digest(connection, metadata))


def _make(connection: Connection, metadata: MetaData) -> bool:
    """Make the tables of a schema that has no migrations, unless they are in today's shape; return whether it did."""
    schema, postgres = str(metadata.schema), connection.dialect.name == "postgresql"
    if postgres:
        connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    if _in_shape(connection, metadata):
        return False
    found = MetaData()
    found.reflect(connection, schema=schema)
    found.drop_all(connection)
    metadata.create_all(connection)
    if postgres and metadata is cached_metadata:
        for table in metadata.sorted_tables:  # in no log, and so in no replica and no archive of logs
            connection.exec_driver_sql(f"ALTER TABLE {table.fullname} SET UNLOGGED")
    shapes[schema].create(connection)
    connection.execute(shapes[schema].insert(), {"digest": _shape_digest(connection, metadata)})
    return True


def _shape_digest(connection: Connection, metadata: MetaData) -> str:
    statements = [CODEC]
    for table in metadata.sorted_tables:
        statements.append(str(CreateTable(table).compile(connection)))
        statements += sorted(str(CreateIndex(index).compile(connection)) for index in table.indexes)
    return hashlib.sha256("\n".join(statements).encode()).hexdigest()
