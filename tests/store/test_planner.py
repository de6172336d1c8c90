"""What SQLite is told of who owns what: a few rows are never looked for among all of an athlete's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from homestretch.store.database import Database, sqlite_url
from homestretch.store.planner import guide
from homestretch.store.schema import migrate
from homestretch.store.tables.derived import recordings

_A_FEW = select(recordings.c.id).where(recordings.c.athlete_id == 1, recordings.c.activity_id.in_([3, 4, 5]))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty store on SQLite."""
    made = Database(sqlite_url(tmp_path))
    migrate(made)
    yield made
    made.close()


def plan(database: Database) -> str:
    """How SQLite would look for a few recordings of an athlete by the activity that they are in."""
    with database.read() as reader:
        asked = _A_FEW.compile(reader.connection, compile_kwargs={"literal_binds": True})
        return " ".join(row[-1] for row in reader.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}"))


def test_a_few_are_looked_for_by_what_they_are(database: Database) -> None:
    assert "ix_recordings_activity_id" in plan(database)


def test_untold_it_looks_through_all_of_an_athlete_s(database: Database) -> None:
    with database.write() as session:
        session.connection.exec_driver_sql("DELETE FROM derived.sqlite_stat1")
    database.close()  # who connects anew knows nothing
    assert "activity_id" not in plan(database).replace("athlete_id", "")
    with database.write() as session:
        guide(session.connection)
    database.close()
    assert "ix_recordings_activity_id" in plan(database)


def test_nothing_is_written_again(database: Database) -> None:
    with database.write() as session:
        before = session.connection.exec_driver_sql("SELECT total_changes()").scalar()
        guide(session.connection)
        assert session.connection.exec_driver_sql("SELECT total_changes()").scalar() == before
