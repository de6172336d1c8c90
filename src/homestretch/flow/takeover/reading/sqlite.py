"""Another system's SQLite database: opened for reading, never written to, and asked what it has before it is read."""

import shutil
import sqlite3
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from homestretch import files
from homestretch.flow.takeover.reading.items import NotItsStore, StoreUnreadable

_HEAD = b"SQLite format 3\0"
#: What lies beside a database that has not been written to it yet.
_BESIDE = ("-wal", "-journal")

type Cell = str | int | float | None
type Cells = Mapping[str, Cell]


class ForeignDatabase:
    """A database of another system, with its tables and their columns."""

    def __init__(self, connection: sqlite3.Connection, path: Path, system: str) -> None:
        self._connection, self.path, self.system = connection, path, system
        names = [str(row[0]) for row in self._run("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        self.columns = {
            name: [str(row[1]) for row in self._run(f"PRAGMA table_info({_quoted(name)})")]
            for name in names
            if not name.startswith("sqlite_")
        }

    def must_have(self, table: str, columns: Collection[str]) -> None:
        """Raise NotItsStore where a table or one of its columns is not there."""
        missing = [one for one in columns if one not in self.columns.get(table, ())]
        if table not in self.columns or missing:
            what = f"its table {table} has no column {missing[0]}" if table in self.columns else f"no table {table}"
            raise NotItsStore(path=self.path, system=self.system, reason=what)

    def rows(self, table: str, wanted: Sequence[str], order: str) -> Iterator[Cells]:
        """Yield the rows of a table, None for wanted columns that it does not have; nothing without the table.

        Raises StoreUnreadable.
        """
        there = [name for name in wanted if name in self.columns.get(table, ())]
        if not there:
            return
        names = ", ".join(map(_quoted, there))
        missing = dict.fromkeys(wanted)
        statement = f"SELECT {names} FROM {_quoted(table)} ORDER BY {_quoted(order)}"  # noqa: S608 (quoted, from itself)
        for row in self._run(statement):
            yield {**missing, **dict(zip(there, row, strict=True))}

    def count(self, table: str) -> int:
        """Return how many rows a table has, 0 where it is not there."""
        if table not in self.columns:
            return 0
        return sum(1 for _ in self._run(f"SELECT 1 FROM {_quoted(table)}"))  # noqa: S608

    def unknown(self, known: Mapping[str, Collection[str]]) -> list[str]:
        """Return the tables, and the columns of known tables (`table.column`), that nothing is known of."""
        found = [name for name in self.columns if name not in known]
        return found + [
            f"{name}.{column}"
            for name, columns in self.columns.items()
            for column in columns
            if name in known and column not in known[name]
        ]

    def _run(self, statement: str) -> Iterator[tuple[Cell, ...]]:
        try:
            for row in self._connection.execute(statement):
                yield tuple(one.decode("utf-8", "replace") if isinstance(one, bytes) else one for one in row)
        except sqlite3.Error as error:
            raise StoreUnreadable(path=self.path, system=self.system, reason=str(error)) from error


@contextmanager
def opened(path: Path, system: str) -> Iterator[ForeignDatabase]:
    """Open a database during the block. Raises NotItsStore, StoreUnreadable.

    What a running system has not written to the file itself yet is read too: from a copy, for reading it writes.
    """
    try:
        with files.opened(path) as file:
            head = file.read(len(_HEAD))
    except OSError as error:
        raise StoreUnreadable(path=path, system=system, reason=error.strerror or str(error)) from error
    if head != _HEAD:
        raise NotItsStore(path=path, system=system, reason="it is no SQLite database")
    with tempfile.TemporaryDirectory(prefix="homestretch-takeover-") as folder:
        place, options = path.absolute(), "?mode=ro&immutable=1"
        if any(_beside(path, ending).exists() for ending in _BESIDE):
            place, options = _copied(path, Path(folder), system), ""
        with closing(sqlite3.connect(f"{place.as_uri()}{options}", uri=True)) as connection:
            connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
            yield _sound(connection, path, system)


def _sound(connection: sqlite3.Connection, path: Path, system: str) -> ForeignDatabase:
    try:
        answer = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise StoreUnreadable(path=path, system=system, reason=str(error)) from error
    if answer != ("ok",):
        raise StoreUnreadable(path=path, system=system, reason="the database is damaged")
    return ForeignDatabase(connection, path, system)


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
