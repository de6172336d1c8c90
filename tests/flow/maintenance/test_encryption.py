"""Encrypted backups: what is restored is what was there, no other key opens them, and the program `age` does."""

import errno
import io
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from homestretch.errors import Conflict
from homestretch.flow.accounts import accounts
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.maintenance.backup import back_up
from homestretch.flow.maintenance.encryption import (
    BackupKeys,
    BadBackupKey,
    NoBackupKey,
    backup_keys,
    make_key,
    reading,
    stop_encrypting,
)
from homestretch.flow.maintenance.healing import heal
from homestretch.flow.maintenance.restore import BadBackup, checked
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import Occupied
from homestretch.settings import Settings
from tests.flow.maintenance.conftest import Maker
from tests.flow.maintenance.test_backup import lived_in, restored
from tests.others import program
from tests.taking import digest


def knowing(context: Context, *keys: str) -> Settings:
    """Return the settings with keys given."""
    return context.settings.model_copy(update={"backup_key": SecretStr(" ".join(keys))})


@pytest.fixture
def backup(sqlite_context: Context, tmp_path: Path) -> Path:
    """A small encrypted backup."""
    make_key(sqlite_context.settings)
    for number in range(3):
        sqlite_context.archive.keep(f"original {number}".encode())
    path = tmp_path / "small.tar"
    accounts.set_up(sqlite_context, "anna", "long enough")
    back_up(sqlite_context, path)
    return path


def test_what_is_restored_is_what_was_there(
    sqlite_context: Context, decoders: Decoders, made: Maker, tmp_path: Path
) -> None:
    lived_in(sqlite_context, decoders)
    key = make_key(sqlite_context.settings)
    path = tmp_path / "backup.tar"
    manifest = back_up(sqlite_context, path)
    assert path.read_bytes().startswith(b"age-encryption.org/v1") and not tarfile.is_tarfile(path)
    assert checked(path, sqlite_context.settings) == manifest
    there = made("sqlite")
    with pytest.raises(NoBackupKey, match="HOMESTRETCH_BACKUP_KEY"):
        checked(path, there.settings)
    (there.settings.data_dir / "backup.key").write_text(f"# from a sheet of paper\n\n{key}\n")
    restored(there, path, decoders)
    assert digest(there) == digest(sqlite_context)


def test_the_program_age_opens_it(backup: Path, sqlite_context: Context) -> None:
    plain = subprocess.run(
        [program("age"), "--decrypt", "--identity", sqlite_context.settings.data_dir / "backup.key", backup],
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        assert "manifest.json" in tar.getnames()


def test_no_other_key_opens_it(backup: Path, sqlite_context: Context, made: Maker) -> None:
    other = made("sqlite")
    make_key(other.settings)
    with pytest.raises(NoBackupKey):
        checked(backup, other.settings)
    lost = list(sqlite_context.archive.digests())[:1]
    with pytest.raises(NoBackupKey):
        heal(other, lost, backup)


def test_a_key_is_changed_and_turned_off(sqlite_context: Context, tmp_path: Path) -> None:
    settings = sqlite_context.settings
    accounts.set_up(sqlite_context, "anna", "long enough")
    first = make_key(settings)
    back_up(sqlite_context, tmp_path / "first.tar")
    second = make_key(settings)
    back_up(sqlite_context, tmp_path / "second.tar")
    stop_encrypting(settings)
    stop_encrypting(settings)
    back_up(sqlite_context, tmp_path / "plain.tar")
    assert tarfile.is_tarfile(tmp_path / "plain.tar") and backup_keys(settings).first is None
    for name in ("first", "second", "plain"):
        assert checked(tmp_path / f"{name}.tar", settings).originals == 0, name
    assert backup_keys(settings).all == (second, first)
    third = make_key(settings)
    assert backup_keys(settings).all == (third, second, first)
    for file in settings.data_dir.glob("backup*.key"):
        assert file.stat().st_mode & 0o777 == 0o600
    given = knowing(sqlite_context, second, first)
    assert backup_keys(given).all == (second, first) and backup_keys(given).on
    with pytest.raises(Conflict, match="HOMESTRETCH_BACKUP_KEY"):
        make_key(given)


@pytest.mark.parametrize("text", ["", "# nothing", "secret", "AGE-SECRET-KEY-1ABC", "age1kxgn0z"])
def test_what_is_no_key_is_refused(sqlite_context: Context, text: str, tmp_path: Path) -> None:
    accounts.set_up(sqlite_context, "anna", "long enough")
    with pytest.raises(BadBackupKey, match="HOMESTRETCH_BACKUP_KEY") as refused:
        backup_keys(knowing(sqlite_context, text))
    assert text == "" or text not in str(refused.value).replace("AGE-SECRET-KEY-1.", ""), "a secret is in no message"
    (sqlite_context.settings.data_dir / "backup.key").write_text(text)
    with pytest.raises(BadBackupKey, match=r"backup\.key"):
        back_up(sqlite_context, tmp_path / "backup.tar")
    assert list(tmp_path.glob("*.tar")) == [] == list(tmp_path.glob(".*"))


@pytest.mark.parametrize("share", [0.0, 0.001, 0.01, 0.3, 0.6, 0.999])
def test_one_that_is_cut_off_or_damaged_restores_nothing(
    backup: Path, sqlite_context: Context, share: float, tmp_path: Path
) -> None:
    data = backup.read_bytes()
    at = max(22, int(len(data) * share))
    damaged = tmp_path / "damaged.tar"
    flipped = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
    for bad, said in ((data[:at], BadBackup), (flipped, (BadBackup, NoBackupKey)), (data + b"x", BadBackup)):
        damaged.write_bytes(bad)
        with pytest.raises(said) as refused:
            checked(damaged, sqlite_context.settings)
        assert said is not BadBackup or "cut off or damaged" in str(refused.value)


@pytest.mark.parametrize("end", [1, 5_000])
def test_a_small_one_that_is_cut_off_is_damaged_though_the_key_is_right(
    end: int, sqlite_context: Context, tmp_path: Path
) -> None:
    """Under 64 kB nothing is decrypted before the end is seen."""
    make_key(sqlite_context.settings)
    path, whole = tmp_path / "small.tar", io.BytesIO()
    backup_keys(sqlite_context.settings).write(whole, [b"x" * 20_000])
    path.write_bytes(whole.getvalue()[:-end])
    with pytest.raises(BadBackup, match="cut off or damaged"):
        checked(path, sqlite_context.settings)


def test_a_broken_key_keeps_nobody_from_a_backup_that_needs_none(
    sqlite_context: Context, decoders: Decoders, made: Maker, tmp_path: Path
) -> None:
    lived_in(sqlite_context, decoders)
    plain, encrypted = tmp_path / "plain.tar", tmp_path / "encrypted.tar"
    back_up(sqlite_context, plain)
    make_key(sqlite_context.settings)
    back_up(sqlite_context, encrypted)
    there, lost = made("sqlite"), list(sqlite_context.archive.digests())[:1]
    (there.settings.data_dir / "backup.key").write_text("torn")
    assert checked(plain, there.settings).originals > 0
    assert heal(there, lost, plain) == set(lost)
    with pytest.raises(BadBackupKey):
        checked(encrypted, there.settings)
    with pytest.raises(BadBackupKey):
        heal(there, lost, encrypted)


class Full(io.BytesIO):
    """A disk on which there is no more room."""

    def write(self, data: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_what_goes_wrong_outside_stays_what_it_is(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    make_key(settings)
    keys = backup_keys(settings)
    with pytest.raises(OSError, match="No space left") as full:
        keys.write(Full(), [b"x" * 100_000])
    assert full.value.errno == errno.ENOSPC

    def lost() -> Iterator[bytes]:
        yield b"x" * 100_000
        raise Occupied

    with pytest.raises(Occupied):
        keys.write(io.BytesIO(), lost())


@given(st.lists(st.binary(max_size=200_000), max_size=6), st.booleans())
def test_pieces_of_any_size_come_back(keyed: Settings, pieces: list[bytes], on: bool) -> None:
    keys = backup_keys(keyed) if on else BackupKeys(Path("none"))
    file = io.BytesIO()
    keys.write(file, pieces)
    file.seek(0)
    whole = b"".join(pieces)
    if whole or not on:  # a backup is never empty
        with reading(keyed, Path("x"), file) as (plain, sealed):
            assert plain.read() == whole and sealed == on


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(data_dir=tmp_path_factory.mktemp("keys"))
    make_key(settings)
    return settings


def test_what_was_lost_is_healed_from_it(sqlite_context: Context, decoders: Decoders, tmp_path: Path) -> None:
    lived_in(sqlite_context, decoders)
    make_key(sqlite_context.settings)
    back_up(sqlite_context, tmp_path / "backup.tar")
    before = set(sqlite_context.archive.digests())
    for digest_ in before:
        sqlite_context.archive.remove(digest_)
    healed = heal(sqlite_context, before, tmp_path / "backup.tar")
    assert healed == set(sqlite_context.archive.digests()) and len(healed) >= 3
