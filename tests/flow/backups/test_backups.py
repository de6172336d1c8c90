"""Backups by the schedule: whole or not there, older ones removed by the rules, and tried by a drill."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from homestretch.errors import Conflict
from homestretch.flow.backups import make
from homestretch.flow.backups.drill import drill_due, drill_is_due
from homestretch.flow.backups.folder import MARK, BadBackupFolder, choose
from homestretch.flow.backups.make import ask, is_due, make_due
from homestretch.flow.backups.times import last_slot, next_slot, to_keep
from homestretch.flow.edit import edits
from homestretch.flow.maintenance.backup import Manifest
from homestretch.flow.maintenance.encryption import make_key
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import Occupied, lease
from homestretch.flow.runtime.notifications import see_all
from homestretch.store.queries.backups import BackupRun, BackupSettings, Kind, backup_settings, last_run, open_runs
from homestretch.store.scope import Scope
from homestretch.views.people.notices import notice_list
from tests.flow.backups.conftest import NOON, at, ms
from tests.flow.maintenance.conftest import read_backup
from tests.taking import digest, listed, row_id


def tars(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.tar"))


def last(context: Context, kind: Kind = "backup") -> BackupRun:
    with context.database.read() as reader:
        found = last_run(reader, kind)
    assert found is not None
    return found


def rename(context: Context, name: str) -> None:
    scope = Scope(1, 1)
    first = next(one for one in listed(context, scope) if one["sport"] != "multisport")
    edits.change(context, scope, row_id(context, scope, first["id"]), {"name": name})


def notices(context: Context) -> list[str]:
    with context.database.read() as reader:
        return [one["text"] for one in notice_list(reader, Scope(1, 1))["items"] if not one["seen"]]


def test_days_weeks_and_months_are_kept() -> None:
    settings = BackupSettings(daily=3, weekly=2, monthly=2)
    times = [NOON - timedelta(days=number) for number in range(80)]
    kept = {datetime.fromtimestamp(one / 1000) for one in to_keep([ms(one) for one in times], settings)}
    days = {NOON, NOON - timedelta(days=1), NOON - timedelta(days=2)}
    assert kept == days | {datetime(2026, 11, 15, 12), datetime(2026, 10, 31, 12)}
    assert to_keep([ms(NOON)], BackupSettings(daily=0, weekly=0, monthly=0)) == {ms(NOON)}, "the newest stays"


def test_when_the_next_one_is() -> None:
    day, week = BackupSettings(hour=3), BackupSettings(hour=20, every="week")
    assert last_slot(day, ms(NOON)) == ms(NOON.replace(hour=3))
    assert next_slot(day, ms(NOON)) == ms(datetime(2026, 11, 19, 3))
    assert last_slot(day, ms(NOON.replace(hour=2))) == ms(datetime(2026, 11, 17, 3))
    assert (last_slot(week, ms(NOON)), next_slot(week, ms(NOON))) == (
        ms(datetime(2026, 11, 15, 20)),
        ms(datetime(2026, 11, 22, 20)),
    )


def test_none_is_made_before_a_folder_is_chosen(lived: Context, folder: Path) -> None:
    assert not is_due(lived)
    choose(lived, BackupSettings(folder=f" {folder} "))
    assert is_due(lived)
    choose(lived, BackupSettings(on=False, folder=str(folder)))
    assert not is_due(lived)


def test_a_backup_by_the_schedule_is_whole_and_made_once(lived: Context, folder: Path) -> None:
    choose(lived, BackupSettings(folder=str(folder)))
    make_due(lived)
    (name,) = tars(folder)
    run = last(lived)
    manifest = read_backup(folder / name)
    assert (run.state, run.file, run.originals, run.missing, run.size) == (
        "done", name, manifest.originals, 0, (folder / name).stat().st_size,
    )  # fmt: skip
    assert (folder / name).stat().st_mode & 0o777 == 0o600
    assert not is_due(lived)
    tomorrow = at(lived, NOON + timedelta(days=1))
    assert is_due(tomorrow)
    make_due(tomorrow)
    assert (last(lived).state, tars(folder)) == ("unchanged", [name]), "nothing changed, nothing new"
    assert not is_due(tomorrow)
    rename(lived, "Another")
    later = at(lived, NOON + timedelta(days=2))
    make_due(later)
    assert len(tars(folder)) == 2
    ask(later, "backup")
    assert ask(later, "backup") == last(lived).id, "asked for twice is asked for once"
    make_due(later)
    assert len(tars(folder)) == 3, "one that a person asks for is made in any case"
    assert not is_due(later)


def test_only_own_files_are_removed_and_never_the_newest(lived: Context, folder: Path) -> None:
    choose(lived, BackupSettings(folder=str(folder), daily=2, weekly=0, monthly=0))
    (folder / "homestretch-20200101-030000-aaaa.tar").write_bytes(b"somebody's")
    (folder / "photos.tar").write_bytes(b"also")
    foreign = tars(folder)
    made = []
    for number in range(4):
        rename(lived, f"Name {number}")
        make_due(at(lived, NOON + timedelta(days=number)))
        made.append(str(last(lived).file))
        if number == 1:
            (folder / made[0]).write_bytes(b"put here by a person")
    assert tars(folder) == sorted([*foreign, made[0], *made[2:]]), "what has another size is not ours any more"
    rename(lived, "The last")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(make, "checked", _damaged)
        make_due(at(lived, NOON + timedelta(days=9)))
    assert last(lived).state == "failed"
    assert set(made[2:]) <= set(tars(folder)), "one that can't be read back replaces none"


def _damaged(path: Path, *_: object) -> Manifest:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    return read_backup(path)


def test_an_empty_mount_point_is_not_filled(lived: Context, folder: Path) -> None:
    choose(lived, BackupSettings(folder=str(folder)))
    (folder / MARK).rename(folder.parent / "unmounted")
    make_due(lived)
    assert last(lived).state == "failed"
    assert "is missing" in str(last(lived).note)
    assert list(folder.iterdir()) == []
    assert notices(lived) == ["The last backup failed. Settings › Backups says why."]
    see_all(lived, Scope(1, 1))
    assert not is_due(at(lived, NOON + timedelta(minutes=59))), "it is not tried all the time"
    again = at(lived, NOON + timedelta(hours=2))
    make_due(again)
    assert notices(again) == [], "the same is not said twice"
    choose(again, BackupSettings(folder=str(folder), hour=4))
    assert not (folder / MARK).exists(), "another hour marks no folder"
    (folder.parent / "unmounted").rename(folder / MARK)
    make_due(at(lived, NOON + timedelta(hours=4)))
    assert (last(lived).state, len(tars(folder))) == ("done", 1)
    (folder / MARK).unlink()
    choose(again, BackupSettings(folder=str(folder)), again=True)
    assert (folder / MARK).exists()


@pytest.mark.parametrize("bad", ["nowhere", "relative", "data", "file", "/proc", "\0"])
def test_a_folder_that_will_not_do_is_refused(bad: str, lived: Context, folder: Path) -> None:
    (folder / "file").write_bytes(b"")
    places = {"data": lived.settings.data_dir, "relative": Path("x"), "/proc": Path("/proc"), "\0": "/tmp/\0"}
    with pytest.raises(BadBackupFolder):
        choose(lived, BackupSettings(folder=str(places.get(bad, folder / bad))))
    with lived.database.read() as reader:
        assert backup_settings(reader).folder is None


def test_the_environment_names_the_folder(lived: Context, folder: Path) -> None:
    given = replace(lived, settings=lived.settings.model_copy(update={"backup_dir": folder}))
    assert is_due(given)
    with pytest.raises(Conflict, match="HOMESTRETCH_BACKUP_DIR"):
        choose(given, BackupSettings(folder=str(folder.parent)))
    make_due(given)
    assert len(tars(folder)) == 1
    (folder / MARK).unlink()
    rename(lived, "Another")
    make_due(at(given, NOON + timedelta(days=1)))
    assert (last(lived).state, len(tars(folder))) == ("failed", 1)


def test_a_full_disk_is_said(lived: Context, folder: Path) -> None:
    choose(lived, BackupSettings(folder=str(folder)))
    full = replace(lived, settings=lived.settings.model_copy(update={"min_free_mb": 10**9}))
    make_due(full)
    assert "MB free" in str(last(lived).note)
    assert tars(folder) == []


def test_never_two_at_once(lived: Context, folder: Path) -> None:
    choose(lived, BackupSettings(folder=str(folder)))
    with lease(lived, make.LEASE), ThreadPoolExecutor(1) as another, pytest.raises(Occupied):
        another.submit(make_due, lived).result()
    assert tars(folder) == []


DIES = """
import os, signal, sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from homestretch.flow.backups import make
from tests.conftest import make_context

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

moment = sys.argv[4]
if moment == "writing":
    real = make.Run.progress
    make.Run.progress = lambda run, done, total: die() if done else real(run, done, total)
elif moment == "reading back":
    make.checked = die
elif moment == "written down":
    make._rotate = die
else:
    Path.unlink = die
context = make_context(Path(sys.argv[1]), sys.argv[2])
make.make_due(replace(context, clock=partial(int, sys.argv[3])))
"""


@pytest.mark.parametrize("moment", ["writing", "reading back", "written down", "removing"])
def test_a_kill_leaves_whole_backups_only(moment: str, lived: Context, folder: Path) -> None:
    choose(lived, BackupSettings(folder=str(folder), daily=1, weekly=0, monthly=0))
    make_due(lived)
    (before,) = tars(folder)
    rename(lived, "Another")
    tomorrow = at(lived, NOON + timedelta(days=1))
    url = lived.database.writing.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", DIES, str(lived.settings.data_dir), url, str(tomorrow.clock()), moment]
    assert subprocess.run(command, check=False, capture_output=True).returncode == -signal.SIGKILL
    assert before in tars(folder)
    for name in tars(folder):
        read_backup(folder / name)
    make_due(at(lived, NOON + timedelta(days=1, seconds=1)))
    if moment != "writing":  # what was whole is not made again; older ones go with the next one
        rename(lived, "Once more another")
        make_due(at(lived, NOON + timedelta(days=2)))
    (after,) = tars(folder)
    assert after != before
    assert read_backup(folder / after).missing == []
    assert sorted(path.name for path in folder.iterdir()) == [MARK, after], "no draft is left"
    with lived.database.read() as reader:
        assert open_runs(reader) == []


@contextmanager
def unchanged(context: Context) -> Iterator[None]:
    """A block after which the store and its folder are as before, but for what is written down of runs."""
    before = digest(context), _files(context.settings.data_dir)
    yield
    assert (digest(context), _files(context.settings.data_dir)) == before


def _files(folder: Path) -> list[str]:
    return sorted(str(path) for path in folder.rglob("*") if not path.name.startswith("homestretch.db"))


def test_a_drill_restores_a_sample_and_changes_nothing(lived: Context, folder: Path) -> None:
    choose(lived, BackupSettings(folder=str(folder)))
    assert not drill_is_due(lived), "there is nothing to try"
    make_due(lived)
    later = at(lived, NOON + timedelta(hours=1))
    assert drill_is_due(later)
    with unchanged(lived):
        drill_due(later)
    run = last(lived, "drill")
    assert (run.state, run.originals, run.differing) == ("done", 2, 0)
    assert run.compared == 1 + 3, "each leg of a triathlon is a recording"
    assert not drill_is_due(at(lived, NOON + timedelta(days=29)))
    assert drill_is_due(at(lived, NOON + timedelta(days=32)))


def test_encrypted_ones_are_made_read_back_and_tried(lived: Context, folder: Path) -> None:
    choose(lived, BackupSettings(folder=str(folder)))
    make_due(lived)
    make_key(lived.settings)
    tomorrow = at(lived, NOON + timedelta(days=1))
    make_due(tomorrow)
    run = last(lived)
    assert run.state == "done", "although nothing changed since the one that is not encrypted"
    assert run.file is not None and run.file.endswith(".tar.age")
    assert (folder / run.file).read_bytes().startswith(b"age-encryption.org/")
    with unchanged(lived):
        drill_due(tomorrow)
    assert (last(lived, "drill").state, last(lived, "drill").compared) == ("done", 4)
    make_due(at(lived, NOON + timedelta(days=2)))
    assert last(lived).state == "unchanged"
    (lived.settings.data_dir / "backup.key").unlink()
    drill_due(at(lived, NOON + timedelta(days=33)))
    assert "no key here opens it" in str(last(lived, "drill").note), "which is noticed before it is needed"


def test_a_drill_finds_what_differs(lived: Context, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(lived, BackupSettings(folder=str(folder)))
    make_due(lived)
    later = at(lived, NOON + timedelta(hours=1))
    monkeypatch.setattr("homestretch.flow.backups.drill.restore_originals", lambda *_: None)
    drill_due(later)
    assert (last(lived, "drill").state, last(lived, "drill").differing) == ("failed", 4), "no original came back"
    assert notices(lived) == ["The last test of restoring a backup failed. Settings › Backups says why."]


def test_a_drill_of_a_damaged_backup_fails(lived: Context, folder: Path) -> None:
    choose(lived, BackupSettings(folder=str(folder)))
    make_due(lived)
    path = folder / tars(folder)[0]
    shutil.copy(path, folder / "copy")
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    (lived.settings.data_dir / ".drill-left").mkdir()
    drill_due(at(lived, NOON + timedelta(hours=1)))
    assert "cut off" in str(last(lived, "drill").note)
    assert not list(lived.settings.data_dir.glob(".drill-*"))
