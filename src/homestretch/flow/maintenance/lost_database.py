"""Tells a data folder that lost its database from one that is new."""

from homestretch.archive.folder import Archive
from homestretch.errors import HomestretchError
from homestretch.settings import Settings
from homestretch.store.database import KEPT_FILE, Database, DatabaseUnreachable
from homestretch.store.schema import pending_revision


class DatabaseLost(HomestretchError):
    """{folder} holds originals, but its database, {name}, {reason}; nothing was changed.

    Put that back as it was, or bring a backup back with `homestretch restore --force FILE`. Without either, move
    {folder} elsewhere, start again, and `homestretch import` its folder archive.
    """


#: What SQLite says of a disk that gives or takes nothing, and of files that it may not open: no sign of damage.
NO_DAMAGE = ("disk I/O error", "disk is full", "unable to open")


def must_not_be_lost(settings: Settings, database: Database, archive: Archive) -> None:
    """Raise DatabaseLost where a folder is not new and its database is empty, missing or unreadable."""
    try:
        reason = "is empty or missing" if pending_revision(database) == "base" else None
    except DatabaseUnreachable as error:
        if not database.sqlite or any(words in error.facts["reason"] for words in NO_DAMAGE):
            raise
        reason = f"can't be read ({error.facts['reason']})"
    if reason is not None and next(archive.digests(), None) is not None:
        name = KEPT_FILE if database.sqlite else "in PostgreSQL"
        raise DatabaseLost(folder=settings.data_dir.absolute(), name=name, reason=reason)
