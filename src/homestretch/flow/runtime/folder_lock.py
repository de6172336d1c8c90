"""The data folder has one owner at a time: the server, or a command that runs alone."""

import errno
import fcntl
import json
import os
import pwd
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from homestretch.errors import HomestretchError

LOCK = "owner.lock"


class FolderInUse(HomestretchError):
    """The data folder {folder} is in use by process {pid}. Stop that process, or set another HOMESTRETCH_DATA_DIR."""

    status = 409


class FolderNotWritable(HomestretchError):
    """The data folder {folder} can't be written ({reason}). {there} belongs to {owner}, and Homestretch runs as {me}.
    Run `sudo chown -R {me} {there}`, or set HOMESTRETCH_DATA_DIR to a folder that {me} owns.
    """

    status = 507


class FolderReadOnly(HomestretchError):
    """The data folder {folder} is on a read-only disk, so nothing was changed. Systems mount a failing disk read-only;
    check the system log (`dmesg`). Your data can still be read. Back it up to another disk with `homestretch backup
    FILE`. Then make the disk writable again.
    """

    status = 507


def make_folder(folder: Path) -> None:
    """Make the data folder where it is missing. Raises FolderNotWritable, FolderReadOnly."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        if error.errno == errno.EROFS:
            raise FolderReadOnly(folder=folder.absolute()) from error
        there = next(path for path in (folder.absolute(), *folder.absolute().parents) if _exists(path))
        raise FolderNotWritable(
            folder=folder.absolute(),
            reason=(error.strerror or str(error)).lower(),
            there=there,
            owner=_name(there.stat().st_uid),
            me=_name(os.geteuid()),
        ) from error


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


@dataclass(slots=True)
class OwnerLock:
    """Holds the data folder until it is released or the process ends, however it ends."""

    folder: Path
    kind: str
    url: str | None = None
    wait_s: float = 0.0
    _file: IO[str] | None = field(default=None, repr=False)

    def acquire(self) -> "OwnerLock":
        """Take the folder, within `wait_s`. Raises FolderInUse when another process has it, and as make_folder does."""
        make_folder(self.folder)
        file = (self.folder / LOCK).open("a+", encoding="utf-8")
        until = time.monotonic() + self.wait_s
        while not _locked(file):
            if time.monotonic() >= until:
                file.close()
                raise FolderInUse(folder=self.folder, pid=(owner_of(self.folder) or {}).get("pid", "?"))
            time.sleep(0.1)
        file.truncate(0)
        file.write(json.dumps({"pid": os.getpid(), "kind": self.kind, "url": self.url}))
        file.flush()
        self._file = file
        return self

    @property
    def files(self) -> tuple[int, ...]:
        """What a process that has the folder together with this one must keep open."""
        return () if self._file is None else (self._file.fileno(),)

    def release(self) -> None:
        """Release the folder."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> "OwnerLock":
        """Take the folder for a block."""
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def owner_of(folder: Path) -> dict[str, Any] | None:
    """Return who owns the folder now (`pid`, `kind`, `url`), or None."""
    path = folder / LOCK
    if not path.exists():
        return None
    with path.open("r", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            text = file.read()
            return dict(json.loads(text)) if text else {}
    return None
