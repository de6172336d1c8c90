"""The database: engines for SQLite and PostgreSQL, and read and write sessions of different types."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson
from sqlalchemy import (
    Connection,
    Dialect,
    Engine,
    Executable,
    Row,
    Table,
    create_engine,
    event,
    func,
    inspect,
    make_url,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DatabaseError
from sqlalchemy.sql.dml import Insert

from homestretch.errors import HomestretchError
from homestretch.files import on_read_only_disk

KEPT_FILE = "homestretch.db"
DERIVED_FILE = "derived.db"
CACHED_FILE = "cached.db"
#: The files that are attached beside the kept one, by the schema that they are.
ATTACHED = {"derived": DERIVED_FILE, "cached": CACHED_FILE}
#: So often the log is asked to be cut off while others read.
TRIES = 3


def _document(stored: Any) -> Any:
    """Return a document as it was written; SQLite keeps one that is only a number as that number."""
    return orjson.loads(stored) if isinstance(stored, str | bytes) else stored


#: How documents are written and read: five times as fast as with the standard library.
_JSON: dict[str, Any] = {"json_serializer": lambda value: orjson.dumps(value).decode(), "json_deserializer": _document}


class DatabaseBusy(HomestretchError):
    """The database is busy. Try again in a moment."""

    status = 503


class DatabaseUnreachable(HomestretchError):
    """The database can't be opened ({reason}). Run `homestretch doctor`."""

    status = 503
    exit_code = 5


class DatabaseReadOnly(HomestretchError):
    """The data folder is on a read-only disk, so nothing can be changed. Your data can still be read. Back it up to
    another disk with `homestretch backup FILE`.
    """

    status = 507


class Reader:
    """A short read transaction; the database itself refuses writes."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def rows(self, statement: Executable, parameters: Any = None) -> Sequence[Row[Any]]:
        """Return every row."""
        return self.connection.execute(statement, parameters).all()

    def row(self, statement: Executable, parameters: Any = None) -> Row[Any] | None:
        """Return the first row, or None."""
        return self.connection.execute(statement, parameters).first()

    def scalar(self, statement: Executable, parameters: Any = None) -> Any:
        """Return the first column of the first row, or None."""
        return self.connection.execute(statement, parameters).scalar()


class Writer(Reader):
    """A short write transaction, committed when its block ends and undone when it raises."""

    def run(self, statement: Executable, parameters: Any = None) -> int:
        """Execute a statement (once per parameter set) and return the number of rows it touched."""
        return self.connection.execute(statement, parameters).rowcount

    def add(self, statement: Insert, parameters: Any = None) -> int:
        """Insert one row and return the key that the database gave it."""
        key = self.connection.execute(statement, parameters).inserted_primary_key
        return int(key[0]) if key is not None else 0

    def insert_new(self, table: Table, rows: Sequence[dict[str, Any]]) -> int:
        """Insert the rows that are not there yet; those that are stay as they are. Return how many were new."""
        return self._write(table, rows, None)

    def put(self, table: Table, rows: Sequence[dict[str, Any]], on: Sequence[str] = ()) -> None:
        """Insert the rows, or set every given column where a row with the same `on` (or primary key) is there."""
        self._write(table, rows, tuple(on) or tuple(column.name for column in table.primary_key))

    def _write(self, table: Table, rows: Sequence[dict[str, Any]], on: tuple[str, ...] | None) -> int:
        """Insert rows, all with the columns of the first, through the driver: no new statement is made for them.

        Return how many rows were touched.
        """
        if not rows:
            return 0
        names = tuple(rows[0])
        text, order, processors = _written(self.connection.dialect, table, names, on)
        columns = []
        for name in order:
            process = processors[name]
            column = [row[name] for row in rows]
            columns.append(column if process is None else [process(value) for value in column])
        found = list(zip(*columns, strict=True))
        if self.connection.dialect.positional:
            return self.connection.exec_driver_sql(text, found).rowcount
        return self.connection.exec_driver_sql(text, [dict(zip(order, row, strict=True)) for row in found]).rowcount


@lru_cache(256)
def _written(
    dialect: Dialect, table: Table, names: tuple[str, ...], on: tuple[str, ...] | None
) -> tuple[str, Sequence[str], dict[str, Any]]:
    """Return an insert of these columns as the driver takes it, their order in it, and what each value goes through.

    `on` are the columns by which a row is known that is there already; without them it stays as it is.
    """
    insert = (postgresql if dialect.name == "postgresql" else sqlite).insert(table)
    if on is None:
        statement = insert.on_conflict_do_nothing()
    else:
        changes = {name: insert.excluded[name] for name in names if name not in on}
        statement = insert.on_conflict_do_update(index_elements=on, set_=changes)
    compiled: Any = statement.compile(dialect=dialect, column_keys=list(names))
    processors = {name: table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names}
    return str(compiled), compiled.positiontup or names, processors


class Database:
    """The store's two engines: one that writes, one that can only read; where the disk is `frozen`, both only read.

    With `pooled`, PostgreSQL is reached through a pooler (PgBouncer) that gives each transaction another connection.
    """

    def __init__(self, url: str, *, pooled: bool = False) -> None:
        self.url = url
        self.sqlite = make_url(url).get_backend_name() == "sqlite"
        self.frozen = self.sqlite and on_read_only_disk(Path(make_url(url).database or ""))
        engine = _sqlite_engine if self.sqlite else partial(_postgres_engine, pooled=pooled)
        self.writing, self.reading = engine(url, readonly=False), engine(url, readonly=True)

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """Open a read transaction for one question."""
        with _begun(self.reading) as connection:
            yield Reader(connection)

    @contextmanager
    def snapshot(self) -> Iterator[Reader]:
        """Open a read transaction for many questions: all see the store as it was at the first one."""
        level = {} if self.sqlite else {"isolation_level": "REPEATABLE READ"}
        with self.reading.connect().execution_options(**level) as connection, connection.begin():
            yield Reader(connection)

    @contextmanager
    def write(self) -> Iterator[Writer]:
        """Open a write transaction for one change; commits at the end of the block. Raises DatabaseReadOnly."""
        if self.frozen:
            raise DatabaseReadOnly
        with _begun(self.writing) as connection:
            yield Writer(connection)

    @contextmanager
    def locked(self, key: int) -> Iterator[None]:
        """Let no other process in with the same key during the block. SQLite's one owner is alone anyway."""
        if self.sqlite:
            yield
            return
        with self.reading.begin() as connection:  # the lock is the transaction's, so that a pooler can't keep it
            connection.execute(select(func.pg_advisory_xact_lock(key)))
            yield

    def leave_no_trace(self) -> None:
        """Remove what was deleted from the disk too: SQLite's logs are cut off, PostgreSQL's cached tables rewritten.

        Waits a while for readers.
        """
        if not self.sqlite:
            with self.writing.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                for name in inspect(connection).get_table_names("cached"):
                    connection.exec_driver_sql(f'VACUUM FULL cached."{name}"')
            return
        raw = self.writing.raw_connection()
        try:
            for schema in ("main", "cached"):
                for _ in range(TRIES):
                    busy, *_ = raw.cursor().execute(f"PRAGMA {schema}.wal_checkpoint(TRUNCATE)").fetchone()
                    if not busy:
                        break
        finally:
            raw.close()

    def close(self) -> None:
        """Close every connection."""
        self.reading.dispose()
        self.writing.dispose()


@contextmanager
def _begun(engine: Engine) -> Iterator[Connection]:
    """Begin a transaction. Raises DatabaseBusy or DatabaseUnreachable where that fails."""
    with ExitStack() as stack:
        try:
            connection = stack.enter_context(engine.begin())
        except DatabaseError as error:
            reason = str(error.orig).strip().split("\n", maxsplit=1)[0]
            if "locked" in reason:
                raise DatabaseBusy from error
            raise DatabaseUnreachable(reason=reason) from error
        yield connection


def sqlite_url(data_dir: Path) -> str:
    """Return the URL of the SQLite store in a data folder."""
    return f"sqlite:///{(data_dir / KEPT_FILE).absolute()}"


def frozen_address(path: Path) -> str:
    """Return how SQLite opens a file on a read-only disk: as one that never changes, and with what its log holds.

    A log that is left there is read with the index beside it (sqlite.org/wal.html, "Read-Only Databases").
    """
    log = path.with_name(f"{path.name}-wal")
    return f"file:{quote(str(path))}?mode=ro{'' if log.exists() and log.stat().st_size else '&immutable=1'}"


def _frozen_engine(url: str) -> Engine:
    kept = Path(make_url(url).database or "")

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(frozen_address(kept), uri=True, check_same_thread=False, isolation_level=None)
        for schema, name in ATTACHED.items():
            path = kept.with_name(name)
            connection.execute(f"ATTACH DATABASE ? AS {schema}", (frozen_address(path) if path.exists() else "",))
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("PRAGMA query_only=ON")
        return connection

    engine = create_engine(url, **_JSON, creator=connect)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _sqlite_engine(url: str, *, readonly: bool) -> Engine:
    if on_read_only_disk(Path(make_url(url).database or "")):
        return _frozen_engine(url)
    engine = create_engine(
        url, **_JSON, pool_size=8, max_overflow=32, connect_args={"timeout": 30, "check_same_thread": False}
    )
    kept = Path(make_url(url).database or "")

    @event.listens_for(engine, "connect")
    def _prepare(dbapi: Any, _record: Any) -> None:
        # The driver's own BEGIN comes too late for IMMEDIATE and leaves DDL outside transactions.
        dbapi.isolation_level = None
        run = dbapi.execute
        for schema, name in ATTACHED.items():
            run(f"ATTACH DATABASE ? AS {schema}", (str(kept.with_name(name)),))
        for schema, synchronous in (("main", "FULL"), ("derived", "NORMAL"), ("cached", "NORMAL")):
            run(f"PRAGMA {schema}.journal_mode=WAL").fetchall()
            run(f"PRAGMA {schema}.synchronous={synchronous}")
        for schema in ("main", "cached"):  # what is deleted is not to be found in the file either
            run(f"PRAGMA {schema}.secure_delete=ON").fetchall()
        run("PRAGMA foreign_keys=ON")
        run("PRAGMA temp_store=MEMORY")
        run("PRAGMA cache_size=-16000")
        if readonly:
            run("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")

    return engine


def _postgres_engine(url: str, *, readonly: bool, pooled: bool) -> Engine:
    parsed = make_url(url).set(drivername="postgresql+psycopg")
    connect = {"prepare_threshold": None} if pooled else {}  # another connection knows no statement that one prepared
    engine = create_engine(parsed, **_JSON, pool_size=8, max_overflow=16, pool_pre_ping=True, connect_args=connect)
    return engine.execution_options(postgresql_readonly=True) if readonly else engine
