"""A recording made ready for computation and for display: one clean axis, its places, distance, speed and movement."""

from dataclasses import dataclass, replace

import numpy as np

from homestretch.analysis.geometry.distance import haversine
from homestretch.analysis.samples.axis import Axis, axis_of
from homestretch.analysis.samples.bounds import believed, fastest_mps, reach_mps, without_zeros
from homestretch.analysis.samples.clock import settle
from homestretch.analysis.samples.distance import (
    KILOMETRES,
    DistanceSource,
    device_distance,
    gps_distance,
    in_kilometres,
    in_metres,
)
from homestretch.analysis.samples.gaps import DROPOUT_S, SMART_S, Steps, steps_between
from homestretch.analysis.samples.moving import StopRule, moving_mask, stop_rule
from homestretch.analysis.samples.places import Places, places_of
from homestretch.analysis.samples.speed import derived_speed
from homestretch.model.channel import Channel, Floats, Mask
from homestretch.model.figures import device_total
from homestretch.model.recording import Recording

#: A first sample later than this, in s, is of another start.
LATEST_S = 3600.0
#: The device's own elapsed time holds if the samples span at most 2 % more.
ELAPSED_SLACK = 1.02
#: The start is a whole second, and so may the first sample be.
ROUNDED_S = 2.0
_DEVICE: DistanceSource = "device"
_GPS: DistanceSource = "gps"


class Channels:
    """A recording's channels on its axis, each cleaned on first use and read-only."""

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
        values = believed(key, channel.values(), self.recording.sport)
        if key == "altitude_m":
            values = without_zeros(self.axis.t, values)
        values.setflags(write=False)
        return None if np.isnan(values).all() else values

    def leave_out(self, keys: tuple[str, ...], where: Mask) -> None:
        """Take samples of channels, where they are not believed, for not measured."""
        for key in keys:
            values = self.values(key)
            if values is not None:
                values = np.where(where, np.nan, values)
                values.setflags(write=False)
                self._cleaned[key] = values


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
    notes: tuple[str, ...] = ()

    @property
    def recording(self) -> Recording:
        """What was cleaned, its clock settled."""
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
    def start_ms(self) -> int:
        """When it began, ms UTC: as the device says where the first sample is late, else at the first sample."""
        start = self.recording.start.utc_ms
        return start if not len(self.axis) or self.lead_s > 0.0 else self.axis.start_ms

    @property
    def lead_s(self) -> float:
        """How long before the first sample it began, in s, where that is late and the device's own times say so too."""
        if not len(self.axis):
            return 0.0
        lead = (self.axis.start_ms - self.recording.start.utc_ms) / 1000.0
        if not SMART_S < lead <= LATEST_S:
            return 0.0
        totals = self.recording.totals
        elapsed = device_total(totals, "elapsed_s") or device_total(totals, "timer_s") or 0.0
        return lead if elapsed * ELAPSED_SLACK >= lead + float(self.axis.t[-1]) else 0.0

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

    def believed(self) -> Recording:
        """Return the recording with what is believed of its channels, NaN for the rest: as it is shown."""
        channels = ((channel, self.values(key)) for key, channel in self.recording.channels.items())
        kept = {
            channel.key: Channel(channel.key, values, channel.unit)
            for channel, values in channels
            if values is not None
        }
        return replace(self.recording, channels=kept)

    @property
    def _lost_s(self) -> float:
        lost = self.steps.dropout
        return float((np.diff(self.axis.t)[lost] - self.steps.weight[:-1][lost]).sum()) if lost.any() else 0.0


def samples(recording: Recording) -> Samples:
    """Return a recording's samples, cleaned: the clock, what was lived through, places, distance, speed, movement."""
    settled, clock = settle(recording)
    axis = axis_of(settled.time_ms)
    channels, rule = Channels(settled, axis), stop_rule(settled.sport)
    located = _located(channels)
    counted, unit = _counted(channels, located)
    steps = steps_between(axis, settled.pauses, _travelled(axis, counted, located), rule.v_stop)
    distance, source = counted, _DEVICE
    if counted is None and located is not None:
        distance, source = gps_distance(axis, located.at, located.step_m, steps.joined), _GPS
    speed, speed_source = _speed(channels, distance, source)
    # Satellites are out of sight under water: any sign of movement shows that a swimmer is not at rest.
    slow = _slow(channels, speed, rule, located is not None and settled.sport.family != "swim")
    moving = moving_mask(slow, steps.weight, rule.t_min)
    if source == _GPS and located is not None:
        distance = gps_distance(axis, located.at, located.step_m, steps.joined, moving)
    return Samples(
        channels=channels,
        steps=steps,
        places=located,
        distance_m=distance,
        distance_source=None if distance is None else source,
        speed_mps=speed,
        speed_source=speed_source,
        moving=moving,
        notes=(*clock, *unit, *(() if settled.sport.indoor else _notes_of(located))),
    )


def _counted(channels: Channels, located: Places | None) -> tuple[Floats | None, tuple[str, ...]]:
    """Return the distance that the device counted, in m, and a note where it was written in another way."""
    raw, recording = channels.values("distance_m"), channels.recording
    if raw is None:
        return None, ()
    path = float(located.step_m.sum()) if located is not None and not recording.sport.indoor else 0.0
    read, note = in_metres(raw, path or device_total(recording.totals, "distance_m"))
    if not path and in_kilometres(channels.axis.t, raw, recording.sport):
        read, note = KILOMETRES * raw, "distance_in_km"
    counted = device_distance(channels.axis.t, read, reach_mps(recording.sport))
    lead_s = max(channels.axis.start_ms - recording.start.utc_ms, 0) / 1000.0 + ROUNDED_S
    if counted is not None and counted[0] > fastest_mps(recording.sport) * lead_s:
        # The counter went on from the leg before, or is the device's odometer.
        counted = counted - counted[0]
    return counted, () if note is None else (note,)


def _located(channels: Channels) -> Places | None:
    latitude, longitude = channels.values("latitude"), channels.values("longitude")
    if latitude is None or longitude is None:
        return None
    found = places_of(channels.axis.t, latitude, longitude, channels.recording.sport)
    if found is not None and found.dropped:
        outside = np.ones(len(channels.axis), dtype=bool)
        outside[found.at] = False
        channels.leave_out(("latitude", "longitude"), outside)
    return found


def _notes_of(located: Places | None) -> tuple[str, ...]:
    counts = {} if located is None else {"places_dropped": located.dropped, "places_jump": located.jumps}
    return tuple(f"{code}:{count}" for code, count in counts.items() if count)


def _travelled(axis: Axis, counted: Floats | None, located: Places | None) -> Floats | None:
    """Return the length in m of each step that may be a dropout, NaN for the others, shape (n-1,); None if none may."""
    dt = np.diff(axis.t)
    maybe = np.flatnonzero((dt > SMART_S) & (dt <= DROPOUT_S))
    if len(maybe) == 0:
        return None
    step_m = np.full(len(dt), np.nan)
    if counted is not None:
        step_m[maybe] = np.diff(counted)[maybe]
    if located is not None:
        known = np.full((2, len(axis)), np.nan)
        known[:, located.at] = located.latitude, located.longitude
        (lat1, lon1), (lat2, lon2) = known[:, maybe], known[:, maybe + 1]
        straight = haversine(lat1, lon1, lat2, lon2)
        step_m[maybe] = np.where(np.isnan(straight), step_m[maybe], straight)
    return step_m


def _speed(
    channels: Channels, distance: Floats | None, source: DistanceSource
) -> tuple[Floats | None, DistanceSource | None]:
    """Return the device's speed where it knows at least half of the samples, else the one that distance implies."""
    device, axis = channels.values("speed_mps"), channels.axis
    if device is not None and np.count_nonzero(np.isnan(device)) * 2 <= len(device):
        return device, _DEVICE
    if distance is None or len(axis) < 2:
        return device, None if device is None else _DEVICE
    return believed("speed_mps", derived_speed(axis.t, distance), channels.recording.sport), source


def _slow(channels: Channels, speed: Floats | None, rule: StopRule, outdoors: bool) -> Mask:
    """Return where too little moves, shape (n,): by speed outdoors; without places by any sign of movement.

    All False where no channel could show it; an unknown speed outdoors is not slow.
    """
    nowhere = np.zeros(len(channels.axis), dtype=bool)
    if outdoors:
        return nowhere if speed is None else np.asarray(speed < rule.v_stop)
    signs = [speed, channels.values("power_w"), channels.values("cadence_rpm")]
    known = [x > 0.0 for x in signs if x is not None]
    return ~np.logical_or.reduce(known) if known else nowhere
