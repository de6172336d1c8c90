"""Whether the parts of a server work, and how much there is."""

import os
import shutil

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

import homestretch
from homestretch.archive.folder import Archive
from homestretch.errors import HomestretchError
from homestretch.model.documents.system import Health
from homestretch.settings import Settings
from homestretch.store.database import Database, Reader
from homestretch.store.tables.derived import activities, recordings
from homestretch.store.tables.kept import accounts, originals
from homestretch.store.tables.ops import batches, items


def health(database: Database, archive: Archive, settings: Settings, *, jobs: bool) -> Health:
    """Return `{status, parts: {part: "ok" or what is wrong}, version}`."""
    free_mb = shutil.disk_usage(settings.data_dir).free // 1_000_000
    parts = {
        "database": _database(database),
        "jobs": "ok" if jobs else "no job engine runs in this process",
        "archive": "ok" if os.access(archive.root, os.W_OK) else f"{archive.root} can't be written",
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
