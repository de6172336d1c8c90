"""Copies of backups in an object store: sent after they were made, read back, and only then older ones are removed."""

from typing import NamedTuple

from homestretch.archive.bucket import Bucket, StoredFile
from homestretch.archive.places import backup_bucket, bucket_at
from homestretch.errors import Conflict, NotFound
from homestretch.files import named
from homestretch.flow.backups.folder import Chosen, chosen, usable
from homestretch.flow.backups.forgotten import write_list
from homestretch.flow.backups.make import LEASE, Run, begin, held_on, is_ours, recorded, settle
from homestretch.flow.backups.times import AGAIN_MS, to_keep
from homestretch.flow.maintenance.restore import BackupFile
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import lease
from homestretch.settings import Settings
from homestretch.store.database import Reader
from homestretch.store.queries.backups import (
    BackupRun,
    add_run,
    backup_settings,
    copied_backups,
    kept_backups,
    last_run,
    open_runs,
    set_run,
)


class ToDo(NamedTuple):
    """Backups to copy, the newest first, and copies that are not to be kept any more."""

    send: list[BackupRun]
    remove: list[BackupRun]


def ask_copy(context: Context) -> int:
    """Ask for the copies to be made now, and return the number of their run. Raises Conflict."""
    if backup_bucket(context.settings) is None:
        raise Conflict(reason="No object store is set for backups. Set HOMESTRETCH_BACKUP_BUCKET.")
    with context.database.write() as session:
        return add_run(session, "copy", "hand", context.clock())


def copy_is_due(context: Context) -> bool:
    """Return whether copies were asked for, or a backup waits to be copied; what failed is tried again later."""
    bucket = backup_bucket(context.settings)
    if bucket is None:
        return False
    with context.database.read() as reader:
        if any(one.kind == "copy" for one in open_runs(reader)):
            return True
        if not any(to_do(reader, chosen(backup_settings(reader), context.settings), bucket.name)):
            return False
        last = last_run(reader, "copy")
    return last is None or last.state != "failed" or not 0 <= context.clock() - (last.ended_ms or 0) < AGAIN_MS


def to_do(reader: Reader, found: Chosen, place: str) -> ToDo:
    """Return what is to be copied and removed: as many are kept there as in the folder, whatever became of that."""
    there = copied_backups(reader, place)
    held = {one.id for one in there}
    folder = found.folder
    here = [] if folder is None else [one for one in kept_backups(reader, str(folder)) if is_ours(folder, one)]
    fresh = [one for one in here if one.id not in held]
    kept = to_keep([one.began_ms or 0 for one in (*there, *fresh)], found.settings)
    send = [one for one in fresh if (one.began_ms or 0) in kept]
    return ToDo(send, [one for one in there if (one.began_ms or 0) not in kept])


def copy_due(context: Context) -> None:
    """Make the copies that are due; what goes wrong is written down and said to administrators. Raises Occupied."""
    with lease(context, LEASE) as held, held_on(held):
        settle(context, held)
        bucket = backup_bucket(context.settings)
        if bucket is None or not copy_is_due(context):
            return
        run = begin(context, held, "copy")
        with recorded(run, "copy"):
            _copy(run, bucket)


def _copy(run: Run, bucket: Bucket) -> None:
    context = run.context
    found, folder = usable(context)
    there = bucket.files()
    with context.database.write() as session:
        for one in copied_backups(session, bucket.name):
            if there.get(one.file or "") != one.size:  # somebody removed it, or put another one in its place
                set_run(session, one.id, {"copied_to": None})
        todo = to_do(session, found, bucket.name)
        set_run(session, run.id, {"place": bucket.name, "total": len(todo.send)})
    for number, one in enumerate(todo.send, 1):
        if one.file is not None:
            bucket.send(folder / one.file, one.file)
            with context.database.write() as session:
                set_run(session, one.id, {"copied_to": bucket.name})
        run.progress(number, len(todo.send))
    write_list(context)
    with context.database.read() as reader:
        newest = next(iter(copied_backups(reader, bucket.name)), None)
    for one in todo.remove:
        if newest is not None and one.id != newest.id and one.file is not None:
            bucket.delete(one.file)
            with context.database.write() as session:
                set_run(session, one.id, {"copied_to": None})
    with context.database.write() as session:
        set_run(session, run.id, {"state": "done", "ended_ms": context.clock()})


class ThereIs(NamedTuple):
    """A backup that can be restored: its name, where it is, and its bytes."""

    name: str
    place: str
    size: int


def listed(settings: Settings) -> list[ThereIs]:
    """Return the backups in the folder and the object store that the settings name, the newest first.

    Raises ObjectStoreFails.
    """
    folder, bucket = settings.given_backup_dir, backup_bucket(settings)
    found = [] if bucket is None else [ThereIs(name, bucket.name, size) for name, size in bucket.files().items()]
    if folder is not None:
        found += [ThereIs(path.name, str(folder), path.stat().st_size) for path in folder.glob("*.tar*")]
    made = [one for one in found if one.name.endswith((".tar", ".tar.age"))]
    return sorted(made, key=lambda one: (one.name, one.place), reverse=True)


def backup_named(settings: Settings, word: str) -> BackupFile:
    """Return a backup by its path, its address in an object store, or its name in the places that the settings name.

    Raises NotFound.
    """
    if "://" in word:
        place, _, name = word.rpartition("/")
        return StoredFile(bucket_at(settings, place), name)
    path = named(word)
    if path.is_file():
        return path
    if "/" not in word:
        bucket = backup_bucket(settings)
        if settings.given_backup_dir is not None and (settings.given_backup_dir / word).is_file():
            return settings.given_backup_dir / word
        if bucket is not None and word in bucket.files():
            return StoredFile(bucket, word)
    raise NotFound(what="backup", id=word)
