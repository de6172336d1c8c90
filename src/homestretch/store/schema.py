"""Brings the tables to today's shape: Alembic for what is kept, drop-and-make-again for what is derived."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, Table, Text, inspect, select
from sqlalchemy.schema import CreateIndex, CreateTable

from homestretch.errors import HomestretchError
from homestretch.store.codec import CODEC
from homestretch.store.database import KEPT_FILE, Database
from homestretch.store.lent import forget_lent
from homestretch.store.planner import guide
from homestretch.store.tables import derived, derived_days, kept, ops  # noqa: F401  (these fill the metadata)
from homestretch.store.tables.columns import derived_metadata, kept_metadata

MIGRATIONS = Path(__file__).with_name("migrations")
COPIES = 3

#: The shape that the derived tables were made in.
shape = Table("shape", MetaData(schema="derived"), Column("digest", Text, primary_key=True))


class TooNew(HomestretchError):
    """A newer Homestretch has used this database (revision {revision}); update Homestretch, or restore a backup."""


def migrate(database: Database, copies_dir: Path | None = None) -> bool:
    """Bring every table to today's shape; return whether the derived tables were made anew (and so are empty).

    Before a kept migration of an SQLite store the file is copied to `copies_dir`; the newest three copies stay.
    Raises TooNew.
    """
    revision = pending_revision(database)
    if revision not in (None, "base", *revisions()):
        raise TooNew(revision=revision)
    if revision is not None:
        if copies_dir is not None and database.sqlite:
            _copy_kept(database, copies_dir, revision)
        _upgrade(database)
    with database.write() as session:
        made = _make_derived(session.connection)
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
    """Make the kept tables of an empty store anew in the shape of a revision."""
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


def copy_sqlite(database: Database, target: Path) -> None:
    """Copy the kept SQLite file to `target`, consistent even while others write, without what is lent."""
    with database.reading.connect() as connection, closing(sqlite3.connect(target)) as copy:
        raw = connection.connection.driver_connection
        if raw is not None:
            raw.backup(copy, name="main")
    forget_lent(target)


def derived_in_shape(connection: Connection) -> bool:
    """Return whether the derived tables are there in today's shape; else the next start makes them anew."""
    there = inspect(connection).has_table("shape", schema="derived")
    return there and connection.scalar(select(shape.c.digest)) == _shape_digest(connection)


def _make_derived(connection: Connection) -> bool:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("CREATE SCHEMA IF NOT EXISTS derived")
    if derived_in_shape(connection):
        return False
    found = MetaData()
    found.reflect(connection, schema="derived")
    found.drop_all(connection)
    derived_metadata.create_all(connection)
    shape.create(connection)
    connection.execute(shape.insert(), {"digest": _shape_digest(connection)})
    return True


def _shape_digest(connection: Connection) -> str:
    statements = [CODEC]
    for table in derived_metadata.sorted_tables:
        statements.append(str(CreateTable(table).compile(connection)))
        statements += sorted(str(CreateIndex(index).compile(connection)) for index in table.indexes)
    return hashlib.sha256("\n".join(statements).encode()).hexdigest()
