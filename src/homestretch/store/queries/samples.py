"""The rows that hold the samples of an activity."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from homestretch.store.database import Reader
from homestretch.store.tables.derived import recordings, streams
from homestretch.store.tables.kept import identities


def samples_of(reader: Reader, activity: Row[Any]) -> tuple[Row[Any], list[tuple[Row[Any], tuple[str, ...]]]] | None:
    """Return the rows, with their blobs, of the recording whose samples an activity shows, and of those that give it
    channels, with these channels; or None where there are no samples.
    """
    given: dict[str, list[str]] = activity.provenance.get("given", {})
    query = (
        select(recordings, streams.c.blob, identities.c.public_id)
        .join_from(recordings, streams, streams.c.recording_id == recordings.c.id)
        .join(identities, identities.c.id == recordings.c.id)
    )
    # By number alone: a number or a name is looked for among all recordings.
    named = select(identities.c.id).where(identities.c.public_id.in_(list(given)))
    ids = [activity.primary_id, *(row.id for row in (reader.rows(named) if given else ()))]
    wanted = recordings.c.id.in_(ids) & (recordings.c.athlete_id == activity.athlete_id)
    rows: Sequence[Row[Any]] = reader.rows(query.where(wanted))
    own = next((row for row in rows if row.id == activity.primary_id), None)
    if own is None:
        return None
    others = sorted((row for row in rows if row.public_id in given and row is not own), key=lambda row: row.key)
    return own, [(row, tuple(given[row.public_id])) for row in others]
