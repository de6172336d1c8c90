"""Backups that somebody made up: what no backup holds is refused, and nobody comes in by what one says."""

import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard
from sqlalchemy import func, select

from homestretch.archive.archive import Archive
from homestretch.archive.protocol import OriginalMissing
from homestretch.flow.accounts import accounts
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.maintenance.backup import back_up
from homestretch.flow.maintenance.restore import BadBackup, restore
from homestretch.flow.runtime.context import Context
from homestretch.store import dump
from homestretch.store.database import sqlite_url
from homestretch.store.dump import dumped
from homestretch.store.scope import Scope
from homestretch.store.tables.columns import kept_metadata
from homestretch.store.tables.kept import tokens
from homestretch.store.tables.ops import PASSING, sessions
from tests.conftest import make_context
from tests.flow.maintenance.conftest import read_backup
from tests.flow.maintenance.test_backup import lived_in
from tests.served import environment, inside
from tests.taking import listed

type Members = dict[str, bytes]
#: Tables that no backup holds: who is signed in and with what, what is locked, what passes.
NEVER = sorted(table.name for table in (*PASSING, tokens))


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory, decoders: Decoders) -> Path:
    """A backup of a context that was lived in, with a session, a token and failed sign-ins."""
    folder = tmp_path_factory.mktemp("backed-up")
    context = make_context(folder / "data", sqlite_url(folder / "data"))
    lived_in(context, decoders)
    with pytest.raises(accounts.WrongPassword):
        accounts.sign_in(context, "anna", "wrong", address="there")
    back_up(context, folder / "backup.tar")
    context.database.close()
    return folder / "backup.tar"


@pytest.fixture
def forged(backup: Path, tmp_path: Path) -> Callable[[Callable[[Members, dict[str, Any]], None]], Path]:
    """Makes a backup in which members and the manifest are changed, and agree."""

    def forge(change: Callable[[Members, dict[str, Any]], None]) -> Path:
        with tarfile.open(backup) as tar:
            members = {entry.name: file.read() for entry in tar if (file := tar.extractfile(entry)) is not None}
        manifest: dict[str, Any] = json.loads(members.pop("manifest.json"))
        change(members, manifest)
        with tarfile.open(tmp_path / "forged.tar", "w") as tar:
            for name, data in {**members, "manifest.json": json.dumps(manifest).encode()}.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(data)
                tar.addfile(entry, io.BytesIO(data))
        return tmp_path / "forged.tar"

    return forge


type Forge = Callable[[Callable[[Members, dict[str, Any]], None]], Path]


def plant(members: Members, manifest: dict[str, Any], table: str, rows: bytes) -> None:
    """Add a table, or change one, and say so."""
    members[f"tables/{table}.jsonl"] = rows
    manifest["tables"][table] = {"rows": rows.count(b"\n"), "sha256": hashlib.sha256(rows).hexdigest()}


def test_every_table_is_either_backed_up_or_never(backup: Path) -> None:
    """A table that is added has to be thought about: this list is one of those that may never be in a backup."""
    with tarfile.open(backup) as tar:
        held = {name[7:-6] for name in tar.getnames() if name.startswith("tables/")}
    assert held == {table.name for table in dumped()} == set(kept_metadata.tables) - set(NEVER)
    assert {"sessions", "tokens", "throttles", "leases", "heartbeats"} <= set(NEVER)


@pytest.mark.parametrize("table", NEVER)
def test_what_no_backup_holds_is_not_brought_in(table: str, forged: Forge, sqlite_context: Context) -> None:
    """Found in an attack: a cookie that was planted in `tables/sessions.jsonl` was an administrator's."""
    row = {
        "token_hash": "planted", "account_id": 1, "created_ms": 0, "expires_ms": 1 << 50, "key": "derive:1",
        "failures": 99, "until_ms": 1 << 50, "owner": "me", "executor": "me", "at_ms": 1 << 50,
        "id": 1, "name": "x", "role": "write",
    }  # fmt: skip
    fits = {column.name: row[column.name] for column in kept_metadata.tables[table].columns if column.name in row}
    file = forged(lambda members, manifest: plant(members, manifest, table, json.dumps(fits).encode() + b"\n"))
    if table == tokens.name:  # backups of before held them
        restore(sqlite_context, file, read_backup(file))
    else:
        with pytest.raises(BadBackup, match=f"tables/{table}.jsonl"):
            read_backup(file)
    with sqlite_context.database.read() as reader:
        assert reader.scalar(select(func.count()).select_from(kept_metadata.tables[table])) == 0


def test_nobody_is_signed_in_after_a_restore(context: Context, backup: Path) -> None:
    restore(context, backup, read_backup(backup))
    with context.database.read() as reader:
        for table in (sessions, tokens):
            assert reader.scalar(select(func.count()).select_from(table)) == 0
    assert accounts.sign_in(context, "anna", "long enough", address="here")


ODD = [
    tarfile.TarInfo("archive/ab"), tarfile.TarInfo("../outside"), tarfile.TarInfo("/etc/outside"),
    tarfile.TarInfo("tables/../../outside.jsonl"), tarfile.TarInfo("archive/aa/../../../outside.zst"),
    tarfile.TarInfo("tables/sqlite_sequence.jsonl"), tarfile.TarInfo("tables/alembic_version.jsonl"),
    tarfile.TarInfo("jobs.db"), tarfile.TarInfo("secret.key"), tarfile.TarInfo("homestretch.db"),
    tarfile.TarInfo(f"archive/{'a' * 2}/{'b' * 64}.zst"), tarfile.TarInfo("README.txt"),
]  # fmt: skip
KINDS = {
    "a symbolic link": tarfile.SYMTYPE, "a hard link": tarfile.LNKTYPE, "a pipe": tarfile.FIFOTYPE,
    "a device": tarfile.CHRTYPE, "a disk": tarfile.BLKTYPE, "a folder": tarfile.DIRTYPE,
    "a file with holes": tarfile.GNUTYPE_SPARSE,
}  # fmt: skip


def added(backup: Path, entry: tarfile.TarInfo, tmp_path: Path) -> Path:
    with tarfile.open(backup) as old, tarfile.open(tmp_path / "odd.tar", "w") as new:
        for one in old:
            new.addfile(one, old.extractfile(one))
        new.addfile(entry)
    return tmp_path / "odd.tar"


@pytest.mark.parametrize("entry", ODD, ids=lambda entry: entry.name)
def test_a_file_that_no_backup_holds_is_refused(entry: tarfile.TarInfo, backup: Path, tmp_path: Path) -> None:
    with pytest.raises(BadBackup, match="unexpected entry"):
        read_backup(added(backup, entry, tmp_path))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_is_refused_under_every_name(kind: str, backup: Path, tmp_path: Path) -> None:
    for name in (f"archive/aa/{'a' * 64}.zst", "archive/index.tsv", "anything"):
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname = KINDS[kind], "/etc/passwd"
        with pytest.raises(BadBackup, match=r"unexpected entry|damaged"):
            read_backup(added(backup, entry, tmp_path))


def _untold(members: Members, manifest: dict[str, Any]) -> None:
    del manifest["tables"]["edits"]


def _unheld(members: Members, manifest: dict[str, Any]) -> None:
    manifest["tables"]["sessions"] = {"rows": 0, "sha256": hashlib.sha256(b"").hexdigest()}


def _counting(members: Members, manifest: dict[str, Any]) -> None:
    manifest["last_ids"]["sqlite_master"] = 1


def _endless(members: Members, manifest: dict[str, Any]) -> None:
    manifest["last_ids"]["edits"] = 1 << 70


def _wordy(members: Members, manifest: dict[str, Any]) -> None:
    manifest["last_ids"]["edits"] = "1; DROP TABLE accounts"


def _drawing(members: Members, manifest: dict[str, Any]) -> None:
    manifest["created"] = "\x1b[2J"


def _missing(members: Members, manifest: dict[str, Any]) -> None:
    manifest["missing"] = ["../../etc/passwd"]


def _more(members: Members, manifest: dict[str, Any]) -> None:
    manifest["originals"] += 1


def _listed(members: Members, manifest: dict[str, Any]) -> None:
    manifest["tables"] = list(manifest["tables"])


def _stranger(members: Members, manifest: dict[str, Any]) -> None:
    manifest["shell"] = "rm"


def _renamed(members: Members, manifest: dict[str, Any]) -> None:
    name = next(name for name in members if name.endswith(".zst"))
    members["archive/aa/" + "a" * 64 + ".zst"] = members.pop(name)


LIES = [_untold, _unheld, _counting, _endless, _wordy, _drawing, _missing, _more, _listed, _stranger, _renamed]


@pytest.mark.parametrize("lie", LIES)
def test_a_manifest_that_lies_is_refused(lie: Callable[[Members, dict[str, Any]], None], forged: Forge) -> None:
    with pytest.raises(BadBackup, match="damaged"):
        read_backup(forged(lie))


ROWS = [
    b"[1]\n", b"3\n", b'{"id": 1}\n', b'{"id": 1, "nothing": 2}\n', b'{"id": "one", "key": {}}\n', b'{"id": [1]}\n',
    b'{"athlete_id": 77, "id": 1, "key": "k", "public_id": "p", "minted_ms": 0}\n', b"{\n", b"\xff\n",
    b"[" * 200_000 + b"\n",
]  # fmt: skip


@pytest.mark.parametrize("rows", ROWS, ids=lambda rows: str(rows[:40]))
def test_rows_that_fit_nowhere_leave_nothing(rows: bytes, context: Context, forged: Forge) -> None:
    """All of the tables or none: what is restored is never half of a backup."""
    file = forged(lambda members, manifest: plant(members, manifest, "identities", rows))
    manifest = read_backup(file)
    with pytest.raises(BadBackup):
        restore(context, file, manifest)
    with context.database.read() as reader:
        for table in kept_metadata.sorted_tables:
            assert reader.scalar(select(func.count()).select_from(table)) == 0, table.name


def test_a_line_has_an_end(forged: Forge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dump, "LONGEST_LINE", 10_000)
    file = forged(lambda members, manifest: plant(members, manifest, "identities", b" " * 20_000 + b"{}\n"))
    with pytest.raises(BadBackup, match="damaged"):
        read_backup(file)


def test_no_digest_leads_out_of_the_archive(tmp_path: Path) -> None:
    """As the tables of a backup may name one."""
    archive = Archive(tmp_path / "data" / "archive")
    archive.prepare()
    victim = tmp_path / "victim.zst"
    victim.write_bytes(zstandard.compress(b"not ours"))
    for name in ("../../victim", str(victim.with_suffix("")), "A" * 64, "a" * 63, "a" * 65, "", "a" * 64 + "\n"):
        assert not archive.has(name)
        archive.remove(name)
        with pytest.raises(OriginalMissing):
            archive.read(name)
    assert victim.exists()


def test_a_backup_is_restored_into_postgres_by_the_command(backup: Path, tmp_path: Path, postgres_url: str) -> None:
    """From SQLite, once; and into a place that is not empty not a second time, whatever is said."""
    env = environment(tmp_path / "data", DATABASE_URL=postgres_url)
    done = inside(env, "restore", str(backup), "--json")
    assert done.returncode == 0 and json.loads(done.stdout)["missing"] == [], done.stderr
    context = make_context(tmp_path / "data", postgres_url)
    assert len(listed(context, Scope(1))) == 1 and len(listed(context, Scope(1), deleted=True)) == 1
    assert accounts.create_account(context, "next", "long enough", is_admin=False) == 3
    context.database.close()
    assert inside(env, "verify").returncode == 0
    for force in ([], ["--force"]):
        again = inside(env, "restore", str(backup), *force)
        assert again.returncode == 2 and "create a new one" in again.stderr
