"""Files that somebody names or leaves somewhere: regular ones only, read within bounds; every room opens them here.

A pipe would be waited for without end, a device may have none, and opening some devices does things.
"""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

#: Why a place is not looked at that was no link when it was named.
LED = "it was replaced by a link"


def named(text: str) -> Path:
    """Return the path that a person wrote: blanks around it are dropped, and `~` is a home."""
    path = Path(text.strip())
    try:
        return path.expanduser()
    except RuntimeError:  # no such user
        return path


def opened(path: Path, *, links: bool = True) -> BinaryIO:
    """Open a regular file for reading; without `links`, not through one. Raises OSError, also for other kinds."""
    if not links and path.resolve() != path:
        raise OSError(errno.ELOOP, LED, str(path))
    _must_be_regular(path, path.stat(follow_symlinks=links).st_mode)
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | (0 if links else os.O_NOFOLLOW))
    try:
        _must_be_regular(path, os.fstat(descriptor).st_mode)  # it may be another one by now
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read(path: Path, most: int, *, links: bool = True) -> bytes:
    """Return what a regular file holds. Raises OSError, also where that is more than `most` bytes."""
    with opened(path, links=links) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most // 1_000_000} MB", str(path))
    return data


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def on_same_disk(one: Path, other: Path) -> bool:
    """Return whether two places are on the same disk, as far as that can be known."""
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:
        return False


def on_read_only_disk(path: Path) -> bool:
    """Return whether the disk that a place is on, or would be on, is mounted for reading only."""
    there = next((one for one in (path.absolute(), *path.absolute().parents) if one.exists()), None)
    return there is not None and bool(os.statvfs(there).f_flag & os.ST_RDONLY)


def _must_be_regular(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "not a regular file", str(path))
