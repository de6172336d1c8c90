"""Another system's SQLite database: opened for reading, never written to."""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from homestretch import files
from homestretch.flow.takeover.reading.items import NotItsStore, StoreUnreadable
from homestretch.flow.takeover.reading.tables import Cell, Tables

HEAD = b"SQLite format 3\0"
#: What lies beside a database that has not been written to it yet.
_BESIDE = ("-wal", "-journal")


class SqliteTables(Tables):
    """The tables of a database."""

    def __init__(self, connection: sqlite3.Connection, path: Path, system: str) -> None:
        self._connection = connection
        super().__init__(path, system, {})
        names = [str(row[0]) for row in self._run("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        self.columns = {
            name: [str(row[1]) for row in self._run(f"PRAGMA table_info({_quoted(name)})")]
            for name in names
            if not name.startswith("sqlite_")
        }

    def read(self, table: str, columns: Sequence[str], order: str) -> Iterator[Sequence[Cell]]:
        """Yield columns of the rows of a table. Raises StoreUnreadable."""
        names = ", ".join(map(_quoted, columns))
        yield from self._run(f"SELECT {names} FROM {_quoted(table)} ORDER BY {_quoted(order)}")  # noqa: S608

    def blobs(self, table: str, key: str, column: str) -> Iterator[tuple[str, bytes]]:
        """Yield the key and the bytes of each row that has any, one row at a time. Raises StoreUnreadable."""
        if {key, column} <= {*self.columns.get(table, ())}:
            names = f"{_quoted(key)}, {_quoted(column)}"
            statement = f"SELECT {names} FROM {_quoted(table)} ORDER BY {_quoted(key)}"  # noqa: S608
            for name, data in self._rows(statement):
                if data is not None:
                    yield str(name), data if isinstance(data, bytes) else str(data).encode()

    def _run(self, statement: str) -> Iterator[tuple[Cell, ...]]:
        for row in self._rows(statement):
            yield tuple(one.decode("utf-8", "replace") if isinstance(one, bytes) else one for one in row)

    def _rows(self, statement: str) -> Iterator[tuple[Cell | bytes, ...]]:
        try:
            yield from self._connection.execute(statement)
        except sqlite3.Error as error:
            raise StoreUnreadable(path=self.path, system=self.system, reason=str(error)) from error


@contextmanager
def opened(path: Path, system: str, scratch: Path) -> Iterator[SqliteTables]:
    """Open a database during the block. Raises NotItsStore, StoreUnreadable.

    What a running system has not written to the file itself yet is read too: from a copy in the folder `scratch`,
    for reading it writes.
    """
    try:
        with files.opened(path) as file:
            head = file.read(len(HEAD))
    except OSError as error:
        raise StoreUnreadable(path=path, system=system, reason=error.strerror or str(error)) from error
    if head != HEAD:
        raise NotItsStore(path=path, system=system, reason="it is no SQLite database")
    place, options = path.absolute(), "?mode=ro&immutable=1"
    if any(_beside(path, ending).exists() for ending in _BESIDE):
        place, options = _copied(path, scratch, system), ""
    with closing(sqlite3.connect(f"{place.as_uri()}{options}", uri=True)) as connection:
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        yield _sound(connection, path, system)


def _sound(connection: sqlite3.Connection, path: Path, system: str) -> SqliteTables:
    try:
        answer = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise StoreUnreadable(path=path, system=system, reason=str(error)) from error
    if answer != ("ok",):
        raise StoreUnreadable(path=path, system=system, reason="the database is damaged")
    return SqliteTables(connection, path, system)


def _copied(path: Path, folder: Path, system: str) -> Path:
    """Copy a database with what lies beside it, and return the copy. Raises StoreUnreadable."""
    copy = folder / "store.db"
    for ending in ("", *_BESIDE):
        original = _beside(path, ending)
        if not original.exists():
            continue
        try:
            with files.opened(original) as source, _beside(copy, ending).open("xb") as target:
                shutil.copyfileobj(source, target)
        except OSError as error:
            raise StoreUnreadable(path=original, system=system, reason=error.strerror or str(error)) from error
    return copy


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
