"""Files of a person's own that a source writes to: whole or not at all, never over what changed, with a copy beside."""

import contextlib
import os
import re
import time
from pathlib import Path

from homestretch import files
from homestretch.net.budget import ChangeRejected

#: So many copies of a file stay beside it.
BACKUPS = 5
_STAMP = "%Y%m%dT%H%M%S"
#: What programs leave beside a file while they have it open.
_LOCKS = ("~${}", ".~lock.{}#")

type Mark = tuple[int, int, int]


def mark_of(path: Path) -> Mark:
    """Return a mark that changes with every state of a file. Raises OSError."""
    about = path.stat()
    return about.st_mtime_ns, about.st_size, about.st_ino


def owner_of(path: Path) -> str:
    """Return the owner of a place, or of the nearest folder above it with a known one."""
    for place in (path, *path.parents):
        try:
            return place.owner()
        except KeyError:
            return str(place.stat().st_uid)
        except (OSError, NotImplementedError):
            continue
    return "another user"


def replace(path: Path, data: bytes, read_as: Mark, name: str) -> Path:
    """Write a file again and return the copy of how it was; `read_as` is the mark of what the change was made of.

    Raises ChangeRejected where it was changed since then, is open in another program, or can't be written.
    """
    path = path.resolve()
    _must_be_free(path, read_as, name)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        backup = _backed_up(path, read_as[1])
        about = path.stat()
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(about.st_mode & 0o7777)
        with contextlib.suppress(OSError):
            os.chown(part, about.st_uid, about.st_gid)
        _must_be_free(path, read_as, name)
        part.replace(path)
    except OSError as error:
        reason = f"{path} can't be written ({error.strerror}). Allow the server to write to the file and its folder."
        raise ChangeRejected(name=name, reason=reason) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    _drop_old(path)
    return backup


def _must_be_free(path: Path, read_as: Mark, name: str) -> None:
    for pattern in _LOCKS:
        if path.with_name(pattern.format(path.name)).exists():
            raise ChangeRejected(
                name=name, reason=f"{path.name} is open in another program. Close it there and try again."
            )
    try:
        same = mark_of(path) == read_as
    except OSError as error:
        raise ChangeRejected(name=name, reason=f"{path} no longer exists.") from error
    if not same:
        raise ChangeRejected(
            name=name, reason=f"{path.name} has changed since it was read. Sync and review the change again."
        )


def _backed_up(path: Path, most: int) -> Path:
    """Copy a file beside itself, under the time of the copy."""
    stamp = time.strftime(_STAMP, time.gmtime())
    backup = path.with_name(f"{path.stem}.backup-{stamp}{path.suffix}")
    number = 1
    while backup.exists():
        number += 1
        backup = path.with_name(f"{path.stem}.backup-{stamp}-{number}{path.suffix}")
    with backup.open("xb") as copy:
        copy.write(files.read(path, most))
    return backup


def _drop_old(path: Path) -> None:
    """Drop copies that we made, but for the newest few."""
    ours = re.compile(re.escape(f"{path.stem}.backup-") + r"\d{8}T\d{6}(?:-\d+)?" + re.escape(path.suffix))
    found = sorted(place for place in path.parent.iterdir() if ours.fullmatch(place.name))
    for old in found[:-BACKUPS]:
        with contextlib.suppress(OSError):
            old.unlink()
