"""Whether the parts of a server work, and how much there is; for administrators what waits and what takes room."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

import homestretch
from homestretch.archive.archive import Archive
from homestretch.errors import HomestretchError
from homestretch.model.documents.backups import Process, ServerStatus, StoragePart, Waiting
from homestretch.model.documents.system import Health
from homestretch.model.moment import iso
from homestretch.settings import Settings
from homestretch.store.database import ATTACHED, KEPT_FILE, Database, Reader
from homestretch.store.queries.server_status import (
    Backlog,
    database_bytes,
    database_version,
    heartbeats_of,
    waiting_files,
    waiting_syncs,
)
from homestretch.store.tables.derived import activities, recordings
from homestretch.store.tables.kept import accounts, originals
from homestretch.store.tables.ops import batches, items

type Part = Literal["originals", "database", "calculated", "jobs", "maps", "uploads", "copies"]


def health(database: Database, archive: Archive, settings: Settings, *, jobs: bool) -> Health:
    """Return `{status, parts: {part: "ok" or what is wrong}, version}`."""
    free_mb = shutil.disk_usage(settings.data_dir).free // 1_000_000
    parts = {
        "database": _database(database),
        "jobs": "ok" if jobs else "no job engine runs in this process",
        "archive": archive.first.fault() or "ok",
        "disk": "ok" if free_mb >= settings.min_free_mb else f"only {free_mb} MB are free",
    }
    working = all(state == "ok" for state in parts.values())
    return {"status": "ok" if working else "failing", "parts": parts, "version": homestretch.__version__}


def _database(database: Database) -> str:
    try:
        with database.read() as reader:
            reader.scalar(select(func.count()).select_from(accounts))
    except (SQLAlchemyError, HomestretchError) as error:
        return f"can't be read: {type(error).__name__}"
    return "ok"


def metrics(reader: Reader, settings: Settings) -> str:
    """Return gauges in Prometheus' text format."""
    running = batches.c.state.in_(("receiving", "running"))
    waiting = select(func.count()).select_from(items).where(items.c.status == "waiting")
    gauges = {
        "homestretch_originals": reader.scalar(select(func.count()).select_from(originals)),
        "homestretch_original_bytes": reader.scalar(select(func.coalesce(func.sum(originals.c.size), 0))),
        "homestretch_recordings": reader.scalar(select(func.count()).select_from(recordings)),
        "homestretch_activities": reader.scalar(select(func.count()).select_from(activities)),
        "homestretch_imports_running": reader.scalar(select(func.count()).select_from(batches).where(running)),
        "homestretch_files_waiting": reader.scalar(waiting),
        "homestretch_disk_free_bytes": shutil.disk_usage(settings.data_dir).free,
    }
    lines = [f"# TYPE {name} gauge\n{name} {value}\n" for name, value in gauges.items()]
    return "".join(lines)


def server_status(reader: Reader, settings: Settings, parts: dict[str, str], alive_since: int) -> ServerStatus:
    """Return how the server is; `parts` say what works, and who was heard of `alive_since` (UTC ms) is alive."""
    return {
        "version": homestretch.__version__,
        "database": database_version(reader),
        "parts": parts,
        "processes": [_process(name, at_ms, alive_since) for name, at_ms in heartbeats_of(reader)],
        "waiting": [_waiting("files", waiting_files(reader)), _waiting("syncs", waiting_syncs(reader))],
        "storage": _storage(settings, database_bytes(reader)),
        "free_bytes": shutil.disk_usage(settings.data_dir).free,
    }


def _process(name: str, at_ms: int, alive_since: int) -> Process:
    return {"name": name.partition("/")[0], "seen_at": iso(at_ms) or "", "alive": at_ms > alive_since}


def _waiting(kind: Literal["files", "syncs"], backlog: Backlog) -> Waiting:
    return {"kind": kind, "count": backlog.waiting, "since": iso(backlog.since_ms)}


def _storage(settings: Settings, database: int | None) -> list[StoragePart]:
    """Return what each part takes, the largest first."""
    data = settings.data_dir
    taken: dict[Part, int] = {
        "originals": _size(settings.archive_dir),
        "database": _file(data / KEPT_FILE) if database is None else database,
        "calculated": sum(_file(data / name) for name in ATTACHED.values()) if database is None else 0,
        "jobs": _file(data / "jobs.db"),
        "maps": _size(settings.maps_dir),
        "uploads": _size(settings.uploads_dir),
        "copies": _size(data / "copies"),
    }
    parts: list[StoragePart] = [{"part": part, "bytes": size} for part, size in taken.items() if size]
    return sorted(parts, key=lambda one: -one["bytes"])


def _file(path: Path) -> int:
    """Return the bytes of a database's file, with what was written beside it."""
    return sum(_stat(path.with_name(f"{path.name}{end}")) for end in ("", "-wal", "-shm"))


def _stat(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0


def _size(folder: Path) -> int:
    """Return the bytes of all files in a folder; what goes away while they are counted has none."""
    return sum(_stat(Path(place, name)) for place, _, names in os.walk(folder) for name in names)
