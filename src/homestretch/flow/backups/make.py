"""Makes the backups that are due: one at a time, read back, and only then older ones are removed."""

import hashlib
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from homestretch import files
from homestretch.errors import HomestretchError
from homestretch.flow.backups.folder import Chosen, chosen, usable
from homestretch.flow.backups.forgotten import write_list
from homestretch.flow.backups.times import AGAIN_MS, last_slot, local, to_keep
from homestretch.flow.maintenance.backup import Manifest, TableFile, back_up, carried, table_files
from homestretch.flow.maintenance.encryption import backup_keys
from homestretch.flow.maintenance.restore import BadBackup, checked
from homestretch.flow.runtime.context import Context, must_have_room, public_id
from homestretch.flow.runtime.leases import RENEW_MS, Lease, Occupied, lease
from homestretch.flow.runtime.notifications import announce, withdraw
from homestretch.jobs.job import Postponed
from homestretch.store.database import Reader
from homestretch.store.queries.backups import (
    BackupRun,
    Kind,
    add_run,
    athletes_of_administrators,
    backup_settings,
    forget_old_runs,
    kept_backups,
    last_good,
    last_run,
    open_runs,
    remove_run,
    run_of,
    set_run,
)
from homestretch.store.tables.saved import security_events

#: What is held while a backup is made or tried: never two at once, in whichever process.
LEASE = "backup"
#: How the name of an encrypted backup ends.
ENCRYPTED = ".age"
#: The beginning of the names of folders in which backups are tried.
DRILL_PREFIX = ".drill-"
#: Runs without a file are forgotten then.
KEEP_RUNS_MS = 180 * 86_400_000
#: How often it is written down how far a backup is.
STEP_MS = 1000
#: Notices to administrators, by kind.
CODES: Mapping[Kind, str] = {"backup": "backup_failed", "drill": "drill_failed", "copy": "backup_copy_failed"}


@dataclass(slots=True)
class Run:
    """A run under way: holds its lease on, and writes down how far it is."""

    context: Context
    held: Lease
    id: int
    written_ms: int = 0

    def progress(self, done: int, total: int) -> None:
        """Write down how far it is, once a second. Raises Occupied where the lease was lost."""
        self.held.renew()
        now = self.context.clock()
        if now - self.written_ms >= STEP_MS:
            self.written_ms = now
            with self.context.database.write() as session:
                set_run(session, self.id, {"done": done, "total": total})


def ask(context: Context, kind: Kind) -> int:
    """Ask for a backup or a drill now, and return the number of its run. Raises NoBackupFolder, BadBackupFolder."""
    usable(context)
    with context.database.write() as session:
        return add_run(session, kind, "hand", context.clock())


def is_due(context: Context) -> bool:
    """Return whether a backup was asked for, or one by the schedule is still to be made, or an interrupted one."""
    with context.database.read() as reader:
        if any(one.kind == "backup" for one in open_runs(reader)):
            return True
        found = chosen(backup_settings(reader), context.settings)
        return found.on and _slot_is_open(reader, found, context.clock())


def _slot_is_open(reader: Reader, found: Chosen, now: int) -> bool:
    slot = last_slot(found.settings, now)
    good, last = last_good(reader, "backup"), last_run(reader, "backup")
    if good is not None and slot <= (good.began_ms or 0) <= now:  # a later one is of a clock that was wrong
        return False
    return last is None or last.state != "failed" or not 0 <= now - (last.ended_ms or 0) < AGAIN_MS


def make_due(context: Context) -> None:
    """Make the backup that is due, if there is one; what an interrupted one left is finished or removed first.

    What goes wrong is written down, and administrators get a notice. Raises Occupied.
    """
    with lease(context, LEASE) as held, held_on(held):
        settle(context, held)
        if not is_due(context):
            return
        run = begin(context, held, "backup")
        with recorded(run, "backup"):
            _make(run)


def begin(context: Context, held: Lease, kind: Kind) -> Run:
    """Begin the run of a kind that waits, or a new one by the schedule."""
    now = context.clock()
    with context.database.write() as session:
        number = add_run(session, kind, "schedule", now)
        set_run(session, number, {"state": "running", "began_ms": now, "done": 0, "total": 0})
    return Run(context, held, number)


@contextmanager
def recorded(run: Run, kind: Kind) -> Iterator[None]:
    """Write down what goes wrong in a block; administrators get one notice until it goes well again."""
    context = run.context
    try:
        yield
    except Postponed:
        raise  # another process goes on with it
    except (HomestretchError, OSError) as error:
        _failed(context, run.id, kind, str(error))
        return
    with context.database.write() as session:
        forget_old_runs(session, kind, run.id, context.clock() - KEEP_RUNS_MS)
        for athlete in athletes_of_administrators(session):
            withdraw(session, athlete, CODES[kind], "backups")


@contextmanager
def held_on(held: Lease) -> Iterator[None]:
    """Hold a lease on during a block however long its steps take; one that is lost is noticed at the next step."""
    over = threading.Event()

    def hold() -> None:
        with suppress(Occupied):
            while not over.wait(RENEW_MS / 1000):
                held.renew()

    thread = threading.Thread(target=hold, name="backup-lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _failed(context: Context, number: int, kind: Kind, note: str) -> None:
    now = context.clock()
    with context.database.write() as session:
        good = last_good(session, kind)
        forget_old_runs(session, kind, 0 if good is None else good.id, now - KEEP_RUNS_MS)
        set_run(session, number, {"state": "failed", "ended_ms": now, "note": note})
        for athlete in athletes_of_administrators(session):
            announce(session, athlete, now, CODES[kind], "backups", {})


def settle(context: Context, held: Lease) -> None:
    """Finish or remove what interrupted runs left; whoever holds the lease knows that none is under way."""
    for folder in context.settings.data_dir.glob(f"{DRILL_PREFIX}*"):
        shutil.rmtree(folder)
    with context.database.read() as reader:
        left = open_runs(reader, "running")
    for one in left:
        if one.kind == "backup" and _finished(context, held, one):
            continue
        with context.database.write() as session:
            if one.reason == "hand":
                set_run(session, one.id, {"state": "waiting", "file": None, "place": None})
            else:
                remove_run(session, one.id)


def _finished(context: Context, held: Lease, left: BackupRun) -> bool:
    """Return whether an interrupted backup was whole under its name, and is now written down; else nothing is left."""
    if left.place is None or left.file is None:
        return False
    for draft in Path(left.place).glob(f".{left.file}.*"):
        draft.unlink()
    path = Path(left.place, left.file)
    if not path.is_file():
        return False
    try:
        manifest = checked(path, context.settings, lambda *_: held.renew())
    except BadBackup:
        path.unlink()
        return False
    _write_down(context, left.id, path, manifest)
    return True


def _make(run: Run) -> None:
    context = run.context
    found, folder = usable(context)
    with context.database.read() as reader:
        asked = run_of(reader, run.id)
    if asked is not None and asked.reason == "schedule" and _is_unchanged(context, folder):
        with context.database.write() as session:
            set_run(session, run.id, {"state": "unchanged", "ended_ms": context.clock()})
        return
    needed = _must_have_room(context, folder)
    end = ENCRYPTED if backup_keys(context.settings).on else ""
    path = folder / f"homestretch-{local(context.clock()):%Y%m%d-%H%M%S}-{public_id()[:4]}.tar{end}"
    with context.database.write() as session:
        set_run(session, run.id, {"place": str(folder), "file": path.name, "total": 2 * needed})
    back_up(context, path, progress=lambda done, total: run.progress(done, 2 * total))
    files.sync_folder(folder)
    manifest = checked(path, context.settings, lambda done, _total: run.progress(needed + done, 2 * needed))
    _write_down(context, run.id, path, manifest)
    write_list(context)
    _rotate(context, found, folder)


def _write_down(context: Context, number: int, path: Path, manifest: Manifest) -> None:
    with context.database.write() as session:
        values: dict[str, object] = {"originals": manifest.originals, "missing": len(manifest.missing), "note": None}
        values |= {"state": "done", "ended_ms": context.clock(), "size": path.stat().st_size}
        set_run(session, number, {**values, "content": content_of(manifest.tables)})


def content_of(tables: Mapping[str, TableFile]) -> str:
    """Return a digest of what tables hold; they name every original. That somebody signed in is no new content."""
    lines = (f"{name} {one.sha256}\n" for name, one in sorted(tables.items()) if name != security_events.name)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _is_unchanged(context: Context, folder: Path) -> bool:
    """Return whether the newest backup holds all that there is now."""
    with context.database.read() as reader:
        newest = next(iter(kept_backups(reader, str(folder))), None)
    if newest is None or newest.missing or not is_ours(folder, newest):
        return False
    if (newest.file or "").endswith(ENCRYPTED) != backup_keys(context.settings).on:
        return False
    with context.database.snapshot() as reader:
        return content_of(table_files(reader)) == newest.content


def _must_have_room(context: Context, folder: Path) -> int:
    """Return how many originals a backup will have. Raises DiskNearlyFull where it has no room in the folder."""
    with context.database.read() as reader:
        digests = carried(reader)
        before = next(iter(kept_backups(reader, str(folder))), None)
    size = sum(taken + 1024 for taken in context.archive.sizes(digests).values())
    size = max(size, (before.size or 0) if before is not None else 0)
    spare = (
        context.settings.min_free_mb * 1_000_000 if files.on_same_disk(folder, context.settings.data_dir) else 1_000_000
    )
    must_have_room(folder, size + spare)
    return len(digests)


def _rotate(context: Context, found: Chosen, folder: Path) -> None:
    """Remove the backups in the folder that are not to be kept; only those that were written down here, unchanged."""
    with context.database.read() as reader:
        there = kept_backups(reader, str(folder))
    kept = to_keep([one.began_ms or 0 for one in there], found.settings)
    for one in there:
        mine = is_ours(folder, one)
        if mine and (one.began_ms or 0) in kept:
            continue
        if mine and one.file is not None:
            (folder / one.file).unlink()
        with context.database.write() as session:
            set_run(session, one.id, {"removed_ms": context.clock()})


def is_ours(folder: Path, one: BackupRun) -> bool:
    """Return whether a backup is still there as it was made; another file under its name is not ours."""
    path = folder / (one.file or "")
    return one.file is not None and path.is_file() and not path.is_symlink() and path.stat().st_size == one.size
