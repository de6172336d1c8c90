"""What several corrections need: channels with other values, totals without what no longer holds."""

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from homestretch.model.channel import Channel, Floats, Mask
from homestretch.model.figures import FIGURES
from homestretch.model.recording import Recording

_STATED = {figure.key: figure.stated for figure in FIGURES}


def with_values(recording: Recording, values: Mapping[str, Floats]) -> Recording:
    """Return a recording with other values (n,) of channels that it has."""
    changed = {key: Channel(key, value, recording.channels[key].unit) for key, value in values.items()}
    return replace(recording, channels={**recording.channels, **changed})


def without(totals: Mapping[str, float], figures: Collection[str]) -> dict[str, float]:
    """Return a device's totals without its own words for some figures."""
    gone = {key for figure in figures for key in _STATED.get(figure, ())}
    return {key: value for key, value in totals.items() if key not in gone}


def unstated(recording: Recording, figures: Collection[str]) -> Recording:
    """Return a recording in which the device says nothing about some figures, as a whole and in laps."""
    laps = tuple(
        replace(
            lap,
            totals=without(lap.totals, figures),
            distance_m=None if "distance_m" in figures else lap.distance_m,
        )
        for lap in recording.laps
    )
    return replace(recording, totals=without(recording.totals, figures), laps=laps)


def has(recording: Recording, key: str) -> bool:
    """Return whether a recording has any value of a channel."""
    values = recording.values(key)
    return values is not None and bool(np.isfinite(values).any())


def within(recording: Recording, begin_ms: float, end_ms: float) -> Mask:
    """Return which samples lie in a stretch, both ends included, shape (n,)."""
    return np.asarray((recording.time_ms >= begin_ms) & (recording.time_ms <= end_ms))
