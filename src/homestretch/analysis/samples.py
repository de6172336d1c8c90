"""A recording made ready for reckoning and for display: one clean axis, its places, distance, speed and movement."""

from dataclasses import dataclass

import numpy as np

from homestretch.analysis.axis import Axis, Indices, clean_axis
from homestretch.analysis.bounds import believed, places
from homestretch.analysis.distance import DistanceSource, device_distance, gps_distance
from homestretch.analysis.gaps import DROPOUT_S, SMART_S, Mask, Steps, steps_between
from homestretch.analysis.geo.distance import haversine
from homestretch.analysis.moving import StopRule, moving_mask, stop_rule
from homestretch.analysis.speed import derived_speed
from homestretch.model.channel import Floats
from homestretch.model.recording import Recording

_DEVICE: DistanceSource = "device"
_GPS: DistanceSource = "gps"


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """The samples `at` (k,) that have a place, their degrees (k,), and the `way` between them in m (k-1,)."""

    at: Indices
    latitude: Floats
    longitude: Floats
    way: Floats


class Channels:
    """A recording's channels on its axis, each cleaned the first time it is asked for; nobody may write to them."""

    def __init__(self, recording: Recording, axis: Axis) -> None:
        self.recording = recording
        self.axis = axis
        self._cleaned: dict[str, Floats | None] = {}

    def values(self, key: str) -> Floats | None:
        """Return a channel, shape (n,), NaN for what cannot be true; None where nothing was measured."""
        if key not in self._cleaned:
            self._cleaned[key] = self._clean(key)
        return self._cleaned[key]

    def _clean(self, key: str) -> Floats | None:
        channel = self.recording.channels.get(key)
        if channel is None or len(channel) != len(self.recording.time_ms):
            return None
        values = believed(key, self.axis.column(channel.values()), self.recording.sport)
        values.setflags(write=False)
        return None if np.isnan(values).all() else values


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """A recording's n samples on its clean axis.

    `distance_m` (n,) is cumulative, `speed_mps` (n,) the device's or derived from distance (`speed_source`),
    `moving` (n,) says of each sample whether the time it holds was not a stop.
    """

    channels: Channels
    steps: Steps
    places: Places | None
    distance_m: Floats | None
    distance_source: DistanceSource | None
    speed_mps: Floats | None
    speed_source: DistanceSource | None
    moving: Mask

    @property
    def recording(self) -> Recording:
        """What was cleaned."""
        return self.channels.recording

    @property
    def axis(self) -> Axis:
        """When the samples are."""
        return self.channels.axis

    @property
    def elapsed_s(self) -> Floats:
        """Seconds since the first sample, shape (n,)."""
        return self.axis.t

    @property
    def recorded_s(self) -> float:
        """The time the timer ran, dropouts included."""
        return self.steps.recorded_s + self._lost_s

    @property
    def moving_s(self) -> float:
        """The time in motion, dropouts included."""
        return float(self.steps.weight[self.moving].sum()) + self._lost_s

    def values(self, key: str) -> Floats | None:
        """Return a channel on the axis, shape (n,), NaN for what cannot be true; None where nothing was measured."""
        return self.channels.values(key)

    @property
    def _lost_s(self) -> float:
        lost = self.steps.dropout
        return float((np.diff(self.axis.t)[lost] - self.steps.weight[:-1][lost]).sum()) if lost.any() else 0.0


def samples(recording: Recording) -> Samples:
    """Return a recording's samples, cleaned: the axis, what was lived through, places, distance, speed, movement."""
    axis = clean_axis(recording.time_ms)
    channels, rule = Channels(recording, axis), stop_rule(recording.sport)
    counted, located = _counted(channels), _located(channels)
    steps = steps_between(axis, recording.pauses, _travelled(axis, counted, located), rule.v_stop)
    distance, source = counted, _DEVICE
    if counted is None and located is not None:
        distance, source = gps_distance(axis, located.at, located.way, steps.joined), _GPS
    speed, speed_source = _speed(channels, distance, source)
    # Under water satellites are out of sight: a swimmer is told from a rest by any sign of movement.
    slow = _slow(channels, speed, rule, located is not None and recording.sport.family != "swim")
    moving = moving_mask(slow, steps.weight, rule.t_min)
    if source == _GPS and located is not None:
        distance = gps_distance(axis, located.at, located.way, steps.joined, moving)
    return Samples(
        channels=channels,
        steps=steps,
        places=located,
        distance_m=distance,
        distance_source=None if distance is None else source,
        speed_mps=speed,
        speed_source=speed_source,
        moving=moving,
    )


def _counted(channels: Channels) -> Floats | None:
    raw = channels.values("distance_m")
    return None if raw is None else device_distance(channels.axis.t, raw)


def _located(channels: Channels) -> Places | None:
    latitude, longitude = channels.values("latitude"), channels.values("longitude")
    if latitude is None or longitude is None:
        return None
    at, way = places(channels.axis.t, latitude, longitude, channels.recording.sport)
    return Places(at, latitude[at], longitude[at], way) if len(at) else None


def _travelled(axis: Axis, counted: Floats | None, located: Places | None) -> Floats | None:
    """Return the way in m of each step that may be a dropout, NaN for the others, shape (n-1,); None if none may."""
    dt = np.diff(axis.t)
    maybe = np.flatnonzero((dt > SMART_S) & (dt <= DROPOUT_S))
    if len(maybe) == 0:
        return None
    way = np.full(len(dt), np.nan)
    if counted is not None:
        way[maybe] = np.diff(counted)[maybe]
    if located is not None:
        known = np.full((2, len(axis)), np.nan)
        known[:, located.at] = located.latitude, located.longitude
        (lat1, lon1), (lat2, lon2) = known[:, maybe], known[:, maybe + 1]
        straight = haversine(lat1, lon1, lat2, lon2)
        way[maybe] = np.where(np.isnan(straight), way[maybe], straight)
    return way


def _speed(
    channels: Channels, distance: Floats | None, source: DistanceSource
) -> tuple[Floats | None, DistanceSource | None]:
    """Return the device's speed where it knows at least half of it, else the one that distance implies."""
    device, axis = channels.values("speed_mps"), channels.axis
    if device is not None and np.count_nonzero(np.isnan(device)) * 2 <= len(device):
        return device, _DEVICE
    if distance is None or len(axis) < 2:
        return device, None if device is None else _DEVICE
    return believed("speed_mps", derived_speed(axis.t, distance), channels.recording.sport), source


def _slow(channels: Channels, speed: Floats | None, rule: StopRule, outdoors: bool) -> Mask:
    """Return where too little moves, shape (n,): by speed outdoors; without places by any sign of movement.

    Nowhere, where nothing could tell; an unknown speed outdoors is not slow.
    """
    nowhere = np.zeros(len(channels.axis), dtype=bool)
    if outdoors:
        return nowhere if speed is None else np.asarray(speed < rule.v_stop)
    signs = [speed, channels.values("power_w"), channels.values("cadence_rpm")]
    known = [x > 0.0 for x in signs if x is not None]
    return ~np.logical_or.reduce(known) if known else nowhere
