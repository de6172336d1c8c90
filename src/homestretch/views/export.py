"""An activity as a file in an open format."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from homestretch.errors import HomestretchError
from homestretch.formats import gpx
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.views.privacy import veil
from homestretch.views.streams import activity_recording


class NoTrack(HomestretchError):
    """This activity has no track, so there is nothing to put into a GPX file."""

    status = 409


def gpx_of(reader: Reader, scope: Scope, activity: Row[Any]) -> bytes:
    """Return the activity's track (a multisport's: its legs' tracks) as GPX 1.1. Raises NoTrack."""
    legs: Sequence[Row[Any]] = [activity]
    if activity.primary_id is None:
        query = select(activities).where(activities.c.parent_id == activity.id)
        legs = reader.rows(query.order_by(activities.c.start_ms))
    hidden = veil(reader, scope)
    stored = [activity_recording(reader, leg) for leg in legs]
    found = [hidden.recording(one) for one in stored if one is not None and "latitude" in one.channels]
    tracked = [recording for recording in found if recording is not None]
    if not tracked:
        raise NoTrack
    return gpx.encode(dataclasses.replace(tracked[0], name=activity.name), *tracked[1:])
