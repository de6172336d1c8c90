"""An activity's samples, cleaned as for the figures, on one axis that all of its channels share."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import orjson

from homestretch.analysis.samples.samples import Samples, samples
from homestretch.model.channel import Floats, Mask
from homestretch.store.database import Reader
from homestretch.store.queries.samples import Stored
from homestretch.store.scope import Scope
from homestretch.views.kit.channels import derived_values, needed_for
from homestretch.views.kit.privacy import BODILY, PrivacyMask, privacy_mask
from homestretch.views.kit.redacted import redacted
from homestretch.views.kit.samples import activity_recording, legs_of

#: Decimals that mean something, by unit; others keep 3.
DECIMALS = {"deg": 6, "m": 2, "bpm": 0, "W": 0, "rpm": 1, "m/s": 3, "°C": 1, "J": 0, "%": 1}

#: The channels that give places, distance and movement.
MOTION = frozenset({"distance_m", "speed_mps", "latitude", "longitude", "power_w", "cadence_rpm"})


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """The samples of one recording from `start_s` on: seconds, cumulative metres (or None), movement, channels.

    `hidden` are those that know nothing, as they stand for what is hidden.
    """

    time_s: Floats
    distance_m: Floats | None
    moving: Mask
    hidden: Mask
    channels: dict[str, tuple[str, Floats]]


def streams_json(
    reader: Reader, scope: Scope, activity: Stored, keys: Sequence[str] | None, points: int | None
) -> bytes:
    """Return an activity's samples as JSON: `{time_s, distance_m, moving, channels: {key: {unit, values}}, complete}`.

    `points` thins them evenly to at most so many; None gives them all.
    """
    whole = shown_samples(reader, scope, activity, keys)
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


def shown_samples(reader: Reader, scope: Scope, activity: Stored, keys: Sequence[str] | None) -> Stretch:
    """Return an activity's samples as they are shown; a multisport activity gives its legs' in turn.

    Where something is hidden from the viewer, they are the samples of the rest, which begins at 0 s and 0 m; a
    sample without values lies between its parts.
    """
    hidden = privacy_mask(reader, scope)
    shown = redacted(reader, activity, hidden)
    start_ms = activity.start_ms if shown is None else shown.start_ms
    legs = [] if start_ms is None else legs_of(reader, activity)
    stretches = [_stretch(reader, leg, keys, start_ms or 0, hidden) for leg in legs]
    return _joined([stretch for stretch in stretches if stretch is not None])


def _stretch(
    reader: Reader, leg: Stored, keys: Sequence[str] | None, start_ms: int, hidden: PrivacyMask
) -> Stretch | None:
    wanted = None if keys is None else {*keys, *MOTION, *needed_for(keys)}
    stored = activity_recording(reader, leg, wanted)
    recording = None if stored is None else hidden.of(leg.public_id).recording(stored)
    if recording is None or len(recording.time_ms) == 0:
        return None
    cleaned = samples(recording)
    shown = [c for c in recording.channels.values() if keys is None or c.key in keys]
    found = {channel.key: (channel.unit, cleaned.values(channel.key)) for channel in shown}
    measured = {key: (unit, values) for key, (unit, values) in found.items() if values is not None}
    if cleaned.speed_mps is not None and (keys is None or "speed_mps" in keys):
        measured["speed_mps"] = ("m/s", cleaned.speed_mps)
    measured |= derived_values(reader, leg, cleaned, keys)
    time_s = cleaned.elapsed_s + (cleaned.axis.start_ms - start_ms) / 1000
    nothing = np.zeros(len(time_s), dtype=bool)
    stretch = Stretch(time_s, cleaned.distance_m, cleaned.moving, nothing, measured)
    return stretch if recording is stored else parted(stretch, cleaned, hidden.of(leg.public_id))


def parted(stretch: Stretch, cleaned: Samples, hidden: PrivacyMask) -> Stretch:
    """Return a stretch with a sample that knows nothing wherever no line may be drawn to the next one."""
    latitude, longitude = (cleaned.values(key) for key in ("latitude", "longitude"))
    if latitude is None or longitude is None:
        return stretch
    known = np.flatnonzero(np.isfinite(latitude) & np.isfinite(longitude))
    shown = hidden.cut(latitude[known], longitude[known])
    # What was measured by samples alone lies outside; cleaning makes up places between them.
    at = known[shown.at[1:][shown.breaks]]
    inside = hidden.hidden(latitude, longitude)

    def part(values: Floats, between: Floats | float) -> Floats:
        return np.insert(values, at, between)

    channels = {
        key: (unit, part(np.where(inside & (key not in BODILY), np.nan, values), np.nan))
        for key, (unit, values) in stretch.channels.items()
    }
    time_s, metres = stretch.time_s, stretch.distance_m
    return Stretch(
        part(time_s, (time_s[at] + time_s[at - 1]) / 2.0),
        None if metres is None else part(metres, metres[at]),
        np.insert(stretch.moving, at, False),
        np.insert(stretch.hidden, at, True),
        channels,
    )


def _joined(stretches: Sequence[Stretch]) -> Stretch:
    """Put the legs one after the other; what a leg did not measure is NaN there."""
    if not stretches:
        nothing = np.empty(0, dtype=bool)
        return Stretch(np.empty(0), None, nothing, nothing, {})
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
    hidden = np.concatenate([stretch.hidden for stretch in stretches])
    return Stretch(time_s, np.concatenate(distances) if gone else None, moving, hidden, channels)


def _values(stretch: Stretch, key: str) -> Floats:
    held = stretch.channels.get(key)
    return np.full(len(stretch.time_s), np.nan) if held is None else held[1]


def _rounded(values: Floats, decimals: int) -> Floats:
    return np.ascontiguousarray(np.round(values, decimals))
