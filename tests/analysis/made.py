"""Recordings made for tests."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from homestretch.model.channel import CHANNEL_UNITS, Channel
from homestretch.model.moment import Moment
from homestretch.model.recording import Recording
from homestretch.model.sport import Sport

START_MS = 1_700_000_000_000


def recording(t: Any, channels: Mapping[str, Any] | None = None, sport: str = "cycling", **more: Any) -> Recording:
    """Return a recording with samples at `t` seconds and channels of plain values."""
    time_ms = START_MS + np.round(np.asarray(t, dtype=np.float64) * 1000).astype(np.int64)
    made = {
        key: Channel(key, np.asarray(values, dtype=np.float64), CHANNEL_UNITS.get(key, ""))
        for key, values in (channels or {}).items()
    }
    end = int(time_ms.max()) if len(time_ms) else START_MS
    defaults: dict[str, Any] = {"sport": Sport(sport), "start": Moment(START_MS), "end_ms": end}
    return Recording(**(defaults | more), time_ms=time_ms, channels=made)


def northward(metres: Any) -> Any:
    """Return latitudes in degrees that lie `metres` north of 50 degrees."""
    return 50.0 + np.asarray(metres, dtype=np.float64) / (6_371_008.8 * np.pi / 180)
