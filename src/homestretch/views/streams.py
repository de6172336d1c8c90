"""An activity's samples, cleaned as for the figures, on one axis that all of its channels share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
from sqlalchemy import Row, select

from homestretch.analysis.samples import Samples, samples
from homestretch.merge.fuse import assemble
from homestretch.model.channel import Floats
from homestretch.model.recording import Recording
from homestretch.store.database import Reader
from homestretch.store.recordings import recording_in
from homestretch.store.samples import samples_of
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.views.channels import needed_for, reckoned_values
from homestretch.views.privacy import Veil, metres_outside, veil

#: Decimals that mean something, by unit; others keep 3.
DECIMALS = {"deg": 6, "m": 2, "bpm": 0, "W": 0, "rpm": 1, "m/s": 3, "°C": 1, "J": 0, "%": 1}

#: The channels from which places, distance and movement are told.
MOTION = frozenset({"distance_m", "speed_mps", "latitude", "longitude", "power_w", "cadence_rpm"})
#: What says nothing of where one is.
BODILY = frozenset({
    "heart_rate_bpm", "power_w", "cadence_rpm", "temperature_c", "core_temperature_c", "skin_temperature_c",
    "respiration_rate_brpm", "left_right_balance", "w_balance_j", "stance_time_ms", "vertical_oscillation_mm",
})  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """The samples of one recording from `start_s` on: seconds, cumulative metres (or None), movement, channels."""

    time_s: Floats
    distance_m: Floats | None
    moving: np.ndarray
    channels: dict[str, tuple[str, Floats]]


def streams_json(
    reader: Reader, scope: Scope, activity: Row[Any], keys: Sequence[str] | None, points: int | None
) -> bytes:
    """Return an activity's samples as JSON: `{time_s, distance_m, moving, channels: {key: {unit, values}}, complete}`.

    `points` thins them evenly to at most so many; None gives them all. A multisport activity gives its legs' in turn.
    Where whoever asks must not know the place, only what the body did is told, and no metre counts.
    """
    hidden = veil(reader, scope)
    stretches = [_stretch(reader, leg, keys, activity.start_ms, hidden) for leg in _legs(reader, activity)]
    whole = _joined([stretch for stretch in stretches if stretch is not None])
    n = len(whole.time_s)
    step = 1 if points is None else max(1, -(-n // max(points, 1)))
    thin = slice(None, None, step)
    body = {
        "time_s": _rounded(whole.time_s[thin], 3),
        "distance_m": None if whole.distance_m is None else _rounded(whole.distance_m[thin], 2),
        "moving": np.ascontiguousarray(whole.moving[thin], dtype=np.uint8),
        "channels": {
            key: {"unit": unit, "values": _rounded(values[thin], DECIMALS.get(unit, 3))}
            for key, (unit, values) in whole.channels.items()
        },
        "complete": step == 1,
    }
    return orjson.dumps(body, option=orjson.OPT_SERIALIZE_NUMPY)


def activity_recording(reader: Reader, activity: Row[Any], keys: Iterable[str] | None = None) -> Recording | None:
    """Return the samples of an activity that is no whole of legs, with the channels named (None: all of them).

    What other recordings measured better, or alone, is among them.
    """
    found = samples_of(reader, activity)
    return None if found is None else assemble(*found, keys, recording_in)


def _legs(reader: Reader, activity: Row[Any]) -> Sequence[Row[Any]]:
    if activity.primary_id is not None:
        return [activity]
    legs = select(activities).where(activities.c.parent_id == activity.id).order_by(activities.c.start_ms)
    return reader.rows(legs)


def _stretch(reader: Reader, leg: Row[Any], keys: Sequence[str] | None, start_ms: int, hidden: Veil) -> Stretch | None:
    wanted = None if keys is None else {*keys, *MOTION, *needed_for(keys)}
    recording = activity_recording(reader, leg, wanted)
    if recording is None or len(recording.time_ms) == 0:
        return None
    cleaned = samples(recording)
    shown = [c for c in recording.channels.values() if keys is None or c.key in keys]
    found = {channel.key: (channel.unit, cleaned.values(channel.key)) for channel in shown}
    measured = {key: (unit, values) for key, (unit, values) in found.items() if values is not None}
    if cleaned.speed_mps is not None and (keys is None or "speed_mps" in keys):
        measured["speed_mps"] = ("m/s", cleaned.speed_mps)
    measured |= reckoned_values(reader, leg, cleaned, keys)
    time_s = cleaned.elapsed_s + (cleaned.axis.start_ms - start_ms) / 1000
    stretch = Stretch(time_s, cleaned.distance_m, cleaned.moving, measured)
    return _veiled(stretch, cleaned, hidden) if hidden.circles else stretch


def _veiled(stretch: Stretch, cleaned: Samples, hidden: Veil) -> Stretch:
    """Return a stretch as others may see it: no place and no metre within a private circle."""
    latitude, longitude = cleaned.values("latitude"), cleaned.values("longitude")
    if latitude is None or longitude is None:
        return stretch
    inside = hidden.hidden(latitude, longitude)
    outside = {
        key: (unit, metres_outside(values, inside) if key == "distance_m" else values)
        for key, (unit, values) in stretch.channels.items()
    }
    shown = {
        key: (unit, values if key in BODILY else np.where(inside, np.nan, values))
        for key, (unit, values) in outside.items()
    }
    distance = None if stretch.distance_m is None else metres_outside(stretch.distance_m, inside)
    return Stretch(stretch.time_s, distance, stretch.moving, shown)


def _joined(stretches: Sequence[Stretch]) -> Stretch:
    """Put the legs one after the other; what a leg did not measure is NaN there."""
    if not stretches:
        return Stretch(np.empty(0), None, np.empty(0, dtype=bool), {})
    if len(stretches) == 1:
        return stretches[0]
    units = {key: unit for stretch in stretches for key, (unit, _) in stretch.channels.items()}
    gone, distances = 0.0, []
    for stretch in stretches:
        way = np.zeros(len(stretch.time_s)) if stretch.distance_m is None else stretch.distance_m
        distances.append(way + gone)
        gone += float(way[-1])
    channels = {
        key: (unit, np.concatenate([_values(stretch, key) for stretch in stretches])) for key, unit in units.items()
    }
    time_s = np.concatenate([stretch.time_s for stretch in stretches])
    moving = np.concatenate([stretch.moving for stretch in stretches])
    return Stretch(time_s, np.concatenate(distances) if gone else None, moving, channels)


def _values(stretch: Stretch, key: str) -> Floats:
    held = stretch.channels.get(key)
    return np.full(len(stretch.time_s), np.nan) if held is None else held[1]


def _rounded(values: Floats, decimals: int) -> Floats:
    return np.ascontiguousarray(np.round(values, decimals))
