"""An activity as a file in an open format."""

import dataclasses
from typing import Any

from sqlalchemy import Row, select

from homestretch.analysis.samples.samples import samples
from homestretch.errors import ForbiddenByTerms, HomestretchError
from homestretch.formats import gpx
from homestretch.store.database import Reader
from homestretch.store.queries.arrivals import forbidden
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import recordings
from homestretch.views.kit.privacy import privacy_mask
from homestretch.views.kit.samples import activity_recording, legs_of


class NoTrack(HomestretchError):
    """This activity has no track, so it can't be exported as GPX."""

    status = 409


def gpx_of(reader: Reader, scope: Scope, activity: Row[Any]) -> bytes:
    """Return the activity's track (a multisport's: its legs' tracks) as it is shown, as GPX 1.1.

    Raises NoTrack, and ForbiddenByTerms where terms forbid to export a recording that gives something to it.
    """
    legs = legs_of(reader, activity)
    giving = select(recordings.c.digest).where(recordings.c.id.in_([leg.primary_id for leg in legs]))
    if forbidden(reader, scope.athlete_id, [row.digest for row in reader.rows(giving)], "export"):
        raise ForbiddenByTerms(action="exporting it")
    hidden = privacy_mask(reader, scope)
    stored = [(leg, activity_recording(reader, leg)) for leg in legs]
    shown = [(leg, samples(one).believed()) for leg, one in stored if one is not None]
    found = [hidden.of(leg.public_id).recording(one) for leg, one in shown if "latitude" in one.channels]
    tracked = [recording for recording in found if recording is not None]
    if not tracked:
        raise NoTrack
    return gpx.encode(dataclasses.replace(tracked[0], name=activity.name), *tracked[1:])
