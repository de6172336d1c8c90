"""Migrations: from every revision to today's shape, without losing a row."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, insert, inspect, select

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.rederive import rederive
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.store import schema
from homestretch.store.database import KEPT_FILE, Database, sqlite_url
from homestretch.store.schema import TooNew, head, migrate, pending_revision, revisions
from homestretch.store.scope import Scope
from homestretch.store.tables.columns import derived_metadata, kept_metadata
from homestretch.store.tables.kept import accounts, tokens
from tests.formats import golden
from tests.taking import digest, listed, take_in


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A store without a table on SQLite, and a migrated one on PostgreSQL."""
    made = Database(database_url)
    yield made
    made.close()


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the migrations, to which a test adds those of versions to come."""
    shutil.copytree(schema.MIGRATIONS, tmp_path / "migrations")
    monkeypatch.setattr(schema, "MIGRATIONS", tmp_path / "migrations")
    return tmp_path / "migrations" / "versions"


def add(folder: Path, *steps: str) -> None:
    """Add a migration that takes the steps."""
    before = schema.head()
    revision = f"{max(9000, int(before) + 1)}"
    lines = ["import sqlalchemy as sa", "from alembic import op", f'revision = "{revision}"']
    lines += [f'down_revision = "{before}"', "def upgrade():", *(f"    {step}" for step in steps)]
    (folder / f"{revision}_later.py").write_text("\n".join(lines))


def differences(database: Database) -> list[Any]:
    def of_ours(_table: Any, name: str | None, kind: str, reflected: bool, _other: Any) -> bool:
        return kind != "table" or not reflected or name in kept_metadata.tables

    with database.read() as reader:
        context = MigrationContext.configure(
            reader.connection,
            opts={"compare_type": True, "include_object": of_ours},
        )
        return list(compare_metadata(context, kept_metadata))


@pytest.mark.parametrize("revision", ["base", *revisions()])
def test_every_revision_becomes_today_s_shape(database: Database, revision: str) -> None:
    migrate(database)
    schema.remake(database, revision) if revision != "base" else None
    migrate(database)
    assert pending_revision(database) is None
    assert differences(database) == []
    with database.read() as reader:
        there = {column["name"] for column in inspect(reader.connection).get_columns("activities", schema="derived")}
    assert there == set(derived_metadata.tables["derived.activities"].c.keys())
    assert not migrate(database), "a second time there is nothing to do"


def test_the_newest_revision_is_alembic_s_own() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [head()]
    assert sorted(script.revision for script in scripts.walk_revisions()) == revisions()


def test_making_a_parent_table_again_keeps_its_children(context: Context, later: Path) -> None:
    """On SQLite a changed table is dropped and made again, which with foreign keys on takes every child along."""
    with context.database.write() as session:
        row = {"username": "anna", "password_hash": "x", "is_admin": True, "preferences": {}, "created_ms": 1}
        owner = session.add(insert(accounts), row)
        token = {"account_id": owner, "name": "t", "scope": "read", "token_hash": "y", "created_ms": 1}
        session.run(insert(tokens), token)
    step = (
        'with op.batch_alter_table("accounts", recreate="auto" if op.get_bind().dialect.name != "sqlite" else "always")'
    )
    add(later, f"{step} as batch:", '    batch.add_column(sa.Column("nickname", sa.Text()))')
    migrate(context.database)
    with context.database.write() as session:
        assert session.scalar(select(func.count()).select_from(tokens)) == 1
        if context.database.sqlite:
            assert session.connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        session.run(accounts.delete())
        assert session.scalar(select(func.count()).select_from(tokens)) == 0, "children go with their parents again"


def test_a_migration_that_fails_leaves_everything_as_it_was(context: Context, later: Path) -> None:
    add(later, 'op.create_table("halfway", sa.Column("id", sa.Integer()))', 'raise ValueError("no")')
    with pytest.raises(ValueError, match="no"):
        migrate(context.database)
    with context.database.read() as reader:
        assert not inspect(reader.connection).has_table("halfway")
        assert reader.connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == revisions()[-2]


def test_rows_without_their_parents_stop_a_migration(sqlite_context: Context, later: Path) -> None:
    token = "INSERT INTO tokens (account_id, name, scope, token_hash, created_ms) VALUES (77, 'a', 'b', 'c', 1)"
    add(later, f'op.execute("{token}")')
    with pytest.raises(RuntimeError, match="without their parents"):
        migrate(sqlite_context.database)
    with sqlite_context.database.read() as reader:
        assert reader.scalar(select(func.count()).select_from(tokens)) == 0


def test_the_kept_file_is_copied_before_a_migration_and_three_copies_stay(sqlite_context: Context, later: Path) -> None:
    copies = sqlite_context.settings.data_dir / "copies"
    migrate(sqlite_context.database, copies)
    assert not copies.exists()
    was = [schema.head()]
    for number in range(5):
        add(later, f'op.add_column("athletes", sa.Column("c{number}", sa.Text()))')
        migrate(sqlite_context.database, copies)
        was.append(schema.head())
    assert sorted(path.name for path in copies.iterdir()) == [f"{KEPT_FILE}.{revision}" for revision in was[-4:-1]]
    copy = Database(f"sqlite:///{copies / f'{KEPT_FILE}.{was[-2]}'}")
    with copy.read() as reader:
        assert reader.connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == was[-2]
    copy.close()


def test_a_database_of_a_newer_version_is_left_alone(context: Context) -> None:
    with context.database.write() as session:
        session.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(TooNew, match="Update Homestretch, or go back to a backup"):
        migrate(context.database)


def test_who_goes_back_to_an_older_version_is_shown_the_copy(
    sqlite_context: Context, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies, before = sqlite_context.settings.data_dir / "copies", schema.head()
    for number in range(2):
        add(later, f'op.add_column("athletes", sa.Column("c{number}", sa.Text()))')
        migrate(sqlite_context.database, copies)
    ours = revisions()[: revisions().index(before) + 1]
    monkeypatch.setattr(schema, "revisions", lambda: ours)
    with pytest.raises(TooNew, match=rf"go back to {copies / KEPT_FILE}\.{before}\."):
        migrate(sqlite_context.database, copies)


def test_derived_tables_of_another_shape_are_made_and_filled_anew(
    context: Context, scope: Scope, decoders: Decoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(context, scope, decoders, {"run.fit": encode(golden.run(60))})
    before, found = digest(context), listed(context, scope)
    assert not migrate(context.database)
    monkeypatch.setattr(schema, "CODEC", "HS0")
    assert migrate(context.database)
    assert listed(context, scope) == []
    rederive(context, scope.athlete_id, decoders)
    assert digest(context) == before
    assert listed(context, scope) == found


def test_a_deleted_derived_file_comes_again(tmp_path: Path, decoders: Decoders) -> None:
    from tests.conftest import make_context

    context = make_context(tmp_path, sqlite_url(tmp_path))
    from homestretch.flow.accounts.accounts import athlete_named

    scope = Scope(athlete_named(context, None))
    take_in(context, scope, decoders, {"run.fit": encode(golden.run(60))})
    before = digest(context)
    context.database.close()
    for file in tmp_path.glob("derived.db*"):
        file.unlink()
    context = make_context(tmp_path, sqlite_url(tmp_path))
    rederive(context, scope.athlete_id, decoders)
    assert digest(context) == before
    context.database.close()
