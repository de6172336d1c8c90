"""The rows that hold the samples of an activity."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select

from homestretch.store.database import Reader
from homestretch.store.tables.derived import recordings, streams
from homestretch.store.tables.derived_activities import corrected
from homestretch.store.tables.kept import identities

#: A row as it is stored.
type Stored = Row[Any]
type Shown = tuple[Stored, list[tuple[Stored, tuple[str, ...]]]]


def samples_of(reader: Reader, activity: Stored) -> Shown | None:
    """Return the rows, with their blobs, of the recording whose samples an activity shows, and of those that give it
    channels, with these channels; or None where there are no samples.

    Where a person corrected the samples, they are those of one row of `corrected`.
    """
    own = corrected_row(reader, activity.id)
    if own is not None:
        return own, []
    return recorded_samples(reader, activity.athlete_id, activity.primary_id, activity.provenance.get("given", {}))


def corrected_row(reader: Reader, activity_id: int) -> Stored | None:
    """Return the recording of an activity as a person corrected it, or None where that was not done."""
    return reader.row(select(corrected).where(corrected.c.activity_id == activity_id))


def recorded_samples(
    reader: Reader, athlete_id: int, primary_id: int | None, given: Mapping[str, Sequence[str]]
) -> Shown | None:
    """Return what `samples_of` does, as it was recorded; `given` has channels by the public id of who gives them."""
    query = (
        select(recordings, streams.c.blob, identities.c.public_id)
        .join_from(recordings, streams, streams.c.recording_id == recordings.c.id)
        .join(identities, identities.c.id == recordings.c.id)
    )
    # By number alone: a number or a name is looked for among all recordings.
    named = select(identities.c.id).where(identities.c.public_id.in_(list(given)))
    ids = [primary_id, *(row.id for row in (reader.rows(named) if given else ()))]
    wanted = recordings.c.id.in_(ids) & (recordings.c.athlete_id == athlete_id)
    rows: Sequence[Row[Any]] = reader.rows(query.where(wanted))
    own = next((row for row in rows if row.id == primary_id), None)
    if own is None:
        return None
    others = sorted((row for row in rows if row.public_id in given and row is not own), key=lambda row: row.key)
    return own, [(row, tuple(given[row.public_id])) for row in others]
