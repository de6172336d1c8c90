"""What lies among the uploads until its bytes are in the archive: removed once no import waits for it."""

import errno
import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import select

from homestretch.errors import DiskNearlyFull
from homestretch.flow.runtime.context import Context
from homestretch.store.tables.ops import items

#: The beginning of the names of folders with files that are made here.
SCRATCH = "scratch-"


def forget_staging(context: Context) -> None:
    """Remove what uploads and scratch folders left behind that no import waits for."""
    places = _waited_for(context)
    for file in context.settings.uploads_dir.glob("*/*.part"):
        if not file.parent.name.startswith(SCRATCH) and str(file.absolute()) not in places:
            file.unlink(missing_ok=True)
    _forget_scratch(context)


@contextmanager
def scratch(context: Context) -> Iterator[Path]:
    """Yield a folder for files that are made here; it goes with the block, except for what an import waits for.

    What a process left that was killed in its block is removed here too, or at the next start. Raises DiskNearlyFull.
    """
    context.must_have_room()
    staging = context.settings.uploads_dir.absolute()
    staging.mkdir(parents=True, exist_ok=True)
    _forget_scratch(context)
    folder = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=staging))
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield folder
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        settings = context.settings
        raise DiskNearlyFull(free_mb=0, needed_mb=settings.min_free_mb, folder=settings.data_dir) from error
    finally:
        os.close(held)
        _forget_scratch(context)


def _forget_scratch(context: Context) -> None:
    """Clear the folders of processes that are no more: a lock ends with its process."""
    for folder in context.settings.uploads_dir.absolute().glob(f"{SCRATCH}*"):
        with suppress(FileNotFoundError):  # another process clears it too
            held = os.open(folder, os.O_RDONLY)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _clear(folder, _waited_for(context))  # asked for only now: its process may just have ended
            except BlockingIOError:
                pass
            finally:
                os.close(held)


def _clear(folder: Path, places: set[str]) -> None:
    for file in folder.iterdir():
        if str(file) not in places:
            file.unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()


def _waited_for(context: Context) -> set[str]:
    wanted = items.c.status.in_(("arriving", "waiting")) & items.c.place.is_not(None)
    with context.database.read() as reader:
        return {row.place for row in reader.rows(select(items.c.place).where(wanted))}
