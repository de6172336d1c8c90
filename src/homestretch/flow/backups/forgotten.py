"""Athletes who were deleted for good stay deleted when an older backup is restored.

A backup can't be changed, so a list of them lies beside the backups, and restoring one reads it.
"""

import logging
import re
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import update

from homestretch import files
from homestretch.archive.bucket import Bucket, NoSuchFile
from homestretch.archive.places import backup_bucket
from homestretch.errors import HomestretchError
from homestretch.flow.backups.folder import put_text, usable
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


class BadList(HomestretchError):
    """{file} says who was deleted, and can't be read: {reason}. Mend it, or restore with --with-deleted to bring
    everybody back.
    """

    exit_code = 2


def write_list(context: Context) -> None:
    """Write the list beside the backups and their copies; where a place is away now, the next backup writes it."""
    with context.database.read() as reader:
        listed = all_forgotten(reader)
    if not listed:
        return
    for write in (_into_folder, _into_bucket):
        try:
            write(context, listed)
        except (HomestretchError, OSError) as error:
            log.warning("the list of deleted athletes was not written beside the backups", extra={"reason": str(error)})


def _into_folder(context: Context, listed: Mapping[str, int]) -> None:
    _, folder = usable(context)
    put_text(folder / LIST, _text(read_list(folder), listed))


def _into_bucket(context: Context, listed: Mapping[str, int]) -> None:
    bucket = backup_bucket(context.settings)
    if bucket is not None:
        bucket.write(LIST, _text(read_list_in(bucket), listed).encode())


def _text(there: Mapping[str, int], listed: Mapping[str, int]) -> str:
    """Return the list that was there with what is added."""
    newest = {**there} | {digest: max(at_ms, there.get(digest, 0)) for digest, at_ms in listed.items()}
    return NOTE + "".join(f"{digest} {at_ms}\n" for digest, at_ms in sorted(newest.items()))


def read_list_in(bucket: Bucket) -> dict[str, int]:
    """Return the list in an object store, as `read_list` does. Raises ObjectStoreFails."""
    try:
        with bucket.reader(LIST) as file:
            return _entries(file.read(MOST_BYTES))
    except NoSuchFile:
        return {}


def read_list(folder: Path) -> dict[str, int]:
    """Return the list in a folder: when each was deleted, UTC ms, by digest; empty without one. Raises BadList."""
    if not (folder / LIST).exists():
        return {}
    try:
        return _entries(files.read(folder / LIST, MOST_BYTES))
    except OSError as error:
        raise BadList(file=folder / LIST, reason=error.strerror or str(error)) from error


def _entries(data: bytes) -> dict[str, int]:
    text = data.decode("ascii", "replace")
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
    """Delete from a store that was just restored who was deleted after the backup was made; return how many.

    They are hidden at once, and due to be deleted: after a kill the job does it.
    """
    with context.database.write() as session:
        gone = deleted_since(session, listed, made_ms)
        session.run(update(athletes).where(athletes.c.id.in_(gone)).values(removed_ms=0))
        put_forgotten(session, listed)
    for athlete_id in gone:
        take_away(context, athlete_id)
    return len(gone)
