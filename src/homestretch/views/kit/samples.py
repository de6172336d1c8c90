"""An activity's recording as it is stored, with what other recordings measured better, and its legs."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, select

from homestretch.merge.fuse import assemble
from homestretch.model.recording import Recording
from homestretch.store.database import Reader
from homestretch.store.queries.recordings import recording_in
from homestretch.store.queries.samples import samples_of
from homestretch.store.tables.derived import activities


def activity_recording(reader: Reader, activity: Row[Any], keys: Iterable[str] | None = None) -> Recording | None:
    """Return the samples of an activity that is no whole of legs, with the channels named (None: all of them).

    What other recordings measured better, or alone, is among them.
    """
    found = samples_of(reader, activity)
    return None if found is None else assemble(*found, keys, recording_in)


def legs_of(reader: Reader, activity: Row[Any]) -> Sequence[Row[Any]]:
    """Return the rows of an activity's legs in order of time; one that has samples of its own is its only leg."""
    if activity.primary_id is not None:
        return [activity]
    legs = select(activities).where(activities.c.parent_id == activity.id).order_by(activities.c.start_ms)
    return reader.rows(legs)
