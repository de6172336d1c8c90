"""PostgreSQL behind PgBouncer in transaction mode: every transaction may have another connection."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import bindparam, create_engine, make_url, select
from sqlalchemy.exc import ProgrammingError

from homestretch.archive.archive import Archive
from homestretch.flow.accounts.accounts import athlete_named
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.rederive import rederive
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.store.database import Database
from homestretch.store.schema import migrate, pending_revision
from homestretch.store.scope import Scope
from tests.formats import golden
from tests.others import pgbouncer
from tests.taking import digest, take_in


@pytest.fixture
def pooler(postgres_url: str, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty, migrated database behind a pooler."""
    folder = tmp_path / "pooler"
    folder.mkdir()
    with pgbouncer(folder, postgres_url, connections=3) as url:
        yield url


def asked(url: str, *, pooled: bool) -> None:
    """Ask a store the same question often, by several at once."""
    database = Database(url, pooled=pooled)
    failed: list[Exception] = []

    def ask() -> None:
        try:
            for number in range(30):
                with database.read() as reader:
                    reader.scalar(select(bindparam("n", number)))
        except ProgrammingError as error:
            failed.append(error)

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    database.close()
    if failed:
        raise failed[0]


def test_statements_are_prepared_only_without_a_pooler(pooler: str) -> None:
    asked(pooler, pooled=True)
    with pytest.raises(ProgrammingError, match="prepared statement"):
        asked(pooler, pooled=False)


def test_a_pooled_store_is_like_any_other(
    pooler: str, sqlite_context: Context, decoders: Decoders, tmp_path: Path
) -> None:
    """Imported, measured and rebuilt behind the pooler, everything derived is as on SQLite."""
    (tmp_path / "pooled").mkdir()
    archive = Archive(tmp_path / "pooled" / "archive")
    archive.prepare()
    settings = sqlite_context.settings.model_copy(update={"data_dir": tmp_path / "pooled"})
    pooled = Context(settings, Database(pooler, pooled=True), archive)
    files = {f"run{k}.fit": encode(golden.run(300 + k)) for k in range(3)}
    found = []
    for context in (sqlite_context, pooled):
        athlete = athlete_named(context, None)
        take_in(context, Scope(athlete), decoders, files)
        before = digest(context)
        rederive(context, athlete, decoders)
        assert digest(context) == before
        found.append(before)
    assert found[0] == found[1]
    pooled.database.leave_no_trace()
    pooled.database.close()


def test_processes_that_start_together_migrate_once(postgres: str) -> None:
    """Many servers and workers may start at the same moment, on a database where nothing is yet."""
    url = make_url(postgres).set(database="started_together")
    server = create_engine(make_url(postgres).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE started_together")
    failed: list[BaseException] = []

    def start() -> None:
        database = Database(url.render_as_string(hide_password=False))
        try:
            migrate(database)
            assert pending_revision(database) is None
        except BaseException as error:
            failed.append(error)
        finally:
            database.close()

    threads = [Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with server.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE started_together WITH (FORCE)")
    server.dispose()
    assert not failed, failed
