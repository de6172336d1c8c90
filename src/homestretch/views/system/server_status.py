"""How the server is, for administrators: processes, what waits, and what takes how much room; nothing of an athlete."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Literal

import homestretch
from homestretch.model.documents.backups import Process, ServerStatus, StoragePart, Waiting
from homestretch.model.moment import iso
from homestretch.settings import Settings
from homestretch.store.database import ATTACHED, KEPT_FILE, Reader
from homestretch.store.queries.server_status import (
    Backlog,
    database_bytes,
    database_version,
    heartbeats_of,
    waiting_files,
    waiting_syncs,
)

#: A process that was silent for so long is dead.
DEAD_MS = 15_000
type Part = Literal["originals", "database", "calculated", "jobs", "maps", "uploads", "copies"]


def server_status(reader: Reader, settings: Settings, parts: dict[str, str], now: int) -> ServerStatus:
    """Return how the server is; `parts` say what works, as the health check does."""
    return {
        "version": homestretch.__version__,
        "database": database_version(reader),
        "parts": parts,
        "processes": [_process(name, at_ms, now) for name, at_ms in heartbeats_of(reader)],
        "waiting": [_waiting("files", waiting_files(reader)), _waiting("syncs", waiting_syncs(reader))],
        "storage": _storage(settings, database_bytes(reader)),
        "free_bytes": shutil.disk_usage(settings.data_dir).free,
    }


def _process(name: str, at_ms: int, now: int) -> Process:
    return {"name": name.partition("/")[0], "seen_at": iso(at_ms) or "", "alive": at_ms > now - DEAD_MS}


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
