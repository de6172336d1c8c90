"""What all writing needs from outside: settings, the database, the archive, and a clock."""

import secrets
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from homestretch.archive.archive import Archive
from homestretch.errors import DiskNearlyFull
from homestretch.model.security.events import Method
from homestretch.settings import Settings
from homestretch.store.database import Database


def now_ms() -> int:
    """Return the time of the system's clock, UTC milliseconds."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, for the security log: how they have shown who they are, their account, and from which address."""

    method: Method = "server"
    account_id: int | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What a flow works with: settings, database, archive, clock, and who acts; tests give their own clock."""

    settings: Settings
    database: Database
    archive: Archive
    clock: Callable[[], int] = now_ms
    actor: Actor = Actor()

    def must_have_room(self, extra: int = 0) -> None:
        """Raise DiskNearlyFull where less than the set minimum (plus `extra` bytes) is free in the data folder."""
        must_have_room(self.settings.data_dir, self.settings.min_free_mb * 1_000_000 + extra)


def must_have_room(folder: Path, needed: int) -> None:
    """Raise DiskNearlyFull where fewer bytes than these are free in a folder."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise DiskNearlyFull(free_mb=free // 1_000_000, needed_mb=needed // 1_000_000, folder=folder)


_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def public_id() -> str:
    """Return a new opaque id of 12 characters (59 bits), easy to read out."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))
