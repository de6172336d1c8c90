"""Samples on instants: in order of time, and those of one instant as one."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from homestretch.model.channel import Channel, Times
from homestretch.model.recording import Recording

type Indices = NDArray[np.intp]


def on_instants(recording: Recording, times: Times, order: Indices) -> Recording:
    """Return the samples in an order, those of one instant as one: of each channel the last that was measured."""
    new = np.concatenate(([True], np.diff(times) > 0))
    sample = np.cumsum(new) - 1
    channels: Mapping[str, Channel] = {
        key: channel.take(order) if new.all() else _merged(channel, order, sample)
        for key, channel in recording.channels.items()
        if len(channel) == len(recording.time_ms)
    }
    return replace(recording, time_ms=times[new], channels=channels)


def _merged(channel: Channel, order: Indices, sample: Indices) -> Channel:
    """Return a channel on fewer samples; a zero beside a value at the same instant says only that it was not read."""
    raw = channel.raw[order]
    known = ~channel.missing()[order]
    filler = known & (raw == channel.offset * channel.scale)
    void = np.nan if raw.dtype.kind == "f" else np.iinfo(raw.dtype).min
    merged = np.full(int(sample[-1]) + 1, void, dtype=raw.dtype)
    for which in (filler, known & ~filler):
        merged[sample[which]] = raw[which]
    return replace(channel, raw=merged)
