"""An activity's effort second by second, as planned steps are compared with it."""

import numpy as np

from homestretch.model.channel import Floats
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.activities.activity import resolve
from homestretch.views.kit.samples import activity_recording

#: Between samples further apart nothing was measured.
GAP_S = 10.0


def effort_of(reader: Reader, scope: Scope, activity: str, channel: str) -> Floats:
    """Return a channel (`power_w`, `speed_mps`) at each second (n,) from the start, NaN where it was not measured.

    Raises NotFound.
    """
    row = resolve(reader, scope, activity)
    recording = None if row.primary_id is None else activity_recording(reader, row, [channel])
    if recording is None or channel not in recording.channels or len(recording.time_ms) == 0:
        return np.zeros(0)
    values = np.asarray(recording.channels[channel].values(), dtype=np.float64)
    seconds = (np.asarray(recording.time_ms, dtype=np.float64) - float(recording.time_ms[0])) / 1000
    known = np.isfinite(values) & np.isfinite(seconds)
    if not known.any():
        return np.zeros(0)
    return _even(seconds[known], values[known])


def _even(seconds: Floats, values: Floats) -> Floats:
    """Return values at whole seconds, the one before held; NaN in gaps."""
    whole = np.arange(int(seconds[-1]) + 1, dtype=np.float64)
    at = np.clip(np.searchsorted(seconds, whole, side="right") - 1, 0, None)
    held = values[at]
    held[whole - seconds[at] > GAP_S] = np.nan
    return np.asarray(held)
