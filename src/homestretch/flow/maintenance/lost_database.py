"""Distinguishes a data folder that lost its database from a new one."""

from homestretch.archive.archive import Archive
from homestretch.errors import HomestretchError
from homestretch.settings import Settings
from homestretch.store.database import KEPT_FILE, Database, DatabaseUnreachable
from homestretch.store.schema import pending_revision


class DatabaseLost(HomestretchError):
    """{folder} has originals, but its database, {name}, {reason}. Nothing was changed. Put the database back, or
    restore a backup with `homestretch restore --force FILE`. If you have neither, move {folder} elsewhere, start
    again, and run `homestretch import` on its archive folder.
    """


#: SQLite's errors for a failing disk, and for files that it may not open: no sign of damage.
NO_DAMAGE = ("disk I/O error", "disk is full", "unable to open")


def must_not_be_lost(settings: Settings, database: Database, archive: Archive) -> None:
    """Raise DatabaseLost where a folder is not new and its database is empty, missing or unreadable."""
    try:
        reason = "is empty or missing" if pending_revision(database) == "base" else None
    except DatabaseUnreachable as error:
        if not database.sqlite or any(words in error.details["reason"] for words in NO_DAMAGE):
            raise
        reason = f"can't be read ({error.details['reason']})"
    if reason is not None and next(archive.digests(), None) is not None:
        name = KEPT_FILE if database.sqlite else "in PostgreSQL"
        raise DatabaseLost(folder=settings.data_dir.absolute(), name=name, reason=reason)
