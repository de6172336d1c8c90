"""Athletes who were deleted for good, by a digest: a backup that is restored leaves them out."""

import hashlib
from collections.abc import Mapping

from sqlalchemy import delete, select

from homestretch.store.database import Reader, Writer
from homestretch.store.tables.kept import athletes
from homestretch.store.tables.saved import forgotten


def digest_of(athlete_id: int, created_ms: int) -> str:
    """Return the SHA-256 of what no other athlete has, of this store or another: the number, and since when it is."""
    return hashlib.sha256(f"{athlete_id} {created_ms}".encode()).hexdigest()


def add_forgotten(session: Writer, athlete_id: int, now: int) -> None:
    """Keep that an athlete was deleted for good, while the row of the athlete is still there."""
    created_ms = session.scalar(select(athletes.c.created_ms).where(athletes.c.id == athlete_id))
    if created_ms is not None:
        digest = digest_of(athlete_id, created_ms)
        session.run(delete(forgotten).where(forgotten.c.digest == digest))  # one that had been brought back
        session.insert_new(forgotten, [{"digest": digest, "at_ms": now}])


def put_forgotten(session: Writer, listed: Mapping[str, int]) -> None:
    """Keep a list of another store: when each was deleted, UTC ms, by digest."""
    session.insert_new(forgotten, [{"digest": digest, "at_ms": at_ms} for digest, at_ms in listed.items()])


def all_forgotten(reader: Reader) -> dict[str, int]:
    """Return when each was deleted, UTC ms, by digest."""
    return {row.digest: row.at_ms for row in reader.rows(select(forgotten).order_by(forgotten.c.digest))}


def deleted_since(reader: Reader, listed: Mapping[str, int], made_ms: int) -> list[int]:
    """Return the athletes here who are in a list and were deleted after a backup was made."""
    rows = reader.rows(select(athletes.c.id, athletes.c.created_ms).order_by(athletes.c.id))
    return [row.id for row in rows if listed.get(digest_of(row.id, row.created_ms), 0) > made_ms]
