"""The drill: restores the newest backup beside the store, and compares what is made of a sample of its originals."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr

from homestretch.archive.archive import Archive
from homestretch.archive.bucket import StoredFile
from homestretch.archive.places import backup_bucket
from homestretch.errors import HomestretchError
from homestretch.flow.backups.folder import Chosen, chosen, usable
from homestretch.flow.backups.make import DRILL_PREFIX, LEASE, ask, begin, held_on, recorded, settle
from homestretch.flow.backups.times import AGAIN_MS, DRILL_MS
from homestretch.flow.derive.decode.decode_original import current_versions
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.rederive import OriginalsLost, rederive, stale_athletes
from homestretch.flow.maintenance.backup import Manifest
from homestretch.flow.maintenance.encryption import backup_keys
from homestretch.flow.maintenance.restore import BackupFile, checked, restore_originals, restore_tables
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import lease
from homestretch.store.database import Database, Reader, sqlite_url
from homestretch.store.queries.backups import (
    backup_settings,
    copied_backups,
    keep_only,
    kept_backups,
    last_run,
    open_runs,
    recording_digests,
    sample,
    set_run,
)
from homestretch.store.schema import migrate

#: So many originals are decoded again.
SAMPLE = 100
#: What a restored store needs beside the originals, at least.
ROOM = 50_000_000


class NothingToDrill(HomestretchError):
    """There is no backup in {folder} yet. Make one first."""

    status = 409
    exit_code = 2


class DrillFailed(HomestretchError):
    """{differing} of {compared} recordings came out of the backup otherwise than they are here. Run `homestretch doctor
    --deep`; if that finds nothing, make a new backup and look after the disk it is on.
    """


@dataclass(frozen=True, slots=True)
class Drilled:
    """What a drill found: how many originals the backup has, and how many recordings were compared and differ."""

    originals: int
    compared: int
    differing: int


def ask_drill(context: Context) -> int:
    """Ask for a drill now, and return the number of its run.

    Raises NoBackupFolder, BadBackupFolder, NothingToDrill.
    """
    newest_backup(context)
    return ask(context, "drill")


def drill_is_due(context: Context) -> bool:
    """Return whether a drill was asked for, was interrupted, or is due by the schedule, with a backup to try."""
    with context.database.read() as reader:
        if any(one.kind == "drill" for one in open_runs(reader)):
            return True
        at_ms = drill_at(reader, chosen(backup_settings(reader), context.settings), context.clock())
    return at_ms is not None and at_ms <= context.clock()


def drill_at(reader: Reader, found: Chosen, now: int) -> int | None:
    """Return when the next drill is due, UTC ms; None while no backup is there to try."""
    if not found.on or not kept_backups(reader, str(found.folder)):
        return None
    last = last_run(reader, "drill", "done", "failed")
    if last is None or last.ended_ms is None or last.ended_ms > now:  # one to come is of a clock that was wrong
        return now
    return last.ended_ms + (AGAIN_MS * 24 if last.state == "failed" else DRILL_MS)


def drill_due(context: Context) -> None:
    """Make the drill that is due, if there is one, and write down what it found. Raises Occupied."""
    with lease(context, LEASE) as held, held_on(held):
        settle(context, held)
        if not drill_is_due(context):
            return
        run = begin(context, held, "drill")
        with recorded(run, "drill"):
            path = newest_backup(context)
            place = str(path).rpartition("/")[0]
            with context.database.write() as session:
                set_run(session, run.id, {"place": place, "file": path.name, "removed_ms": None})
            found = drill(context, path, held.renew)
            values = {"originals": found.originals, "compared": found.compared, "differing": found.differing}
            with context.database.write() as session:
                set_run(session, run.id, {**values, "state": "done", "ended_ms": context.clock()})
            if found.differing:
                raise DrillFailed(differing=found.differing, compared=found.compared)


def newest_backup(context: Context) -> BackupFile:
    """Return the newest backup: its copy in the object store, where there is one, else the file in the chosen folder.

    The file was read back when it was made. Raises NoBackupFolder, BadBackupFolder, NothingToDrill.
    """
    _, folder = usable(context)
    bucket = backup_bucket(context.settings)
    with context.database.read() as reader:
        copied = [] if bucket is None else copied_backups(reader, bucket.name)
        if bucket is not None and copied:
            return StoredFile(bucket, copied[0].file or "")
        there = [folder / (one.file or "") for one in kept_backups(reader, str(folder))]
    newest = next((path for path in there if path.is_file()), None)
    if newest is None:
        raise NothingToDrill(folder=folder)
    return newest


def drill(context: Context, path: BackupFile, renew: Callable[[], None] = lambda: None) -> Drilled:
    """Read a whole backup, restore it beside the store with a sample of its originals, and compare their recordings.

    The store stays as it is, and the restored one is removed. Raises BadBackup, DiskNearlyFull.
    """
    manifest = checked(path, context.settings, lambda *_: renew())
    made_ms = int(datetime.fromisoformat(manifest.created).timestamp() * 1000)
    with context.database.snapshot() as reader:
        here = sample(reader, made_ms, list(current_versions().values()), SAMPLE)
    digests = {name.digest for name in here} - set(manifest.missing)
    context.must_have_room(ROOM)
    with _restored(context, path, manifest, digests) as second:
        renew()
        with Decoders(second.settings) as decoders:
            for athlete in stale_athletes(second):
                with suppress(OriginalsLost):  # they differ then
                    rederive(second, athlete, decoders)
        renew()
        with second.database.read() as reader:
            there = recording_digests(reader, digests)
    with context.database.read() as reader:
        still = recording_digests(reader, digests)  # what was changed or deleted since is not compared
    compared = {name: one for name, one in here.items() if still.get(name) == one}
    differing = [name for name, one in compared.items() if there.get(name) != one]
    return Drilled(manifest.originals, len(compared), len(differing))


@contextmanager
def _restored(context: Context, path: BackupFile, manifest: Manifest, digests: set[str]) -> Iterator[Context]:
    """Yield a store of its own with the tables of a backup and some of its originals; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=DRILL_PREFIX, dir=context.settings.data_dir) as folder:
        place = Path(folder)
        archive = Archive(place / "archive")
        archive.prepare()
        database = Database(sqlite_url(place))
        try:
            migrate(database)
            changed = {"data_dir": place, "database_url": database.url}
            if found := backup_keys(context.settings).all:  # which lie in the data folder, or are given
                changed |= {"backup_key": SecretStr(" ".join(found))}
            settings = context.settings.model_copy(update=changed)
            second = replace(context, settings=settings, database=database, archive=archive)
            restore_originals(second, path, digests)
            restore_tables(second, path, manifest)
            with database.write() as session:
                keep_only(session, digests)
            yield second
        finally:
            database.close()
