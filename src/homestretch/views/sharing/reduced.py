"""A recording as if what an athlete hides had not been recorded: what is computed from it can't give it away."""

from collections.abc import Mapping, Set
from dataclasses import replace

import numpy as np

from homestretch.analysis.activity.elevation import altitude_source
from homestretch.analysis.samples.samples import samples
from homestretch.model.channel import Channel
from homestretch.model.figures import stated_keys
from homestretch.model.recording import Device, Lap, Length, Recording
from homestretch.model.sharing import CHANNELS, FIGURES, Aspect

#: As if gone at an even speed in m/s, by family of sports: slow enough for each, and for others STEADY.
STEADY_MPS = {"ride": 8.0, "swim": 1.0}
STEADY = 3.0
#: In the place of a device that has one: that it has says how its altitudes are read, and nothing of which it is.
BAROMETER = Device(role="barometer")


def reduced(recording: Recording, hidden: Set[Aspect]) -> Recording:
    """Return a recording without what is hidden, and without all that no link shows.

    Without its places it keeps the metres between them; without its speed it is as if gone evenly, without a stop.
    """
    if hidden & {"map", "speed"}:
        recording = _with_metres(recording)
    if "speed" in hidden:
        recording = _steady(recording)
    channels = {key: channel for key, channel in recording.channels.items() if key in CHANNELS}
    barometer = altitude_source(recording.devices) == "baro"
    return replace(
        recording,
        channels={key: channel for key, channel in channels.items() if not CHANNELS[key] & hidden},
        laps=() if "laps" in hidden else tuple(_lap(lap, hidden) for lap in recording.laps),
        lengths=tuple(_length(length, hidden) for length in recording.lengths),
        sets=(),
        events=(),
        devices=(BAROMETER,) if barometer and "elevation" not in hidden else (),
        beats=None,
        totals=_totals(recording.totals, hidden),
        name=None,
        description=None,
        file_key=None,
        links={},
        gear=None,
        gear_name=None,
    )


def _with_metres(recording: Recording) -> Recording:
    """Return a recording with cumulative metres: its own, or those between its places."""
    counted = recording.values("distance_m")
    if counted is not None and np.isfinite(counted).any():
        return recording
    cleaned = samples(recording)
    if cleaned.distance_m is None or len(cleaned.distance_m) != len(cleaned.recording.time_ms):
        return recording
    # In whole millimetres: the same way elsewhere on earth is the same to that, and not to the last bit.
    metres = Channel("distance_m", np.round(cleaned.distance_m, 3), "m")
    return replace(cleaned.recording, channels={**cleaned.recording.channels, "distance_m": metres})


def _steady(recording: Recording) -> Recording:
    """Return a recording on a clock that says nothing: each sample is when its metres are, gone evenly.

    Of samples at one place the first is kept. Without metres there is one sample a second.
    """
    start_ms, counted = recording.start.utc_ms, recording.values("distance_m")
    known = np.zeros(0, dtype=np.int64) if counted is None else np.flatnonzero(np.isfinite(counted))
    at, seconds = np.arange(len(recording.time_ms)), np.arange(len(recording.time_ms), dtype=np.float64)
    if counted is not None and len(known) > 0:
        gone = np.maximum.accumulate(np.interp(at, known, counted[known]))
        seconds = (gone - gone[0]) / STEADY_MPS.get(recording.sport.family, STEADY)
    later_ms, at = np.unique(np.round(1000.0 * seconds).astype(np.int64), return_index=True)
    time_ms = start_ms + later_ms
    return replace(
        recording,
        time_ms=time_ms,
        end_ms=int(time_ms[-1]) if len(time_ms) else start_ms,
        channels={key: channel.take(at) for key, channel in recording.channels.items()},
        pauses=(),
        lengths=(),
    )


def _totals(totals: Mapping[str, float], hidden: Set[Aspect]) -> dict[str, float]:
    """Return the device's totals of the figures that are shown."""
    shown = {figure for figure, aspects in FIGURES.items() if not aspects & hidden}
    kept = {key for figure in shown for key in stated_keys(figure)}
    return {key: value for key, value in totals.items() if key in kept}


def _lap(lap: Lap, hidden: Set[Aspect]) -> Lap:
    return replace(lap, totals=_totals(lap.totals, hidden), label=None)


def _length(length: Length, hidden: Set[Aspect]) -> Length:
    return replace(length, stroke=None, strokes=None) if "cadence" in hidden else length
