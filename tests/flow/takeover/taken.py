"""Runs takeovers as a door does, and looks at what came of them."""

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_pending
from homestretch.flow.imports.dry_run import dry_run
from homestretch.flow.imports.ingest import ingest
from homestretch.flow.runtime.context import Context
from homestretch.flow.takeover.take_over import system_named, take_over
from homestretch.flow.takeover.taking import Hands
from homestretch.model.documents.takeover import TakeoverReport
from homestretch.store.scope import Scope
from homestretch.store.tables.columns import kept_metadata
from homestretch.store.tables.derived import activities
from homestretch.store.tables.ops import batches, items


class Killed(Exception):
    """The process ended in the middle."""


@dataclass(eq=False)
class Taken:
    """Takes over stores of one system for an athlete."""

    context: Context
    scope: Scope
    decoders: Decoders
    system: str

    def run(self, path: Path, *, user: str | None = None, tried: bool = False) -> TakeoverReport:
        """Take over a store, or only try to."""
        system = system_named(self.system)
        return take_over(self.context, self.scope, system, path, self._hands(), user=user, tried=tried)

    def killed(self, path: Path, after: str) -> None:
        """Take over a store until something of a kind begins, and end there."""

        def say(what: str, count: int) -> None:
            if what == after:
                raise Killed

        hands = Hands(self._hands().try_files, self._hands().finish, say)
        try:
            take_over(self.context, self.scope, system_named(self.system), path, hands)
        except Killed:
            return
        raise AssertionError(f"nothing of {after} began")

    def counts(self, report: TakeoverReport) -> dict[str, tuple[int, int, int]]:
        """Return the counts of a report: new, here, failed."""
        return {one["what"]: (one["new"], one["here"], one["failed"]) for one in report["counts"]}

    def kept(self) -> dict[str, int]:
        """Return how many rows each kept table has, imports apart: a run that finds nothing new changes none."""
        tables = [one for one in kept_metadata.sorted_tables if one not in (batches, items)]
        with self.context.database.read() as reader:
            return {one.name: int(reader.scalar(select(func.count()).select_from(one))) for one in tables}

    def names(self) -> list[str]:
        """Return the names of the activities, in order of time."""
        with self.context.database.read() as reader:
            return [row.name for row in reader.rows(select(activities).order_by(activities.c.start_ms))]

    def _hands(self) -> Hands:
        def finish(batch: int) -> None:
            ingest(self.context, self.scope.athlete_id, self.decoders)
            derive_pending(self.context, self.scope.athlete_id, self.decoders)

        return Hands(lambda files: dry_run(self.context, self.scope.athlete_id, files, self.decoders), finish)


def sqlite_store(path: Path, schema: str, rows: Mapping[str, Iterable[Mapping[str, object]]] = {}) -> Path:
    """Make a database with a schema and rows by table, and return where."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(schema)
        add_rows(connection, rows)
    return path


def add_rows(connection: sqlite3.Connection, rows: Mapping[str, Iterable[Mapping[str, object]]]) -> None:
    """Add rows by table."""
    for table, every in rows.items():
        for row in every:
            marks = ", ".join("?" * len(row))
            connection.execute(f'INSERT INTO "{table}" ({", ".join(row)}) VALUES ({marks})', [*row.values()])


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of every file below a folder: nothing there may change."""
    return {str(one): hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.rglob("*") if one.is_file()}


def left(report: TakeoverReport) -> dict[str, int]:
    """Return what stays behind."""
    return {one["what"]: one["count"] for one in report["left"]}


def failures(report: TakeoverReport) -> Sequence[tuple[str, str]]:
    """Return what could not come over."""
    return [(one["what"], one["name"]) for one in report["failed"]]
