"""Opens the store of another system, be it a SQLite database or a dump of a PostgreSQL one."""

from contextlib import AbstractContextManager
from pathlib import Path

from homestretch import files
from homestretch.flow.takeover.reading import dump, sqlite
from homestretch.flow.takeover.reading.items import StoreUnreadable
from homestretch.flow.takeover.reading.tables import Tables


def opened(path: Path, system: str, scratch: Path) -> AbstractContextManager[Tables]:
    """Open a database or a dump during the block. Raises NotItsStore, StoreUnreadable. Copies go to `scratch`."""
    try:
        with files.opened(path) as file:
            head = file.read(len(sqlite.HEAD))
    except OSError as error:
        raise StoreUnreadable(path=path, system=system, reason=error.strerror or str(error)) from error
    return sqlite.opened(path, system, scratch) if head == sqlite.HEAD else dump.opened(path, system)
