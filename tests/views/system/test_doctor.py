"""The doctor finds what is wrong and says what to do."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update

from homestretch.archive.index import INDEX
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.settings import Settings
from homestretch.store.scope import Scope
from homestretch.store.tables.ops import items
from homestretch.views.system import doctor
from tests.formats import golden
from tests.taking import take_in


def examined(context: Context, now_ms: int | None = None) -> dict[str, tuple[str, str]]:
    found = doctor.examine(context.settings, None, context.clock() if now_ms is None else now_ms)
    return {one["check"]: (one["status"], one["says"]) for one in found}


def test_all_is_well(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, {"run.fit": encode(golden.run(30))})
    found = examined(context)
    assert {check for check, (status, _) in found.items() if status != "ok" and check != "web app"} == {"backups"}
    assert found["backups"] == ("warn", found["backups"][1]), "nobody has chosen a folder yet"
    assert found["originals"][1].startswith("1 of 1 originals")


def test_a_folder_that_is_not_there_yet_is_well(tmp_path: Path) -> None:
    found = doctor.examine(Settings(data_dir=tmp_path / "new", database_url=None), None, doctor.EARLIEST_MS)
    assert {one["status"] for one in found if one["check"] != "web app"} == {"ok"}
    assert not (tmp_path / "new").exists()


def test_a_database_that_does_not_answer(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, database_url="postgresql://127.0.0.1:1/nowhere")
    found = {one["check"]: one for one in doctor.examine(settings, None, doctor.EARLIEST_MS)}
    assert found["database"]["status"] == "fail"
    assert "refused" in found["database"]["says"]


def _lose(context: Context) -> None:
    context.archive.remove(next(context.archive.digests()))


def _lose_index(context: Context) -> None:
    (context.archive.root / INDEX).unlink()


def _spoil_index(context: Context) -> None:
    index = context.archive.root / INDEX
    index.write_text(index.read_text(encoding="utf-8").replace("run.fit", "swim.fit"), encoding="utf-8")


def _damage(context: Context) -> None:
    path = next(context.archive.root.glob("??/*.zst"))
    path.write_bytes(path.read_bytes()[:-9])


def _add(context: Context) -> None:
    context.archive.keep(b"nobody's")


def _stage(context: Context) -> None:
    (context.settings.uploads_dir / "7").mkdir(parents=True)
    (context.settings.uploads_dir / "7" / "1.part").write_bytes(b"left")


def _fail(context: Context) -> None:
    with context.database.write() as session:
        session.run(update(items).values(status="failed"))


def _wait(context: Context) -> None:
    with context.database.write() as session:
        session.run(update(items).values(status="waiting"))


def _older(context: Context) -> None:
    with context.database.write() as session:
        session.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")


def _break_jobs(context: Context) -> None:
    (context.settings.data_dir / "jobs.db").write_bytes(b"not a database, but long enough to look like one" * 99)


def _break_derived(context: Context) -> None:
    context.database.close()
    for file in context.settings.data_dir.glob("derived.db-*"):
        file.unlink()
    path = context.settings.data_dir / "derived.db"
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))


TROUBLES = [
    (_lose, "archive", "fail", "verify --heal"),
    (_lose, "originals", "fail", "homestretch verify"),
    (_damage, "originals", "fail", "homestretch verify"),
    (_lose_index, "archive index", "warn", "homestretch rebuild"),
    (_spoil_index, "archive index", "warn", "homestretch rebuild"),
    (_add, "archive", "warn", "interrupted import"),
    (_stage, "uploads", "warn", "unfinished uploads"),
    (_fail, "imports", "warn", "could not be imported"),
    (_wait, "imports", "warn", "waiting to be imported"),
    (_older, "tables", "fail", "newer Homestretch"),
    (_break_jobs, "jobs", "fail", "file is not a database"),
    (_break_derived, "derived", "fail", "delete the file"),
]


@pytest.mark.parametrize(("trouble", "check", "status", "says"), TROUBLES)
def test_it_finds(
    trouble: Callable[[Context], None], check: str, status: str, says: str,
    sqlite_context: Context, scope: Scope, decoders: Decoders,
) -> None:  # fmt: skip
    take_in(sqlite_context, scope, decoders, {"run.fit": encode(golden.run(30))})
    trouble(sqlite_context)
    found = examined(sqlite_context)
    assert found[check][0] == status
    assert says in found[check][1]


def test_tables_of_an_older_shape_are_not_counted(sqlite_context: Context) -> None:
    with sqlite_context.database.write() as session:
        session.connection.exec_driver_sql("ALTER TABLE derived.measures DROP COLUMN written")
        session.connection.exec_driver_sql("UPDATE derived.shape SET digest = 'older'")
    assert examined(sqlite_context)["measured"][0] == "ok"


def test_a_clock_that_is_wrong(sqlite_context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(sqlite_context, scope, decoders, {"run.fit": encode(golden.run(30))})
    assert examined(sqlite_context, 0)["clock"][0] == "fail"
    assert examined(sqlite_context, doctor.EARLIEST_MS)["history"][0] == "warn"


def test_little_room(sqlite_context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    room = shutil.disk_usage(sqlite_context.settings.data_dir)
    settings = sqlite_context.settings.model_copy(update={"min_free_mb": 200})
    for free_mb, status in ((100, "fail"), (500, "warn"), (5000, "ok")):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, f=free_mb: room._replace(free=f * 1_000_000))
        found = doctor.examine(settings, None, sqlite_context.clock())
        assert next(one["status"] for one in found if one["check"] == "disk") == status
