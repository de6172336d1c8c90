"""Who was deleted for good does not come back with an older backup, unless somebody wants that."""

import logging
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from homestretch.flow.accounts import accounts
from homestretch.flow.backups import forgotten as flow
from homestretch.flow.backups.folder import choose
from homestretch.flow.backups.forgotten import LIST, BadList, forget_again, read_list, write_list
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.jobs.athletes import JOB
from homestretch.flow.maintenance.backup import back_up
from homestretch.flow.maintenance.restore import checked, restore
from homestretch.flow.people.athletes import due_for_deletion
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.store.queries.backups import BackupSettings
from homestretch.store.queries.forgotten import all_forgotten, digest_of
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import athletes
from tests.flow.maintenance.conftest import made  # noqa: F401 (a fixture)
from tests.formats import golden
from tests.taking import take_in

type Maker = Callable[[str], Context]
DAY_MS = 86_400_000
ANNA, BEN = encode(golden.run(60, golden.START_MS)), encode(golden.run(60, golden.START_MS + DAY_MS))


def later(context: Context, days: int) -> Context:
    now = context.clock() + days * DAY_MS
    return replace(context, clock=lambda: now)


def names(context: Context) -> list[str]:
    with context.database.read() as reader:
        return [row.name for row in reader.rows(athletes.select().order_by(athletes.c.id))]


def two(context: Context, decoders: Decoders) -> tuple[Scope, Scope]:
    """Make two athletes with a run each."""
    first = accounts.set_up(context, "anna", "long enough")
    accounts.create_account(context, "ben", "long enough", is_admin=False)
    anna, ben = Scope(1, first), Scope(2)
    take_in(context, anna, decoders, {"anna.fit": ANNA})
    take_in(context, ben, decoders, {"ben.fit": BEN})
    return anna, ben


def deleted(context: Context, scope: Scope) -> None:
    """Delete an athlete for good, as the job does."""
    with context.database.write() as session:
        mine = athletes.c.id == scope.athlete_id
        session.run(athletes.update().where(mine).values(removed_ms=context.clock()))
    JOB.run(context, {"athlete": scope.athlete_id})


def brought_back(made: Maker, file: Path, *, kind: str = "sqlite", with_deleted: bool = False) -> tuple[Context, int]:  # noqa: F811
    """Restore a backup as the command does; return the store, and how many were left out."""
    there = made(kind)
    manifest = checked(file, there.settings)
    restore(there, file, manifest)
    from datetime import datetime

    made_ms = int(datetime.fromisoformat(manifest.created).timestamp() * 1000)
    return there, forget_again(there, {} if with_deleted else read_list(file.parent), made_ms)


def test_who_was_deleted_since_is_left_out(
    context: Context, decoders: Decoders, made: Maker, tmp_path: Path  # noqa: F811
) -> None:  # fmt: skip
    folder = tmp_path / "disk"
    folder.mkdir()
    _, ben = two(context, decoders)
    choose(context, BackupSettings(folder=str(folder)))
    back_up(context, folder / "before.tar")
    deleted(later(context, 1), ben)
    assert list(read_list(folder)) and "ben" not in (folder / LIST).read_text()
    back_up(later(context, 2), folder / "after.tar")
    there, left_out = brought_back(made, folder / "before.tar")
    assert (names(there), left_out) == (["anna"], 1)
    assert [there.archive.read(one) for one in there.archive.digests()] == [ANNA], "nor do the bytes come back"
    with there.database.read() as reader, context.database.read() as here:
        assert all_forgotten(reader).keys() == all_forgotten(here).keys(), "and the next backup's list has it too"
    assert brought_back(made, folder / "after.tar")[1] == 0
    wanted, left_out = brought_back(made, folder / "before.tar", with_deleted=True)
    assert (names(wanted), left_out) == (["anna", "ben"], 0)
    back_up(later(wanted, 3), folder / "again.tar")
    assert names(brought_back(made, folder / "again.tar")[0]) == ["anna", "ben"], "who came back since then stays"


def test_a_kill_while_leaving_out_is_ended_by_the_job(
    sqlite_context: Context, decoders: Decoders, made: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    folder = tmp_path / "disk"
    folder.mkdir()
    _, ben = two(sqlite_context, decoders)
    choose(sqlite_context, BackupSettings(folder=str(folder)))
    back_up(sqlite_context, folder / "before.tar")
    deleted(later(sqlite_context, 1), ben)
    there = made("sqlite")
    restore(there, folder / "before.tar", checked(folder / "before.tar", there.settings))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(flow, "take_away", killed)
        forget_again(there, read_list(folder), sqlite_context.clock())
    assert due_for_deletion(there) == [ben.athlete_id]
    for arguments in JOB.due(there):
        JOB.run(there, arguments)
    assert names(there) == ["anna"] and [there.archive.read(one) for one in there.archive.digests()] == [ANNA]


def test_a_folder_that_is_away_gets_the_list_later(
    sqlite_context: Context, decoders: Decoders, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    _, ben = two(sqlite_context, decoders)
    choose(sqlite_context, BackupSettings(folder=str(folder)))
    shutil.move(folder, tmp_path / "away")
    with caplog.at_level(logging.WARNING):
        deleted(sqlite_context, ben)
    assert "was not written beside the backups" in caplog.text
    shutil.move(tmp_path / "away", folder)
    write_list(sqlite_context)
    with sqlite_context.database.read() as reader:
        assert read_list(folder) == all_forgotten(reader) != {}


def test_a_list_that_is_damaged_says_what_it_can(tmp_path: Path) -> None:
    digest = digest_of(2, 1_800_000_000_000)
    (tmp_path / LIST).write_bytes(b"# note\n\xff\xfe junk\n" + f"{digest} 12\n{digest[:9]} 3\n{digest} x\n".encode())
    assert read_list(tmp_path) == {digest: 12}
    assert read_list(tmp_path / "nowhere") == {}
    (tmp_path / LIST).unlink()
    (tmp_path / LIST).mkdir()
    with pytest.raises(BadList, match="--with-deleted"):
        read_list(tmp_path)
