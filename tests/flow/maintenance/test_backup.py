"""Backups: what is restored is what was there, on either database, and what is damaged restores nothing."""

import io
import json
import os
import shutil
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from homestretch.flow.accounts import accounts
from homestretch.flow.accounts.credentials.tokens import create_token
from homestretch.flow.accounts.sessions import open_by_password
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.rederive import OriginalsLost, rederive, stale_athletes
from homestretch.flow.edit import edits
from homestretch.flow.maintenance.backup import CannotBackUp, NothingToBackUp, TargetExists, back_up
from homestretch.flow.maintenance.restore import BadBackup, NotEmpty, checked, put_aside, restore
from homestretch.flow.runtime.context import Context
from homestretch.formats import gpx
from homestretch.formats.fit.encode import encode
from homestretch.store import schema
from homestretch.store.database import sqlite_url
from homestretch.store.scope import Scope
from tests.conftest import make_context
from tests.flow.maintenance.conftest import Maker, read_backup
from tests.formats import golden
from tests.sources.watched import Watched
from tests.taking import digest, listed, row_id, shown, take_in

DAY_MS = 86_400_000
RUN = golden.run(300, golden.START_MS + DAY_MS)
GONE = encode(golden.run(60, golden.START_MS + 2 * DAY_MS))


def lived_in(context: Context, decoders: Decoders) -> Scope:
    """Fill a context: two accounts, a merged run, a triathlon, edits, one activity deleted, one for good."""
    first = accounts.set_up(context, "anna", "long enough")
    gone = accounts.create_account(context, "gone", "long enough", is_admin=False)
    accounts.remove_account(context, gone)
    create_token(context, first, "watch", "read")
    open_by_password(context, first)
    scope = Scope(1, first)
    files = {"run.fit": encode(RUN), "run.gpx": gpx.encode(RUN), "tri.fit": encode(*golden.multisport())}
    items = take_in(context, scope, decoders, {**files, "gone.fit": GONE, "junk.fit": b"junk"})
    edits.change(context, scope, row_id(context, scope, items["run.fit"]["activities"][0]), {"name": "Lauf – früh ☀"})
    edits.remove_for_good(context, scope, row_id(context, scope, items["gone.fit"]["activities"][0]))
    edits.remove(context, scope, row_id(context, scope, listed(context, scope, sport="multisport")[0]["id"]))
    return scope


def restored(context: Context, file: Path, decoders: Decoders) -> None:
    restore(context, file, checked(file, context.settings))
    for athlete in stale_athletes(context):
        rederive(context, athlete, decoders)


@pytest.mark.parametrize(("here", "there"), [("sqlite", "sqlite"), ("sqlite", "postgres"), ("postgres", "sqlite")])
def test_what_is_restored_is_what_was_there(
    here: str, there: str, made: Maker, tmp_path: Path, decoders: Decoders
) -> None:
    old, new = made(here), made(there)
    scope = lived_in(old, decoders)
    manifest = back_up(old, tmp_path / "backup.tar")
    assert manifest.missing == []
    restored(new, tmp_path / "backup.tar", decoders)
    assert digest(new) == digest(old)
    for deleted in (False, True):
        before = listed(old, scope, deleted=deleted)
        assert before and listed(new, scope, deleted=deleted) == before
        for activity in before:
            assert shown(new, scope, activity["id"]) == shown(old, scope, activity["id"])
            for member in shown(old, scope, activity["id"])["recordings"]:
                assert shown(new, scope, member["id"])["id"] == activity["id"]
    assert sorted(new.archive.digests()) == sorted(old.archive.digests())
    accounts.sign_in(new, "anna", "long enough", address="there")
    assert accounts.create_account(new, "next", "long enough", is_admin=False) == 3, "an id is never given out twice"
    again = take_in(new, scope, decoders, {"gone.fit": GONE, "run.fit": encode(RUN)})
    assert {path: item["status"] for path, item in again.items()} == {"gone.fit": "skipped", "run.fit": "duplicate"}


def test_a_backup_is_a_plain_tar_that_only_its_owner_reads(
    sqlite_context: Context, tmp_path: Path, decoders: Decoders
) -> None:
    lived_in(sqlite_context, decoders)
    file = tmp_path / "backup.tar"
    back_up(sqlite_context, file)
    assert file.stat().st_mode & 0o777 == 0o600
    with tarfile.open(file) as tar:
        names = tar.getnames()
        edited = tar.extractfile("tables/edits.jsonl")
        assert edited is not None
        assert json.loads(edited.readline())["value"] == "Lauf – früh ☀"
    assert names[0] == "README.txt" and names[-1] == "manifest.json"
    assert not {f"tables/{name}.jsonl" for name in ("sessions", "throttles", "leases", "items")} & set(names)
    with pytest.raises(TargetExists):
        back_up(sqlite_context, file)
    back_up(sqlite_context, file, force=True)


def test_a_backup_that_fails_leaves_nothing(sqlite_context: Context, tmp_path: Path, decoders: Decoders) -> None:
    with pytest.raises(NothingToBackUp, match="HOMESTRETCH_DATA_DIR"):
        back_up(sqlite_context, tmp_path / "backup.tar")
    lived_in(sqlite_context, decoders)
    with pytest.raises(CannotBackUp, match="no such file"):
        back_up(sqlite_context, tmp_path / "nowhere" / "backup.tar")

    def full(done: int, _total: int) -> None:
        if done:
            raise OSError(28, "No space left on device")

    (tmp_path / "out").mkdir()
    with pytest.raises(CannotBackUp, match="no space left"):
        back_up(sqlite_context, tmp_path / "out" / "backup.tar", progress=full)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_damaged_archive_is_backed_up_as_far_as_it_goes(made: Maker, tmp_path: Path, decoders: Decoders) -> None:
    old, new = made("sqlite"), made("sqlite")
    scope = lived_in(old, decoders)
    lost, broken = list(old.archive.digests())[:2]
    old.archive.remove(lost)
    path = old.archive.root / broken[:2] / f"{broken}.zst"
    path.write_bytes(path.read_bytes()[:-5])
    manifest = back_up(old, tmp_path / "backup.tar")
    assert sorted(manifest.missing) == sorted([lost, broken])
    with pytest.raises(OriginalsLost, match="2 originals"):
        restored(new, tmp_path / "backup.tar", decoders)
    assert len(list(new.archive.digests())) == len(list(old.archive.digests())) - 1
    assert listed(new, scope) or listed(new, scope, deleted=True)


def test_a_backup_while_an_import_runs_is_whole(
    context: Context, scope: Scope, made: Maker, tmp_path: Path, decoders: Decoders
) -> None:
    """Files come in, in four imports, while backups are made one after the other."""
    files = [encode(golden.run(20, golden.START_MS + number * 3_600_000)) for number in range(48)]
    take_in(context, scope, decoders, {"first.fit": encode(golden.run(30, golden.START_MS - DAY_MS))})

    def come_in() -> None:
        for at in range(0, 48, 12):
            take_in(context, scope, decoders, {f"{at + k}.fit": data for k, data in enumerate(files[at : at + 12])})

    importing = threading.Thread(target=come_in)
    importing.start()
    backups = 0
    while importing.is_alive():
        back_up(context, tmp_path / f"{backups}.tar")
        backups += 1
    importing.join()
    counts = []
    for number in {0, backups // 2, backups - 1}:
        new = make_context(tmp_path / f"new{number}", sqlite_url(tmp_path / f"new{number}"))
        manifest = read_backup(tmp_path / f"{number}.tar")
        assert manifest.missing == []
        restored(new, tmp_path / f"{number}.tar", decoders)
        found = listed(new, scope)
        assert len(found) == manifest.originals == len(list(new.archive.digests()))
        counts.append(len(found))
        new.database.close()
    assert backups > 1 and all(1 <= count <= 49 for count in counts)


def test_a_backup_has_what_a_folder_brought(
    sqlite_context: Context, scope: Scope, tmp_path: Path, decoders: Decoders
) -> None:
    """The folder's terms forbid a comparison, not to keep its files."""
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "run.fit").write_bytes(encode(RUN))
    os.utime(tmp_path / "watch" / "run.fit", (golden.START_MS / 1000, golden.START_MS / 1000))
    Watched.to(sqlite_context, scope, "folder", str(tmp_path / "watch")).run()
    assert len(list(sqlite_context.archive.digests())) == 1
    assert back_up(sqlite_context, tmp_path / "backup.tar").originals == 1


def damaged(file: Path, how: str) -> None:
    data = file.read_bytes()
    if how == "cut in half":
        file.write_bytes(data[: len(data) // 2])
    elif how == "cut before the manifest":
        with tarfile.open(file) as tar:
            at = tar.getmember("manifest.json").offset
        file.write_bytes(data[:at])
    elif how == "an original changed":
        with tarfile.open(file) as tar:
            entry = next(member for member in tar if member.name.endswith(".zst"))
        at = entry.offset_data + entry.size // 2
        file.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
    elif how == "an edit changed":
        file.write_bytes(data.replace(b'"verb":"delete"', b'"verb":"remove"'))
    elif how == "an original gone":
        _without(file, lambda name: name.endswith(".zst"))
    elif how == "from the future":
        file.write_bytes(data.replace(f'"revision": "{schema.head()}"'.encode(), b'"revision": "9999"'))
    elif how == "no backup":
        file.write_bytes(b"PK\x03\x04 something else")
    else:
        file.unlink()


def _without(file: Path, unwanted: Callable[[str], bool]) -> None:
    kept = io.BytesIO()
    left_out = False
    with tarfile.open(file) as old, tarfile.open(fileobj=kept, mode="w") as new:
        for entry in old:
            if unwanted(entry.name) and not left_out:
                left_out = True
                continue
            new.addfile(entry, old.extractfile(entry))
    file.write_bytes(kept.getvalue())


WAYS = [
    ("cut in half", "cut off"), ("cut before the manifest", "cut off"), ("an original changed", "damaged"),
    ("an edit changed", "edits"), ("an original gone", "missing"), ("from the future", "newer"),
    ("no backup", "not a backup"), ("gone", "No such file"),
]  # fmt: skip


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory, decoders: Decoders) -> Path:
    """A backup of a context that was lived in."""
    folder = tmp_path_factory.mktemp("backed-up")
    context = make_context(folder / "data", sqlite_url(folder / "data"))
    lived_in(context, decoders)
    back_up(context, folder / "backup.tar")
    context.database.close()
    return folder / "backup.tar"


@pytest.mark.parametrize(("how", "reason"), WAYS)
def test_a_bad_backup_is_refused_with_a_reason(how: str, reason: str, backup: Path, tmp_path: Path) -> None:
    file = tmp_path / "bad.tar"
    shutil.copy(backup, file)
    damaged(file, how)
    with pytest.raises(BadBackup, match=reason):
        read_backup(file)


def test_a_backup_damaged_after_it_was_checked_leaves_the_place_empty(
    context: Context, backup: Path, tmp_path: Path, decoders: Decoders
) -> None:
    file = tmp_path / "bad.tar"
    shutil.copy(backup, file)
    manifest = read_backup(file)
    damaged(file, "an original changed")
    with pytest.raises(BadBackup):
        restore(context, file, manifest)
    restored(context, backup, decoders)
    assert listed(context, Scope(1))


def test_restore_wants_an_empty_place(sqlite_context: Context, backup: Path, decoders: Decoders) -> None:
    scope = lived_in(sqlite_context, decoders)
    before = digest(sqlite_context)
    with pytest.raises(NotEmpty, match="--force"):
        restore(sqlite_context, backup, read_backup(backup))
    assert digest(sqlite_context) == before
    sqlite_context.database.close()
    aside = put_aside(sqlite_context.settings, sqlite_context.clock())
    assert aside is not None and aside.parent == sqlite_context.settings.data_dir
    old = make_context(aside, sqlite_url(aside))
    assert digest(old) == before and listed(old, scope)
    old.database.close()
    assert put_aside(sqlite_context.settings, sqlite_context.clock()) is None


def test_a_backup_of_an_older_shape_is_migrated(
    backup: Path, tmp_path: Path, decoders: Decoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next version gives every athlete a colour."""
    shutil.copytree(schema.MIGRATIONS, tmp_path / "migrations")
    (tmp_path / "migrations" / "versions" / "9000_colours.py").write_text(
        'import sqlalchemy as sa\nfrom alembic import op\nrevision = "9000"\n'
        f'down_revision = "{schema.head()}"\n\n\ndef upgrade():\n'
        '    op.add_column("athletes", sa.Column("colour", sa.Text(), server_default="blue"))\n'
    )
    monkeypatch.setattr(schema, "MIGRATIONS", tmp_path / "migrations")
    context = make_context(tmp_path / "data", sqlite_url(tmp_path / "data"))
    restored(context, backup, decoders)
    with context.database.read() as reader:
        assert reader.connection.exec_driver_sql("SELECT colour FROM athletes").scalar() == "blue"
    assert listed(context, Scope(1))
    context.database.close()
