"""Athletes who were deleted for good stay deleted when an older backup is restored.

A backup can't be changed, so a list of them lies beside the backups, and restoring one reads it.
"""

import logging
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import update

from homestretch import files
from homestretch.errors import HomestretchError
from homestretch.flow.backups.folder import sync_folder, usable
from homestretch.flow.people.deletion import take_away
from homestretch.flow.runtime.context import Context
from homestretch.settings import Settings
from homestretch.store.database import KEPT_FILE, Database, sqlite_url
from homestretch.store.queries.forgotten import all_forgotten, deleted_since, put_forgotten
from homestretch.store.tables.kept import athletes

LIST = "forgotten.txt"
NOTE = """# Athletes who were deleted for good: a digest, and when (UTC milliseconds).
# Restoring a backup that is older leaves them out. Keep this file beside the backups.
"""
MOST_BYTES = 10_000_000
_LINE = re.compile(r"([0-9a-f]{64}) (\d{1,15})")

log = logging.getLogger(__name__)


def write_list(context: Context) -> None:
    """Write the list beside the backups; where the folder is away now, the next backup writes it."""
    with context.database.read() as reader:
        listed = all_forgotten(reader)
    if not listed:
        return
    try:
        _, folder = usable(context)
        there = read_list(folder)
        _write(folder, there | {digest: max(at_ms, there.get(digest, 0)) for digest, at_ms in listed.items()})
    except (HomestretchError, OSError) as error:
        log.warning("the list of deleted athletes was not written beside the backups", extra={"reason": str(error)})


def _write(folder: Path, listed: Mapping[str, int]) -> None:
    lines = "".join(f"{digest} {at_ms}\n" for digest, at_ms in sorted(listed.items()))
    with tempfile.NamedTemporaryFile("w", dir=folder, prefix=f".{LIST}.", delete=False) as draft:
        draft.write(NOTE + lines)
        draft.flush()
        os.fsync(draft.fileno())
    Path(draft.name).replace(folder / LIST)
    sync_folder(folder)


def read_list(folder: Path) -> dict[str, int]:
    """Return the list in a folder: when each was deleted, UTC ms, by digest. Raises OSError where it can't be read."""
    if not (folder / LIST).exists():
        return {}
    text = files.read(folder / LIST, MOST_BYTES).decode("ascii", "replace")
    return {found[1]: int(found[2]) for line in text.splitlines() if (found := _LINE.fullmatch(line))}


def list_here(settings: Settings) -> dict[str, int]:
    """Return the list of the store in the data folder, which may be another version's; empty for a new folder."""
    if not settings.sqlite or not (settings.data_dir / KEPT_FILE).exists():
        return {}
    database = Database(sqlite_url(settings.data_dir))
    try:
        with database.read() as reader:
            return all_forgotten(reader)
    finally:
        database.close()


def forget_again(context: Context, listed: Mapping[str, int], made_ms: int) -> int:
    """Delete from a store that was just restored who was deleted after the backup was made; return how many."""
    with context.database.read() as reader:
        gone = deleted_since(reader, listed, made_ms)
    for athlete_id in gone:
        with context.database.write() as session:
            session.run(update(athletes).where(athletes.c.id == athlete_id).values(removed_ms=context.clock()))
        take_away(context, athlete_id)
    with context.database.write() as session:
        put_forgotten(session, listed)
    return len(gone)
