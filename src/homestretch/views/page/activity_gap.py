"""How far one activity was behind another, from what is shown of both."""

import numpy as np

from homestretch.analysis.geo.gap import Travel, gap
from homestretch.errors import HomestretchError
from homestretch.model.channel import Floats
from homestretch.model.documents.similar import ActivityGap
from homestretch.store.database import Reader
from homestretch.store.queries.samples import Stored
from homestretch.store.scope import Scope
from homestretch.views.activities.streams import shown_samples

PLACES = ("latitude", "longitude")


class NotComparable(HomestretchError):
    """Of one of these activities no distance is known, so they can't be compared along it. Choose another one."""

    status = 409


def activity_gap(reader: Reader, scope: Scope, one: Stored, other: Stored) -> ActivityGap:
    """Return the gap between two activities (their rows). Raises NotComparable where one has no distance.

    It is computed from the samples that are shown of both, so it says nothing that they don't.
    """
    travels = [_travel(reader, scope, row) for row in (one, other)]
    found = None if None in travels else gap(*(travel for travel in travels if travel is not None))
    if found is None:
        raise NotComparable
    return {
        "by": "distance" if found.shared is None else "ground",
        "shared": round(found.shared or 0.0, 3),
        "distance_m": np.round(found.distance_m, 1).tolist(),
        "time_s": np.round(found.time_s, 1).tolist(),
        "other_distance_m": _known(found.other_distance_m),
        "other_time_s": _known(found.other_time_s),
        "gap_s": _known(found.gap_s),
    }


def _travel(reader: Reader, scope: Scope, row: Stored) -> Travel | None:
    samples = shown_samples(reader, scope, row, PLACES)
    if samples.distance_m is None or len(samples.time_s) == 0:
        return None
    unknown = np.full(len(samples.time_s), np.nan)
    latitude, longitude = (samples.channels.get(key, ("", unknown))[1] for key in PLACES)
    metres = np.maximum.accumulate(np.nan_to_num(samples.distance_m))
    return Travel(samples.time_s, metres, latitude, longitude, samples.hidden)


def _known(values: Floats) -> list[float | None]:
    return [None if np.isnan(value) else round(float(value), 1) for value in values]
