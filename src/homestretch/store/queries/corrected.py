"""Recordings of activities as people corrected them."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, select

from homestretch.store.database import Reader, Writer
from homestretch.store.queries.samples import Stored
from homestretch.store.tables.derived import activities, recordings
from homestretch.store.tables.derived_activities import corrected

PORTION = 500


def corrected_rows(reader: Reader, activity_ids: Sequence[int]) -> Mapping[int, Stored]:
    """Return the corrected recordings of activities, by their ids; one that is not corrected is not there."""
    found: dict[int, Stored] = {}
    for at in range(0, len(activity_ids), PORTION):
        mine = corrected.c.activity_id.in_(activity_ids[at : at + PORTION])
        found |= {row.activity_id: row for row in reader.rows(select(corrected).where(mine))}
    return found


def forget_corrected(session: Writer, activity_ids: Collection[int]) -> None:
    """Drop the corrected recordings of activities."""
    ids = sorted(activity_ids)
    for at in range(0, len(ids), PORTION):
        session.run(delete(corrected).where(corrected.c.activity_id.in_(ids[at : at + PORTION])))


def forget_homeless_corrected(session: Writer) -> None:
    """Drop the corrected recordings of activities that are no more."""
    session.run(delete(corrected).where(corrected.c.activity_id.not_in(select(activities.c.id))))


def members_of(reader: Reader, activity_id: int) -> Sequence[Stored]:
    """Return the recordings of an activity, the first-minted first; of what was split off there are none."""
    return reader.rows(select(recordings).where(recordings.c.activity_id == activity_id).order_by(recordings.c.id))


def activity_and_primary(reader: Reader, activity_id: int) -> tuple[Stored | None, Stored | None]:
    """Return the row of an activity, and of the recording that it shows; None for what is not there."""
    activity = reader.row(select(activities).where(activities.c.id == activity_id))
    if activity is None:
        return None, None
    return activity, reader.row(select(recordings).where(recordings.c.id == activity.primary_id))
