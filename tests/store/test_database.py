"""Sessions: readers can't write, writers queue up at once, what fails is undone."""

import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import DBAPIError

from homestretch.flow.runtime.context import Context
from homestretch.store.database import KEPT_FILE, Database, DatabaseUnreachable, sqlite_url
from homestretch.store.queries.sign_in import spend
from homestretch.store.tables.kept import settings


def count(context: Context) -> int:
    with context.database.read() as reader:
        return int(reader.scalar(select(func.count()).select_from(settings)))


def row(key: str, value: str = "x") -> dict[str, object]:
    return {"key": key, "value": value, "set_ms": 1}


def test_a_reader_cannot_write(context: Context) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"), context.database.read() as reader:
        reader.connection.execute(insert(settings), row("a"))
    with pytest.raises(DBAPIError, match=r"readonly|read-only"), context.database.snapshot() as reader:
        reader.connection.execute(insert(settings), row("a"))
    assert count(context) == 0


def test_what_fails_is_undone(context: Context) -> None:
    with pytest.raises(RuntimeError), context.database.write() as session:
        session.run(insert(settings), row("a"))
        raise RuntimeError
    assert count(context) == 0


def test_a_writer_holds_the_file_from_its_beginning(sqlite_context: Context) -> None:
    """A read that turns into a write fails at once in SQLite, however long it may wait: so writers begin as such."""
    path = sqlite_context.settings.data_dir / KEPT_FILE
    with sqlite_context.database.write(), closing(sqlite3.connect(path, timeout=0)) as other:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        assert count(sqlite_context) == 0, "reading goes on meanwhile"


def test_a_snapshot_stays_as_it_was(context: Context) -> None:
    question = select(func.count()).select_from(settings)
    with context.database.snapshot() as reader:
        assert reader.scalar(question) == 0
        with context.database.write() as session:
            session.run(insert(settings), row("a"))
        assert reader.scalar(question) == 0
    assert count(context) == 1


def test_put_and_insert_new(context: Context) -> None:
    with context.database.write() as session:
        session.put(settings, [row("a", "1"), row("b", "1")])
        session.put(settings, [row("b", "2"), row("c", "2")])
        assert session.insert_new(settings, [row("c", "3"), row("d", "3")]) == 1
        session.put(settings, [])
        assert session.insert_new(settings, []) == 0
    with context.database.read() as reader:
        found = {one.key: one.value for one in reader.rows(select(settings))}
    assert found == {"a": "1", "b": "2", "c": "2", "d": "3"}


def test_of_two_at_once_one_has_used_it_first(context: Context) -> None:
    """A code that works once works once, also for two who send it at the same moment."""
    together = Barrier(2)
    first: list[bool] = []

    def use() -> None:
        together.wait()
        with context.database.write() as session:
            first.append(spend(session, ["code"], 2_000, 1_000))

    threads = [Thread(target=use) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(first) == [False, True]


def test_kept_is_written_through_and_derived_need_not_be(sqlite_context: Context) -> None:
    with sqlite_context.database.write() as session:
        run = session.connection.exec_driver_sql
        assert [run(f"PRAGMA {schema}.synchronous").scalar() for schema in ("main", "derived")] == [2, 1]
        assert [run(f"PRAGMA {schema}.journal_mode").scalar() for schema in ("main", "derived")] == ["wal", "wal"]
        assert run("PRAGMA foreign_keys").scalar() == 1


def test_a_database_that_is_none_is_one_plain_sentence(tmp_path: Path) -> None:
    (tmp_path / KEPT_FILE).write_bytes(b"not a database at all, but long enough to be looked at" * 40)
    for url, reason in ((sqlite_url(tmp_path), "not a database"), ("postgresql://127.0.0.1:1/x", "refused")):
        database = Database(url)
        with pytest.raises(DatabaseUnreachable, match=reason), database.read():
            pass
        database.close()
