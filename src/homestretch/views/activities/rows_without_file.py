"""Rows of an archive's list that stand for activities: the file that they name is missing, or has no points."""

from collections.abc import Sequence

from sqlalchemy import select

from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, listed, recordings


def rows_without_file(reader: Reader, scope: Scope, digests: Sequence[str]) -> dict[str, set[int]]:
    """Return the recordings, by the digest of their list, that name a file and are all that is known of an activity."""
    named = (listed.c.athlete_id == recordings.c.athlete_id) & (listed.c.digest == recordings.c.digest)
    same_row = recordings.c.key == listed.c.digest.concat(":").concat(listed.c.key)
    query = (
        select(recordings.c.digest, recordings.c.id)
        .join(activities, activities.c.primary_id == recordings.c.id)
        .join(listed, named & same_row & listed.c.path.is_not(None))
        .where(recordings.c.athlete_id == scope.athlete_id, recordings.c.digest.in_(digests))
    )
    found: dict[str, set[int]] = {}
    for row in reader.rows(query):
        found.setdefault(row.digest, set()).add(row.id)
    return found
