"""Copies of backups in an object store: sent and read back, kept as in the folder, restored from there."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from homestretch.archive.bucket import StoredFile
from homestretch.archive.places import backup_bucket
from homestretch.archive.protocol import ObjectStoreFails
from homestretch.errors import Conflict, NotFound
from homestretch.flow.backups.copies import ask_copy, backup_named, copy_due, copy_is_due, listed
from homestretch.flow.backups.drill import drill_due, newest_backup
from homestretch.flow.backups.folder import choose
from homestretch.flow.backups.forgotten import LIST, read_list_in, write_list
from homestretch.flow.backups.make import make_due
from homestretch.flow.maintenance.encryption import MAGIC, make_key, reading
from homestretch.flow.maintenance.restore import BadBackup, checked
from homestretch.flow.runtime.context import Context
from homestretch.store.queries.backups import BackupSettings, copied_backups
from homestretch.store.queries.forgotten import put_forgotten
from homestretch.views.system.backup_checks import checked_backups
from tests.fakes.s3 import KEY_ID, SECRET, FakeS3
from tests.flow.backups.conftest import NOON, at
from tests.flow.backups.test_backups import last, notices, rename, tars

PLACE = "s3://originals/backups"


@pytest.fixture
def s3() -> Iterator[FakeS3]:
    with FakeS3() as server:
        yield server
        assert server.problems == []


@pytest.fixture
def copying(lived: Context, folder: Path, s3: FakeS3) -> Context:
    """A store whose backups go into a folder and from there into a bucket; one of each day of two is kept."""
    given = {
        "backup_bucket": PLACE,
        "s3_endpoint": s3.url,
        "s3_access_key_id": KEY_ID,
        "s3_secret_access_key": SecretStr(SECRET),
    }
    choose(lived, BackupSettings(folder=str(folder), daily=2, weekly=0, monthly=0))
    return replace(lived, settings=lived.settings.model_copy(update=given))


def there(s3: FakeS3) -> list[str]:
    return sorted(key.removeprefix("backups/") for key in s3.objects)


def backed_up(context: Context, day: int) -> None:
    rename(context, f"Name {day}")
    later = at(context, NOON + timedelta(days=day))
    make_due(later)
    copy_due(later)


def test_copies_follow_the_folder(copying: Context, folder: Path, s3: FakeS3) -> None:
    assert not copy_is_due(copying), "there is no backup yet"
    make_due(copying)
    assert copy_is_due(copying)
    copy_due(copying)
    assert there(s3) == tars(folder) and not copy_is_due(copying)
    assert s3.objects[f"backups/{tars(folder)[0]}"] == (folder / tars(folder)[0]).read_bytes()
    s3.objects["backups/photos.tar"] = b"somebody's"
    for day in (1, 2):
        backed_up(copying, day)
    assert len(tars(folder)) == 2 and there(s3) == [*tars(folder), "photos.tar"]
    with pytest.raises(Conflict, match="HOMESTRETCH_BACKUP_BUCKET"):
        ask_copy(replace(copying, settings=copying.settings.model_copy(update={"backup_bucket": None})))


def test_a_folder_that_is_lost_takes_no_copy_along(copying: Context, folder: Path, s3: FakeS3) -> None:
    for day in (0, 1):
        backed_up(copying, day)
    before = there(s3)
    for name in tars(folder):
        (folder / name).unlink()
    backed_up(copying, 2)
    assert len(tars(folder)) == 1
    assert there(s3) == [before[1], *tars(folder)], "the two newest days stay, as everywhere"


@pytest.mark.parametrize("way", ["refused", "lost", "damaged"])
def test_a_store_that_fails_leaves_the_folder_and_is_said(way: str, copying: Context, folder: Path, s3: FakeS3) -> None:
    backed_up(copying, 0)
    (good,) = there(s3)
    for day in (1, 2):
        s3.allowed = {"GET", "HEAD", "DELETE"} if way == "refused" else s3.allowed
        s3.lies.lost = 9 if way == "lost" else 0
        s3.lies.damaged = 9 if way == "damaged" else 0
        backed_up(copying, day)
    assert (last(copying).state, last(copying, "copy").state, len(tars(folder))) == ("done", "failed", 2)
    assert good in there(s3), "what is there already stays while the next one is not"
    assert notices(copying) == ["The last backup was not copied to the object store. Settings › Backups says why."]
    with copying.database.read() as reader:
        found = checked_backups(reader, copying.settings, copying.clock())
    assert found[0] == "fail" and "was not copied" in found[1]
    assert not copy_is_due(at(copying, NOON + timedelta(days=2, minutes=59)))
    s3.allowed |= {"PUT", "POST"}
    s3.lies.lost = s3.lies.damaged = 0
    copy_due(at(copying, NOON + timedelta(days=2, hours=2)))
    assert there(s3) == tars(folder) and notices(copying) == []


def test_the_newest_copy_is_restored_for_a_test(copying: Context, folder: Path, s3: FakeS3) -> None:
    make_key(copying.settings)
    backed_up(copying, 0)
    (name,) = (path.name for path in folder.glob("*.age"))
    bucket = backup_bucket(copying.settings)
    assert bucket is not None and str(newest_backup(copying)) == f"{PLACE}/{name}"
    for path in folder.glob("*.age"):
        path.write_bytes(b"not read")
    drill_due(at(copying, NOON + timedelta(hours=1)))
    run = last(copying, "drill")
    assert (run.state, run.place, run.file, run.compared, run.differing) == ("done", PLACE, name, 4, 0)
    s3.allowed = {"HEAD"}
    with pytest.raises(ObjectStoreFails):
        checked(StoredFile(bucket, name), copying.settings)


class _Breaks(io.BytesIO):
    """A file whose second reading fails: the first looks whether it is encrypted."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() == 0 and size != len(MAGIC):
            raise ObjectStoreFails(place=PLACE, reason="the connection breaks off")
        return super().read(size)


def test_a_store_that_breaks_off_is_not_taken_for_a_wrong_key(copying: Context) -> None:
    make_key(copying.settings)
    broken = reading(copying.settings, "a backup", _Breaks(MAGIC + bytes(100_000)))
    with pytest.raises(ObjectStoreFails, match="breaks off"), broken:
        pass


def test_backups_are_found_by_name_and_address(copying: Context, folder: Path, s3: FakeS3) -> None:
    backed_up(copying, 0)
    (name,) = tars(folder)
    settings = copying.settings
    size = (folder / name).stat().st_size
    assert listed(settings) == [(name, PLACE, size)]
    assert str(backup_named(settings, name)) == f"{PLACE}/{name}" == str(backup_named(settings, f"{PLACE}/{name}"))
    assert backup_named(settings, str(folder / name)) == folder / name
    assert checked(backup_named(settings, name), settings).originals == 2
    whole = s3.objects[f"backups/{name}"]
    s3.objects[f"backups/{name}"] = whole[: len(whole) // 2]
    with pytest.raises(BadBackup, match="cut off"):
        checked(backup_named(settings, name), settings)
    s3.objects[f"backups/{name}"] = whole
    named = settings.model_copy(update={"backup_dir": folder})
    assert backup_named(named, name) == folder / name and len(listed(named)) == 2
    with pytest.raises(NotFound):
        backup_named(settings, "homestretch.tar")


def test_who_was_deleted_is_listed_there_too(copying: Context, folder: Path, s3: FakeS3) -> None:
    backed_up(copying, 0)
    bucket = backup_bucket(copying.settings)
    assert bucket is not None and read_list_in(bucket) == {}
    with copying.database.write() as session:
        put_forgotten(session, {"a" * 64: 12})
    s3.objects[f"backups/{LIST}"] = f"{'b' * 64} 7\n".encode()
    write_list(copying)
    assert read_list_in(bucket) == {"a" * 64: 12, "b" * 64: 7}
    assert not copy_is_due(copying)


def test_what_was_removed_there_is_sent_again(copying: Context, folder: Path, s3: FakeS3) -> None:
    backed_up(copying, 0)
    s3.objects.clear()
    backed_up(copying, 1)
    assert there(s3) == tars(folder) and len(tars(folder)) == 2
    with copying.database.read() as reader:
        assert len(copied_backups(reader, PLACE)) == 2
