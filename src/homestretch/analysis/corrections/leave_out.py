"""Leave out stretches of a channel: spikes of heart rate, power and speed, and places that were not visited."""

import itertools
from collections.abc import Mapping

import numpy as np

from homestretch.analysis.corrections import Correction, Field, Values
from homestretch.analysis.corrections._parts import has, unstated, with_values, within
from homestretch.analysis.corrections._spikes import spikes
from homestretch.analysis.geometry.distance import haversine
from homestretch.model.channel import Floats
from homestretch.model.recording import Recording

PLACES = "places"
#: What can be left out, and the figures that a device may have stated of it.
CHANNELS: Mapping[str, str] = {
    "heart_rate_bpm": "Heart rate",
    "power_w": "Power",
    "speed_mps": "Speed",
    "cadence_rpm": "Cadence",
    "altitude_m": "Altitude",
    PLACES: "Places",
}
_FIGURES: Mapping[str, tuple[str, ...]] = {
    "heart_rate_bpm": ("avg_hr_bpm", "max_hr_bpm"),
    "power_w": ("avg_power_w", "max_power_w"),
    "speed_mps": ("max_speed_mps",),
    "cadence_rpm": ("avg_cadence_rpm", "max_cadence_rpm"),
    "altitude_m": ("ascent_m", "descent_m"),
    PLACES: ("distance_m", "avg_speed_mps", "max_speed_mps"),
}


def leave_out(recording: Recording, values: Values) -> Recording:
    """Return a recording in which stretches of a channel are not measured."""
    channel = values["channel"]
    gone = np.zeros(len(recording.time_ms), dtype=bool)
    for begin, end in values["stretches"]:
        gone |= within(recording, begin, end)
    keys = ("latitude", "longitude") if channel == PLACES else (channel,)
    if not gone.any() or not all(has(recording, key) for key in keys):
        return recording
    changed = {key: np.where(gone, np.nan, recording.channels[key].values()) for key in keys}
    if channel == PLACES:
        changed |= _without_detour(recording, gone)
    return unstated(with_values(recording, changed), _FIGURES[channel])


def _without_detour(recording: Recording, gone: np.ndarray) -> dict[str, Floats]:
    """Return distance and speed without what was counted over places that are left out: the straight line holds."""
    found: dict[str, Floats] = {}
    if has(recording, "speed_mps"):
        found["speed_mps"] = np.where(gone, np.nan, recording.channels["speed_mps"].values())
    distance = recording.values("distance_m")
    if distance is None:
        return found
    latitude, longitude = (recording.channels[key].values() for key in ("latitude", "longitude"))
    mended = np.where(gone, np.nan, distance)
    known = np.flatnonzero(~gone & np.isfinite(distance) & np.isfinite(latitude) & np.isfinite(longitude))
    for before, after in itertools.pairwise(known):
        if not gone[before:after].any():
            continue
        straight = float(haversine(latitude[before], longitude[before], latitude[after], longitude[after]))
        too_far = float(distance[after] - distance[before]) - straight
        if too_far > 0.0:
            mended[after:] -= too_far
    return {**found, "distance_m": mended}


def _lacks(recording: Recording) -> str | None:
    return None if _there(recording) else "No channel was recorded of which a part could be left out."


def _there(recording: Recording) -> list[str]:
    return [key for key in CHANNELS if has(recording, "latitude" if key == PLACES else key)]


def _suggest(recording: Recording) -> Values:
    """Return the channel with spikes, and where they are; `spikes` has those of every channel, `choices` what is there.

    Instants in pairs, ms UTC.
    """
    found = {key: spikes(recording, key) for key in _there(recording)}
    first = next((key for key, there in found.items() if there), next(iter(found), "heart_rate_bpm"))
    return {"channel": first, "stretches": found.get(first, []), "by_channel": found}


CORRECTION = Correction(
    key="leave_out",
    version=1,
    title="Remove spikes",
    help="Leaves out stretches of one channel that were measured wrongly. The rest of the activity stays.",
    fields=(
        Field(key="channel", kind="choice", label="Channel", choices=CHANNELS),
        Field(key="stretches", kind="stretches", label="Stretches", unit="s"),
    ),
    apply=leave_out,
    lacks=_lacks,
    suggest=_suggest,
    place=2,
)
