"""Correct altitude: by an offset, and by what a barometer drifted from start to end."""

import numpy as np

from homestretch.analysis.corrections import Correction, Field, Values
from homestretch.analysis.corrections._parts import has, unstated, with_values
from homestretch.analysis.geometry.distance import haversine
from homestretch.model.recording import Recording

#: An activity that ends this near to its start, in m, ends as high as it began.
RETURNED_M = 100.0
#: The altitude at an end is the median of so many values.
AT_END = 10
ALTITUDE = "altitude_m"


def correct(recording: Recording, values: Values) -> Recording:
    """Return a recording with altitudes moved by the offset, less the drift by the share of the time gone."""
    offset, drift = values.get("offset_m", 0.0), values.get("drift_m", 0.0)
    altitude = recording.values(ALTITUDE)
    if altitude is None or (offset == 0.0 and drift == 0.0):
        return recording
    span = float(recording.time_ms[-1] - recording.time_ms[0])
    gone = (recording.time_ms - recording.time_ms[0]) / span if span else np.zeros(len(altitude))
    moved = with_values(recording, {ALTITUDE: altitude + offset - drift * gone})
    return unstated(moved, ("ascent_m", "descent_m") if drift else ())


def _lacks(recording: Recording) -> str | None:
    return None if has(recording, ALTITUDE) else "No altitude was recorded."


def _suggest(recording: Recording) -> Values:
    """Return the drift of an activity that returns to its start, else none."""
    none = {"offset_m": 0.0, "drift_m": 0.0}
    latitude, longitude, altitude = (recording.values(key) for key in ("latitude", "longitude", ALTITUDE))
    if latitude is None or longitude is None or altitude is None:
        return none
    placed = np.flatnonzero(np.isfinite(latitude) & np.isfinite(longitude))
    known = altitude[np.isfinite(altitude)]
    if len(placed) < 2 or len(known) < 2 * AT_END:
        return none
    first, last = placed[0], placed[-1]
    if float(haversine(latitude[first], longitude[first], latitude[last], longitude[last])) > RETURNED_M:
        return none
    return {**none, "drift_m": round(float(np.median(known[-AT_END:]) - np.median(known[:AT_END])), 1)}


CORRECTION = Correction(
    key="altitude",
    version=1,
    title="Correct altitude",
    help="Moves all altitudes by an offset, and removes the drift of a barometer between start and end.",
    fields=(
        Field(key="offset_m", kind="number", label="Offset", unit="m", least=-5000, most=5000, required=False),
        Field(key="drift_m", kind="number", label="Drift", unit="m", least=-2000, most=2000, required=False),
    ),
    apply=correct,
    lacks=_lacks,
    suggest=_suggest,
    shows=("altitude_m",),
    place=3,
)
