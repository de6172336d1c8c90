"""How backups are doing, and when the next ones are due, for administrators."""

import shutil
from contextlib import suppress
from pathlib import Path

from homestretch import files
from homestretch.errors import NotFound
from homestretch.model.documents import backups as documents
from homestretch.model.documents.backups import BackupPlan, Backups, Encryption
from homestretch.model.documents.today import LastBackup
from homestretch.model.moment import iso
from homestretch.settings import Settings
from homestretch.store.database import Reader
from homestretch.store.queries.backups import (
    BackupRun,
    BackupSettings,
    backup_settings,
    copied_backups,
    kept_backups,
    last_good,
    last_run,
    open_runs,
    run_of,
)

ENDED = ("done", "unchanged", "failed")


def backup_plan(kept: BackupSettings, settings: Settings) -> BackupPlan:
    """Return when backups are made, and where they go; the folder of the environment wins."""
    given = settings.given_backup_dir
    return {
        "on": kept.on,
        "folder": kept.folder if given is None else str(given),
        "locked": given is not None,
        "every": kept.every,
        "hour": kept.hour,
        "daily": kept.daily,
        "weekly": kept.weekly,
        "monthly": kept.monthly,
    }


def backups(
    reader: Reader,
    settings: Settings,
    encryption: Encryption,
    problem: str | None,
    next_ms: int | None,
    drill_ms: int | None,
) -> Backups:
    """Return how backups are doing: `problem` is why the folder can't be used, and when the next ones are due."""
    kept = backup_settings(reader)
    plan = backup_plan(kept, settings)
    folder = None if plan["folder"] is None else Path(plan["folder"])
    open_now = {one.kind: one for one in reversed(open_runs(reader))}
    made = [] if folder is None else kept_backups(reader, str(folder))
    good = last_good(reader, "backup")
    return {
        "plan": plan,
        "active": plan["on"] and folder is not None,
        "encryption": encryption,
        "problem": problem,
        "beside": folder is not None and files.on_same_disk(folder, settings.data_dir),
        "next_at": iso(next_ms),
        "running": _run(open_now.get("backup")),
        "last": _run(last_run(reader, "backup", *ENDED)),
        "good_at": None if good is None else iso(good.began_ms),
        "files": [_shown(one) for one in made],
        "bytes": sum(one.size or 0 for one in made),
        "copies": _copies(reader, settings, open_now.get("copy")),
        "free_bytes": None if folder is None else _free(folder),
        "most": plan["daily"] + plan["weekly"] + plan["monthly"],
        "drilling": _run(open_now.get("drill")),
        "drill": _run(last_run(reader, "drill", *ENDED)),
        "drill_next_at": iso(drill_ms),
    }


def _copies(reader: Reader, settings: Settings, running: BackupRun | None) -> documents.BackupCopies | None:
    place = settings.backup_bucket
    if place is None:
        return None
    there = copied_backups(reader, place)
    return {
        "place": place,
        "count": len(there),
        "bytes": sum(one.size or 0 for one in there),
        "running": _run(running),
        "last": _run(last_run(reader, "copy", *ENDED)),
    }


def run_document(reader: Reader, number: int) -> documents.BackupRun:
    """Return a backup or drill as it is now. Raises NotFound."""
    found = run_of(reader, number)
    if found is None:
        raise NotFound(what="backup", id=number)
    return _shown(found)


def last_backup(reader: Reader, settings: Settings) -> LastBackup:
    """Return when everything was last backed up, and whether that is done by itself."""
    good, last = last_good(reader, "backup"), last_run(reader, "backup", *ENDED)
    plan = backup_plan(backup_settings(reader), settings)
    return {
        "on": plan["on"] and plan["folder"] is not None,
        "good_ms": None if good is None else good.began_ms,
        "failed": last is not None and last.state == "failed",
    }


def _run(run: BackupRun | None) -> documents.BackupRun | None:
    return None if run is None else _shown(run)


def _shown(run: BackupRun) -> documents.BackupRun:
    took = None if run.began_ms is None or run.ended_ms is None else (run.ended_ms - run.began_ms) / 1000
    return {
        "id": str(run.id),
        "reason": run.reason,
        "state": run.state,
        "asked_at": iso(run.asked_ms) or "",
        "began_at": iso(run.began_ms),
        "ended_at": iso(run.ended_ms),
        "took_s": took,
        "folder": run.place,
        "file": run.file,
        "size_bytes": run.size,
        "originals": run.originals,
        "missing": run.missing,
        "copied": run.copied_to is not None,
        "compared": run.compared,
        "differing": run.differing,
        "done": run.done,
        "total": run.total,
        "note": run.note,
    }


def _free(folder: Path) -> int | None:
    with suppress(OSError):
        return shutil.disk_usage(folder).free
    return None
