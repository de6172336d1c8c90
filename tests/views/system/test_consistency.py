"""What must hold: a table that is not a rebuild's is named, and so is an address that leads nowhere."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Table, delete, select, update

from homestretch.flow.accounts.accounts import athlete_named
from homestretch.flow.maintenance.readable_index import write_index
from homestretch.flow.maintenance.second_store import rebuilt_beside
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.store.tables.columns import derived_metadata
from homestretch.store.tables.derived import activities, curves, recordings, tracks, watermarks
from homestretch.views.system.consistency import TABLES, examined
from homestretch.views.system.verify import unlisted
from tests.conftest import make_context
from tests.flow.derive.test_any_order import pool
from tests.formats import golden
from tests.inline import Came, Worlds


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    return Worlds(tmp_path_factory.mktemp("worlds"))


@pytest.fixture
def context(worlds: Worlds) -> Iterator[Context]:
    with worlds.fresh() as made:
        worlds.bring(made, [Came("run.fit", encode(golden.run(400))), Came("tri.fit", encode(*golden.multisport()))])
        worlds.settled(made)
        yield made


def found(worlds: Worlds, context: Context) -> dict[str, str]:
    with (
        rebuilt_beside(context, worlds.inline) as second,
        context.database.read() as there,
        second.database.read() as rebuilt,
    ):
        return {one["check"]: one["status"] for one in examined(there, rebuilt)}


def test_all_is_as_a_rebuild_makes_it(worlds: Worlds, context: Context) -> None:
    assert found(worlds, context) == {"addresses": "ok", "derived tables": "ok"}


def test_a_store_on_postgresql_is_compared_with_one_beside_it(
    worlds: Worlds, postgres_url: str, tmp_path: Path
) -> None:
    context = replace(make_context(tmp_path / "data", postgres_url), archive=worlds.inline.archive)
    athlete_named(context, None)
    for number in range(0, len(pool()), 8):
        worlds.bring(context, pool()[number : number + 8])
    worlds.settled(context)
    assert found(worlds, context) == {"addresses": "ok", "derived tables": "ok"}
    context.database.close()


def test_every_derived_table_is_compared() -> None:
    assert set(TABLES) == set(derived_metadata.tables.values()) - {watermarks}


@pytest.mark.parametrize("table", [curves, tracks])
def test_rows_that_were_lost_are_named(worlds: Worlds, context: Context, table: Table) -> None:
    with context.database.write() as session:
        session.run(delete(table))
    assert found(worlds, context) == {"addresses": "ok", f"table {table.name}": "fail"}


def test_a_value_that_is_wrong_is_named(worlds: Worlds, context: Context) -> None:
    with context.database.write() as session:
        session.run(update(activities).values(distance_m=1.0))
    assert found(worlds, context) == {"addresses": "ok", "table activities": "fail"}


def test_an_address_that_leads_nowhere_is_named(worlds: Worlds, context: Context) -> None:
    with context.database.write() as session:
        first = session.scalar(select(recordings.c.id).limit(1))
        session.run(update(recordings).where(recordings.c.id == first).values(activity_id=None))
    assert found(worlds, context) == {"addresses": "fail", "table recordings": "fail"}


def test_the_readable_index_is_written_anew(context: Context) -> None:
    index = context.archive.root / "index.tsv"
    lines = index.read_text(encoding="utf-8")
    index.unlink()
    with context.database.read() as reader:
        assert len(unlisted(reader, context.archive)) == 2
    write_index(context)
    assert sorted(index.read_text(encoding="utf-8").splitlines()) == sorted(lines.splitlines()[-2:])
    with context.database.read() as reader:
        assert unlisted(reader, context.archive) == []
